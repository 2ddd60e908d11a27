"""What templates make once: words that nothing fills, and parts that stay as they are."""

from collections.abc import Callable
from typing import Any

from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from yishi.web.office import CATALOGUES, Office
from yishi.wording import Catalogue


def words_of(context: Context) -> Any:
    """The catalogue of the page; Chinese where a template is given none."""
    return context.get("catalogue") or CATALOGUES["zh"]


class Fixed(Node):
    """Words that nothing fills: looked up and escaped once for each language."""

    def __init__(self, look_up: Callable[[Catalogue], str]) -> None:
        self._look_up = look_up
        self._said: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The words in the language of the page."""
        words = words_of(context)
        said = self._said.get(words.language)
        if said is None:
            said = self._said[words.language] = conditional_escape(self._look_up(words))
        return said


class Kept(Node):
    """A part of a page that stays as it is while nothing happens, and is made once."""

    def __init__(
        self, name: str, on: list[FilterExpression], nodes: NodeList, own: bool = False
    ) -> None:
        self.name, self.on, self.nodelist, self.own = name, on, nodes, own

    def render(self, context: Context) -> SafeString:
        """The part as it was made since anything last happened, in this minute and language."""
        office: Office | None = context.get("office")
        if office is None:
            return self.nodelist.render(context)
        key = (self.name, *(one.resolve(context) for one in self.on))
        parts = office.own_parts if self.own else office.parts
        return parts.to(key, lambda: self.nodelist.render(context))


def kept_part(parser: Parser, token: Token, own: bool = False) -> Kept:
    """A part as its tag names it, with what it hangs on; `own`, of one reader alone."""
    tag, name, *on = token.split_contents()
    nodes = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return Kept(name, [parser.compile_filter(bit) for bit in on], nodes, own)


def constant(bit: str) -> str | None:
    """What stands between quotation marks; None for a variable."""
    quoted = len(bit) > 1 and bit[0] in "\"'" and bit[-1] == bit[0] and "\\" not in bit
    return bit[1:-1] if quoted else None

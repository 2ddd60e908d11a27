"""What a template says, read before it is ever filled: known fields, loops over lists, plain ifs.

Whatever else the engine could do is refused by name, so that nothing in a template can reach
anything, run for long or grow without bound: a loop goes over one of our lists, and a loop within
it only over a list of what it goes over.
"""

import html
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

import msgspec
from jinja2 import Environment, TemplateSyntaxError, nodes

from yishi.documents.own.fields import Field, named
from yishi.procedure.verdict import Message

Scope = dict[str, Field]

LOOP: Final = Field("loop", tuple(Field(name) for name in ("index", "first", "last")))
"""What a loop knows of itself."""

_TAG: Final = re.compile(r"<[^>]*>")
_IN_MARKUP: Final = re.compile(r"<[^<>]*\{[{%][^<>]*>")
_OUTSIDE: Final = re.compile(r"\{\{(?:r|p|tr|tc)\s[^}]*\}?\}?")
"""The engine's own ways to put markup into a file: what a field says would stand outside text."""
SHOWN: Final = 60
"""Characters of the place that a message names."""

DEEP: Final = 3


class Source(msgspec.Struct, frozen=True):
    """A part of a template as the engine reads it, a line for each paragraph."""

    text: str
    markup: str = ""
    """The same as Word wrote it, before the engine took its own marks out."""

    def where(self, line: int) -> str:
        """The words of a paragraph."""
        lines = self.text.split("\n")
        said = lines[line - 1] if 0 < line <= len(lines) else ""
        # A tag with a paragraph of its own has been taken out of it, to the end of the one before.
        said = re.sub(r"\{%.*?%\}", "", said) if "{{" in said else said
        return " ".join(html.unescape(_TAG.sub("", said)).split())[:SHOWN]


def outside(markup: str) -> Iterator[Message]:
    """Fields of a part, as Word wrote it, that would leave their words where nothing shows them."""
    for paragraph in re.split(r"<w:p[ >]", markup):
        said = html.unescape(_TAG.sub("", paragraph.rpartition("</w:p>")[0] or paragraph))
        for found in _OUTSIDE.findall(said):
            name = found.strip("{}").split(maxsplit=1)[1:]
            told = {"said": found[:SHOWN], "name": "".join(name).strip()[:SHOWN]}
            yield Message("template.outside", {**told, "where": " ".join(said.split())[:SHOWN]})


def faults(env: Environment, source: Source, fields: tuple[Field, ...]) -> Iterator[Message]:
    """Everything in this part that cannot be filled, and in which paragraph it stands."""
    if found := list(outside(source.markup)):
        yield from found
        return
    if _IN_MARKUP.search(source.text):
        yield Message("template.in_markup")
        return
    try:
        tree = env.parse(source.text)
    except (TemplateSyntaxError, RecursionError) as wrong:
        line = getattr(wrong, "lineno", 0) or 0
        yield Message("template.syntax", {"where": source.where(line)})
        return
    scope = {one.name: one for one in fields}
    yield from _Walk(source, fields).all(tree.body, scope, 0)


class _Walk:
    """Goes through a part once."""

    def __init__(self, source: Source, fields: tuple[Field, ...]) -> None:
        self.source = source
        self.fields = fields

    def all(self, body: list[nodes.Node], scope: Scope, deep: int) -> Iterator[Message]:
        for node in body:
            yield from self.one(node, scope, deep)

    def one(self, node: nodes.Node, scope: Scope, deep: int) -> Iterator[Message]:
        match node:
            case nodes.Output():
                for said in node.nodes:
                    if not isinstance(said, nodes.TemplateData):
                        yield from self.printed(said, scope)
            case nodes.For():
                yield from self.loop(node, scope, deep)
            case nodes.If():
                yield from self.asked(node.test, scope)
                yield from self.all(node.body, scope, deep)
                yield from self.all([*node.elif_, *node.else_], scope, deep)
            case _:
                yield self.unheard_of(node)

    def loop(self, node: nodes.For, scope: Scope, deep: int) -> Iterator[Message]:
        if node.recursive or node.test or not isinstance(node.target, nodes.Name):
            yield self.unheard_of(node)
            return
        found, said = self.field(node.iter, scope)
        if said or found is None:
            yield said or self.unheard_of(node)
            return
        if not found.of:
            yield Message("template.no_list", self.place(node, found.name))
        elif deep >= DEEP or (deep and isinstance(node.iter, nodes.Name)):
            yield Message("template.too_deep", self.place(node, found.name))
        else:
            inner = {**scope, node.target.name: Field(node.target.name, found.of), "loop": LOOP}
            yield from self.all(node.body, inner, deep + 1)
            yield from self.all(node.else_, scope, deep)

    def printed(self, node: nodes.Node, scope: Scope) -> Iterator[Message]:
        found, said = self.field(node, scope)
        if said:
            yield said
        elif found is None:
            yield self.unheard_of(node)
        elif found.of:
            yield Message("template.a_list", self.place(node, found.name))

    def asked(self, node: nodes.Node, scope: Scope) -> Iterator[Message]:
        """A condition: fields, whether two are the same, and, or, not."""
        match node:
            case nodes.And() | nodes.Or():
                yield from self.asked(node.left, scope)
                yield from self.asked(node.right, scope)
            case nodes.Not():
                yield from self.asked(node.node, scope)
            case nodes.Compare():
                yield from self.asked(node.expr, scope)
                for one in node.ops:
                    if one.op not in ("eq", "ne"):
                        yield self.unheard_of(node)
                    yield from self.asked(one.expr, scope)
            case nodes.Const():
                pass
            case _:
                found, said = self.field(node, scope)
                if said or found is None:
                    yield said or self.unheard_of(node)

    def field(self, node: nodes.Node, scope: Scope) -> tuple[Field | None, Message | None]:
        """The field that an expression names; neither where it is more than a name."""
        match node:
            case nodes.Name():
                found = scope.get(node.name)
                return found, None if found else self.unknown(node, node.name, list(scope))
            case nodes.Getattr():
                held, said = self.field(node.node, scope)
                if held is None:
                    return None, said
                found = named(held.of, node.attr)
                known = [one.name for one in held.of]
                return found, None if found else self.unknown(node, node.attr, known)
            case _:
                return None, None

    def unknown(self, node: nodes.Node, name: str, known: list[str]) -> Message:
        near = get_close_matches(name, known, 1, 0.3)
        told = {**self.place(node, name[:SHOWN]), "near": near[0] if near else ""}
        return Message("template.unknown_like", told) if near else Message("template.unknown", told)

    def unheard_of(self, node: nodes.Node) -> Message:
        return Message("template.not_allowed", self.place(node, ""))

    def place(self, node: nodes.Node, name: str) -> dict[str, str]:
        return {"name": name, "where": self.source.where(node.lineno)}

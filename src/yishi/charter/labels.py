"""Labels of clauses as printed: 五(二)3, 第十四条第二款."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_NUMBER: Final = r"[一二三四五六七八九十百千零〇两\d]+"
_ARTICLE: Final = re.compile(rf"\s*(第{_NUMBER}[编章节条款项目](?:之{_NUMBER})?)[\s:：、]*")
_BRACKET: Final = re.compile(rf"\s*([(（]{_NUMBER}[)）])[\s、.．]*")
_NUMBERED: Final = re.compile(rf"\s*({_NUMBER})(?:、|[.．](?!\d))\s*")
_NAME: Final = re.compile(r"[^\s:：]*")


def numbered(text: str) -> tuple[str, str]:
    """The printed number that opens a heading or line, and the rest; "" when there is none."""
    for pattern in (_ARTICLE, _BRACKET, _NUMBERED):
        if match := pattern.match(text):
            return plain(match[1]), text[match.end() :]
    return "", text


def own(heading: str) -> str:
    """A heading's own label: its number, else its text up to the first space or colon."""
    label, rest = numbered(heading)
    name = _NAME.match(rest.strip())
    return label or (plain(name[0]) if name else "")


def composite(labels: Sequence[str]) -> str:
    """A label below its ancestors'; an article (条) drops what stands above it."""
    first = max((n for n, label in enumerate(labels) if _is_article(label)), default=0)
    return "".join(labels[first:])


def plain(label: str) -> str:
    """Half-width digits and brackets, no spaces, so that either way of typing finds the clause."""
    return "".join(unicodedata.normalize("NFKC", label).split())


def _is_article(label: str) -> bool:
    return bool(re.fullmatch(rf"第{_NUMBER}条(?:之{_NUMBER})?", label))

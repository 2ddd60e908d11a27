"""A paper as PDF, set by Typst: tagged, and marked as PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from yishi.documents import geometry
from yishi.documents.fonts import Faces
from yishi.documents.model import Document, Heading
from yishi.documents.titles import broken

if TYPE_CHECKING:
    import typst

TEMPLATE: Final = Path(__file__).with_name("official.typ")
STANDARDS: Final[list[Literal["a-2a", "ua-1"]]] = ["a-2a", "ua-1"]
TYPE: Final = "application/pdf"

MEASURES: Final = {
    "top": geometry.TOP,
    "left": geometry.LEFT,
    "right": geometry.RIGHT,
    "bottom": geometry.BOTTOM,
    "width": geometry.WIDTH,
    "height": geometry.HEIGHT,
    "mark": geometry.MARK_DOWN,
    "rule": geometry.RULE_DOWN,
    "folio": geometry.FOLIO_DOWN,
    "three": geometry.PRINTED_3,
    "pitch": geometry.PITCH,
    "lines": geometry.LINES,
    "thick": geometry.THICK,
    "thin": geometry.THIN,
    "sizes": geometry.SIZES,
    "red": geometry.RED,
}
"""What the template measures by."""


class NoFont(RuntimeError):  # noqa: N818
    """No font that has Chinese characters is to be found."""


class Unprintable(ValueError):  # noqa: N818
    """Characters that no font has."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        """The characters, in order."""
        super().__init__(*characters)
        self.characters = characters


def write(document: Document, faces: Faces) -> bytes:
    """The paper as PDF; the same paper has the same bytes.

    Raises NoFont, or Unprintable with the characters that no font has, before anything is set.
    """
    if not faces.roles:
        raise NoFont
    missing = faces.missing(document.words())
    if missing:
        raise Unprintable(missing)
    with _LOCK:
        return _compiled(faces, _given(document, faces), document)


def pictures(document: Document, faces: Faces, dots: float = 72) -> list[bytes]:
    """The same pages as pictures (PNG), for browsers that show no PDF; `dots` to the inch."""
    if not faces.roles:
        raise NoFont
    with _LOCK:
        made = _compiler(faces).compile(format="png", ppi=dots, sys_inputs=_given(document, faces))
    return [made] if isinstance(made, bytes) else list(made)  # type: ignore[arg-type]


def _given(document: Document, faces: Faces) -> dict[str, str]:
    return {
        "data": msgspec.json.encode(depths(document)).decode(),
        "faces": msgspec.json.encode(faces.roles).decode(),
        "measures": msgspec.json.encode(MEASURES).decode(),
    }


def _compiled(faces: Faces, given: dict[str, str], document: Document) -> bytes:
    on = document.dated
    made, _ = _compiler(faces).compile_with_warnings(
        format="pdf",
        sys_inputs=given,
        pdf_standards=STANDARDS,  # type: ignore[arg-type]
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


_LOCK: Final = threading.Lock()
_BEGUN: list[int] = []
"""The process in which something was set first."""


def _alone() -> None:
    """The compiler's threads are the first process's own; forked from it, one waits for ever."""
    if not _BEGUN:
        _BEGUN.append(os.getpid())
    if _BEGUN[0] != os.getpid():
        raise RuntimeError("papers were set before this process was forked")


_COMPILERS: dict[int, tuple[Faces, typst.Compiler]] = {}


def _compiler(faces: Faces) -> typst.Compiler:
    """The compiler of these fonts, made once; it reads the template and nothing else."""
    import typst

    _alone()
    if id(faces) not in _COMPILERS:
        made = typst.Compiler(input=TEMPLATE, root=TEMPLATE.parent, font_paths=faces.found)
        _COMPILERS[id(faces)] = faces, made
    return _COMPILERS[id(faces)][1]


def depths(document: Document) -> dict[str, Any]:
    """The paper as plain data; headings with their depth, in which no level is left out."""
    data: dict[str, Any] = msgspec.to_builtins(document)
    data["title"] = "\n".join(broken(document.title))
    open_: list[int] = []
    for block, told in zip(document.body, data["body"], strict=True):
        if isinstance(block, Heading):
            while open_ and open_[-1] >= block.level:
                open_.pop()
            open_.append(block.level)
            told["depth"] = len(open_) + bool(document.title or document.mark)
    return data

"""Many papers bound into one PDF (汇编): what Yishi writes, and pages of files from others.

`python -m yishi.documents.binding FOLDER` sets what `lay_out` put into a folder; with a file and
its number of pages, that file alone. It shows pages that others made, and runs only in a process
of its own with bounds.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import msgspec

from yishi.documents import pdf
from yishi.documents.fonts import Faces
from yishi.documents.model import Document

TEMPLATES: Final = ("pack.typ", "paper.typ")
MADE: Final = "pack.pdf"


class Caption(msgspec.Struct, frozen=True):
    """A line of the contents."""

    level: int
    text: str


class Written(msgspec.Struct, frozen=True, tag="written"):
    """A paper that we set."""

    captions: tuple[Caption, ...]
    document: Document
    cut: bool = False
    """Whether it goes on where it was taken from."""
    handed: bool = False
    """Whether its words are a file that somebody handed in."""


class Pages(msgspec.Struct, frozen=True, tag="pages"):
    """The pages of a PDF in the folder, with the width and height of each."""

    captions: tuple[Caption, ...]
    name: str
    file: str
    sides: tuple[tuple[float, float], ...]


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A picture in the folder, with its width and height."""

    captions: tuple[Caption, ...]
    name: str
    file: str
    sides: tuple[tuple[float, float], ...]


Part = Written | Pages | Picture


class Cover(msgspec.Struct, frozen=True):
    """The first page."""

    institution: str
    title: str
    sitting: str
    facts: tuple[tuple[str, str], ...]


class Words(msgspec.Struct, frozen=True):
    """What the pack itself says."""

    contents: str
    page: str
    """With {n} and {of} for the numbers."""
    missing: str
    missing_head: tuple[str, str]


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """All of it."""

    called: str
    dated: date
    cover: Cover
    mark: str
    """What stands at the foot of every page: for whom it was made."""
    words: Words
    parts: tuple[Part, ...]
    missing: tuple[tuple[str, str], ...] = ()
    """What is not in it, and why."""
    remark: str = ""

    def said(self) -> Iterator[str]:
        """Everything that is printed, but for the pages of others."""
        yield from (self.cover.institution, self.cover.title, self.cover.sitting, self.mark)
        yield from (word for fact in (*self.cover.facts, *self.missing) for word in fact)
        for part in self.parts:
            yield from (caption.text for caption in part.captions)
            yield from part.document.words() if isinstance(part, Written) else (part.name,)


def lay_out(pack: Pack, faces: Faces, place: Path) -> None:
    """Put everything into a folder that setting it takes. Raises `pdf.NoFont`."""
    if not faces.roles:
        raise pdf.NoFont
    told = msgspec.to_builtins(pack)
    for part, data in zip(pack.parts, told["parts"], strict=True):
        if isinstance(part, Written):
            data["document"] = pdf.depths(part.document)
    _put(place / "pack.json", told)
    _put(place / "faces.json", faces.roles)
    _put(place / "measures.json", pdf.MEASURES)
    _put(place / "fonts.json", [str(folder) for folder in faces.folders])
    for name in TEMPLATES:
        shutil.copyfile(pdf.TEMPLATE.with_name(name), place / name)


def _put(path: Path, data: object) -> None:
    path.write_bytes(msgspec.json.encode(data))


# ── in a process of its own ───────────────────────────────────────────────────────────────────


def bind(place: Path) -> None:
    """Set what lies in the folder."""
    import typst

    folders = json.loads((place / "fonts.json").read_bytes())
    faces = Faces([Path(folder) for folder in folders])
    data = json.loads((place / "pack.json").read_bytes())
    compiler = typst.Compiler(input=place / TEMPLATES[0], root=place, font_paths=faces.found)
    own = all(part["type"] == "written" and not part["handed"] for part in data["parts"])
    on = date.fromisoformat(data["dated"])
    made, _ = compiler.compile_with_warnings(
        format="pdf",
        # A pack with anything of others claims no standard: nobody knows what that keeps.
        pdf_standards=pdf.STANDARDS if own else [],  # type: ignore[arg-type]
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    (place / MADE).write_bytes(made)


def attempt(file: Path, pages: int) -> None:
    """Set the pages of one file alone: what comes to grief over it does so before all are set."""
    import typst

    numbered = (f", page: {n}" for n in range(1, pages + 1)) if pages else ("",)
    said = "\n".join(f'#page(image("/{file.name}"{page}))' for page in numbered)
    typst.Compiler(input=said.encode(), root=file.parent).compile(format="pdf")


if __name__ == "__main__":
    where = Path(sys.argv[1]).resolve()
    if where.is_dir():
        bind(where)
    else:
        attempt(where, int(sys.argv[2]))
    sys.stdout.write("true")

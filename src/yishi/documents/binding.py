"""Many papers bound into one PDF (汇编): what Yishi writes, and pages of files from others.

`python -m yishi.documents.binding FOLDER` sets what `lay_out` put into a folder. It shows pages
that others made, and runs only in a process of its own with bounds.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

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
    """A paper of our own."""

    captions: tuple[Caption, ...]
    document: Document


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
    unreadable: str
    """Why a file is missing whose pages cannot be shown."""


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


def bind(place: Path) -> list[str]:
    """Set what lies in the folder; the files whose pages could not be shown and were left out."""
    import typst

    folders = json.loads((place / "fonts.json").read_bytes())
    faces = Faces([Path(folder) for folder in folders])
    data = json.loads((place / "pack.json").read_bytes())
    left_out = list(_unshown(place, data["parts"]))
    _leave_out(data, left_out)
    _put(place / "pack.json", data)
    compiler = typst.Compiler(input=place / TEMPLATES[0], root=place, font_paths=faces.found)
    own = all(part["type"] == "written" for part in data["parts"])
    on = date.fromisoformat(data["dated"])
    made, _ = compiler.compile_with_warnings(
        format="pdf",
        # A pack with pages of others claims no standard: nobody knows what those keep.
        pdf_standards=pdf.STANDARDS if own else [],  # type: ignore[arg-type]
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    (place / MADE).write_bytes(made)
    return left_out


def _unshown(place: Path, parts: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Files that cannot be shown, found out one by one before all are set together."""
    import typst

    for part in parts:
        if part["type"] == "written":
            continue
        page = ", page: 1" if part["type"] == "pages" else ""
        said = f'#image("/{part["file"]}"{page})'.encode()
        try:
            typst.Compiler(input=said, root=place).compile(format="pdf")
        except typst.TypstError:
            yield part["file"]


def _leave_out(data: dict[str, Any], files: list[str]) -> None:
    kept, missing = [], list(data["missing"])
    waiting: list[Any] = []
    for part in data["parts"]:
        if part.get("file") in files:
            missing.append([part["name"], data["words"]["unreadable"]])
            # The heading of a whole section stays with what comes next of it.
            waiting += part["captions"][:-1]
            continue
        deeper = part["captions"][0]["level"] > 1
        part["captions"] = [*(waiting if deeper else ()), *part["captions"]]
        waiting = []
        kept.append(part)
    data["parts"], data["missing"] = kept, missing


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bind(Path(sys.argv[1]).resolve())))

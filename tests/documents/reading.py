"""What stands where on a made paper, read back from its bytes."""

from functools import cache
from io import BytesIO
from typing import Any

import docx
import msgspec
from pypdf import PdfReader

from yishi.documents import pdf
from yishi.documents.fonts import Faces
from yishi.documents.geometry import MM, PAGE
from yishi.documents.model import Document


class Said(msgspec.Struct, frozen=True):
    """Some printed words: where they begin, from the left and from the top, in millimetres."""

    text: str
    x: float
    y: float
    size: float
    font: str


@cache
def packaged() -> Faces:
    """The fonts that come with the software and no others: the same on every machine."""
    return Faces((), system=False)


def made(document: Document) -> bytes:
    """The paper as PDF."""
    return pdf.write(document, packaged())


def lines(raw: bytes, page: int = 0, high: float = PAGE[1]) -> list[Said]:
    """The printed words of a page, from the top."""
    found: list[Said] = []

    def put(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text.strip():
            name = str(font["/BaseFont"]) if font else ""
            found.append(Said(text.strip(), cm[4] / MM, high - cm[5] / MM, size, name))

    PdfReader(BytesIO(raw)).pages[page].extract_text(visitor_text=put)
    return sorted(found, key=lambda one: (round(one.y, 1), one.x))


def parts(raw: bytes) -> list[str]:
    """What the tree of the paper's parts is made of, in the order in which it is read."""

    def below(node: Any) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [one for each in node for one in below(each)]
        if not isinstance(node, dict) or "/S" not in node:
            return []
        return [str(node["/S"]), *below(node.get("/K", []))]

    return below(PdfReader(BytesIO(raw)).trailer["/Root"]["/StructTreeRoot"]["/K"])


class Rule(msgspec.Struct, frozen=True):
    """A line that is drawn from left to right: where it begins and how thick it is, in mm."""

    x: float
    y: float
    wide: float
    thick: float
    red: bool


def rules(raw: bytes, page: int = 0, high: float = PAGE[1]) -> list[Rule]:
    """The drawn lines of a page, from the top."""
    found: list[Rule] = []
    now: dict[Any, Any] = {}

    def note(operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        now[operator] = operands
        if operator == b"S" and b"m" in now and b"l" in now:
            (a, _), (b, _) = now.pop(b"m"), now.pop(b"l")
            x, y = float(a) * cm[0] + cm[4], cm[5]
            colour = [float(part) for part in now.get(b"SCN", ())]
            wide, thick = (float(b) - float(a)) / MM, float(now[b"w"][0]) / MM
            found.append(Rule(x / MM, high - y / MM, wide, thick, colour == [1, 0, 0]))

    PdfReader(BytesIO(raw)).pages[page].extract_text(visitor_operand_before=note)
    return sorted(found, key=lambda one: one.y)


def text(raw: bytes) -> str:
    """All words of a PDF without blanks or line ends."""
    pages = PdfReader(BytesIO(raw)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def opened(raw: bytes) -> Any:
    """A DOCX, opened."""
    return docx.Document(BytesIO(raw))


def words(raw: bytes) -> str:
    """All words of a DOCX, its tables' too, without blanks."""
    file = opened(raw)
    said = [node.text or "" for node in file.element.body.iter() if node.tag.endswith("}t")]
    return "".join("".join(said).split())

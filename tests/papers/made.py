"""Small files of every kind, sound ones and such as somebody makes to do harm."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.journeys.pdf import pdf
from yishi.papers import content

SOUND = pdf("Estimate")
MAIN = f"{content.DOCX}.main+xml"


def png(wide: int = 2, high: int = 2, drawn: bool = True) -> bytes:
    """A picture that any program opens; of one that is not drawn, only its head."""
    rows = (b"\x00" + b"\xc0\x20\x20" * wide) * high if drawn else b""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in parts:
        made += struct.pack(">I", len(body)) + name + body
        made += struct.pack(">I", zlib.crc32(name + body))
    return made


def jpeg(wide: int = 2, high: int = 2) -> bytes:
    """The head of a picture, as far as its size."""
    segment = struct.pack(">HBHHB", 17, 8, high, wide, 3) + b"\x01\x11\x00" * 3
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 9 + b"\xff\xc0" + segment


def packed(parts: dict[str, bytes], main: str = MAIN, squeezed: int = ZIP_DEFLATED) -> bytes:
    """A packed document of these parts."""
    types = f'<Types><Override ContentType="{main}"/></Types>'.encode()
    out = BytesIO()
    with ZipFile(out, "w", squeezed) as made:
        for name, body in {"[Content_Types].xml": types, **parts}.items():
            told = ZipInfo("x")
            told.filename, told.compress_type = name, squeezed
            made.writestr(told, body)
    return out.getvalue()


def linked(kind: str, target: str) -> bytes:
    """A part that says what a document is linked to."""
    place = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    one = f'<Relationship Id="r" Type="{place}{kind}" Target="{target}" TargetMode="External"/>'
    return f"<Relationships>{one}</Relationships>".encode()


def with_action(kind: str, **more: str) -> bytes:
    """A PDF that does something when it is opened."""
    writer = PdfWriter(clone_from=BytesIO(SOUND))
    action = {NameObject("/S"): NameObject(f"/{kind}")}
    action |= {NameObject(f"/{k}"): TextStringObject(v) for k, v in more.items()}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(action))
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """The bytes of a PDF."""
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked() -> bytes:
    """A PDF that wants a password."""
    writer = PdfWriter(clone_from=BytesIO(SOUND))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def swollen(size: int = 300 * 1024 * 1024) -> bytes:
    """A PDF whose page unpacks to hundreds of megabytes."""
    body = zlib.compress(b" " * size, 9)
    writer = PdfWriter(clone_from=BytesIO(SOUND))
    stream = DecodedStreamObject()
    stream.set_data(body)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def filtered(filters: str | tuple[str, ...], body: bytes) -> bytes:
    """A PDF whose page is packed so."""
    writer = PdfWriter(clone_from=BytesIO(SOUND))
    stream = DecodedStreamObject()
    stream.set_data(body)
    names = [NameObject(one) for one in (filters if isinstance(filters, tuple) else (filters,))]
    stream[NameObject("/Filter")] = ArrayObject(names) if len(names) > 1 else names[0]
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def lzw(codes: int) -> bytes:
    """Blanks by the method of Lempel, Ziv and Welch: each code stands for one blank more."""
    out, bits, known = 0, 0, 258
    said = bytearray()
    code = 32
    for _ in range(codes):
        width = min(max((known + 1).bit_length(), 9), 12)
        out, bits = out << width | code, bits + width
        while bits >= 8:
            bits -= 8
            said.append(out >> bits)
            out &= (1 << bits) - 1
        known = min(known + (code != 32 or known > 258), 4096)
        code = min(known, 4095)
    return bytes(said)


def stamped(flags: int = 4) -> bytes:
    """A PDF with a red seal as a mark on its page."""
    writer = PdfWriter(clone_from=BytesIO(SOUND))
    look = DecodedStreamObject()
    look.set_data(b"1 0 0 rg 0 0 100 100 re f")
    box = ArrayObject([NumberObject(n) for n in (0, 0, 100, 100)])
    look.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): box})
    held = writer._add_object(look)
    mark = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (300, 300, 400, 400)]),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): held}),
            NameObject("/F"): NumberObject(flags),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])
    return written(writer)


def pages_of(data: bytes) -> PdfReader:
    """The PDF, to look into."""
    return PdfReader(BytesIO(data))

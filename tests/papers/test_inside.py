"""What is inside a file: sound ones are taken, whatever does harm is told apart and soon over."""

import resource
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.papers import made
from yishi.papers import apart, content
from yishi.papers.content import NotTaken, checked
from yishi.papers.inside import pdf


def why(data: bytes) -> str:
    """Why a file is not taken; its kind where it is."""
    try:
        return checked(BytesIO(data))
    except NotTaken as refused:
        return f"not: {refused.args[0]}"


def saved(document: object) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def written_in_word() -> bytes:
    document = Document()
    document.add_paragraph("会议材料")
    document.add_picture(BytesIO(made.png(40, 40)))
    return saved(document)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (made.SOUND, content.PDF),
        (made.stamped(), content.PDF),
        (b"\xef\xbb\xbf\r\n" + made.SOUND, content.PDF),
        (made.png(), content.PNG),
        (made.jpeg(), content.JPEG),
        (written_in_word(), content.DOCX),
        (saved(Workbook()), content.XLSX),
        ("会议材料".encode(), "text/plain; charset=utf-8"),
    ],
    ids=lambda held: held if isinstance(held, str) else "file",
)
def test_what_offices_make_is_taken(data: bytes, kind: str) -> None:
    assert why(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (made.locked(), "encrypted"),
        (made.with_action("JavaScript", JS="app.alert(1)"), "active"),
        (made.with_action("Launch", F="cmd.exe"), "active"),
        (made.with_action("SubmitForm", F="http://x.example/"), "active"),
        (made.with_action("Launch").replace(b"/S /Launch", b"/S /L#61unch"), "active"),
        (made.swollen(), "bomb"),
        (made.SOUND[:200], "broken"),
        (b"%PDF-1.7\nnothing of the kind\n%%EOF", "broken"),
        (b"<html><script>x</script>" + made.SOUND, "twofold"),
        (b"GIF89a" + made.SOUND, "twofold"),
        (made.SOUND + made.packed({"word/document.xml": b"<w/>"}), "twofold"),
        (made.png() + made.packed({"a.xml": b"<w/>"}), "twofold"),
    ],
    ids=lambda held: held if isinstance(held, str) else "file",
)
def test_a_pdf_that_does_harm_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert why(data) == f"not: {reason}"


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><x>&b;</x>"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word/document.xml": b" " * (80 * 1024 * 1024)}, "bomb"),
        ({"word/document.xml": BOMB}, "bomb"),
        ({"word/document.xml": BOMB.decode().encode("utf-16")}, "bomb"),
        ({"../../etc/passwd": b"x"}, "paths"),
        ({"/etc/passwd": b"x"}, "paths"),
        ({"word\\..\\x.xml": b"x"}, "paths"),
        ({"C:x.xml": b"x"}, "paths"),
        ({"word/activeX/activeX1.bin": b"x"}, "active"),
        ({"r.rels": made.linked("attachedTemplate", "http://x.example/t.dotm")}, "active"),
        ({"r.rels": made.linked("oleObject", "\\\\10.0.0.1\\share\\x.doc")}, "active"),
        ({"word/document.xml": b"<w:instrText> DDEAUTO c:\\cmd.exe</w:instrText>"}, "active"),
        ({"xl/externalLinks/e.xml": b'<ddeLink ddeService="cmd"/>'}, "active"),
        ({"word/vbaProject.bin": b"x"}, "macros"),
    ],
)
def test_a_packed_document_that_does_harm_is_refused(parts: dict, reason: str) -> None:
    assert why(made.packed(parts)) == f"not: {reason}"


def test_what_only_looks_like_harm_is_taken() -> None:
    own_template = made.linked("attachedTemplate", "file:///C:\\Users\\li\\Normal.dotm")
    link = made.linked("hyperlink", "https://www.gov.cn/")
    words = b"<w:t>DDEAUTO &lt;!ENTITY</w:t>"

    parts = {"a.rels": own_template, "b.rels": link, "word/document.xml": words}

    assert why(made.packed(parts)) == content.DOCX


def test_parts_that_share_their_bytes_are_a_bomb() -> None:
    data = bytearray(made.packed({"a.xml": b"a" * 5000, "b.xml": b"b" * 5000}, squeezed=0))
    places = [n for n in range(len(data)) if data[n : n + 4] == b"PK\x01\x02"]
    data[places[2] + 42 : places[2] + 46] = data[places[1] + 42 : places[1] + 46]

    assert why(bytes(data)) == "not: bomb"


def test_what_a_part_says_of_its_size_is_not_believed() -> None:
    data = bytearray(made.packed({"word/document.xml": b" " * 1024 * 1024}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 100)

    assert why(bytes(data)) == "not: broken"


def test_a_picture_of_too_many_points_is_refused_before_anything_is_drawn() -> None:
    assert why(made.png(60_000, 60_000, drawn=False)) == "not: too_fine"
    assert why(made.jpeg(60_000, 60_000)) == "not: too_fine"
    assert why(b"\x89PNG\r\n\x1a\n....") == "not: broken"


def test_looking_through_a_bomb_takes_neither_memory_nor_time() -> None:
    paper, document = made.swollen(), made.packed({"x.xml": b" " * (400 * 1024 * 1024)})
    little, before = apart.Bounds(memory=200, seconds=5), usage()

    assert apart.ask("pdf", BytesIO(paper), bounds=little) == "bomb"
    assert apart.ask("zip", BytesIO(document), bounds=little) == [content.DOCX, "bomb"]

    assert usage() - before < 20 * 1024


def usage() -> int:
    """Kilobytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_a_process_that_wants_more_than_it_may_use_is_ended() -> None:
    little = apart.Bounds(memory=16, seconds=5)

    with pytest.raises(apart.Beyond):
        apart.ask("pdf", BytesIO(made.SOUND), bounds=little)
    with pytest.raises(apart.Beyond):
        apart.ask("nothing known", BytesIO(made.SOUND))


# ── its pages alone ───────────────────────────────────────────────────────────────────────────


def flat(data: bytes, tmp_path: Path) -> bytes:
    out = tmp_path / "flat.pdf"
    pdf.flatten(BytesIO(data), str(out))
    return out.read_bytes()


def test_a_seal_becomes_part_of_its_page(tmp_path: Path) -> None:
    page = made.pages_of(flat(made.stamped(), tmp_path)).pages[0]

    assert "/Annots" not in page
    drawn = page.get_contents().get_data()
    assert b"1.00000 0.00000 0.00000 1.00000 300.00000 300.00000 cm /Mark0 Do" in drawn
    assert b"(Estimate)" in drawn
    seal = page["/Resources"]["/XObject"]["/Mark0"].get_data()
    assert seal == b"1 0 0 rg 0 0 100 100 re f"


def test_what_nobody_was_to_see_stays_unseen(tmp_path: Path) -> None:
    page = made.pages_of(flat(made.stamped(flags=2), tmp_path)).pages[0]

    assert b"Mark" not in page.get_contents().get_data()


def test_nothing_but_pages_comes_through(tmp_path: Path) -> None:
    reader = made.pages_of(flat(made.with_action("JavaScript", JS="x"), tmp_path))

    assert "/OpenAction" not in reader.root_object
    assert "/Names" not in reader.root_object
    assert "Estimate" in reader.pages[0].extract_text()


# ── what takes too much ───────────────────────────────────────────────────────────────────────


def listed(entries: int) -> bytes:
    """A packed file whose list of parts says the same name again and again."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, *(0,) * 8, 1, *(0,) * 6)
    held, head = (entry + b"a") * entries, b"PK\x03\x04" + b"\0" * 27
    told = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, len(held), len(head)
    )
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(head) + len(held), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *(0xFFFF,) * 2, *(0xFFFFFFFF,) * 2, 0)
    return head + held + told + place + end


def test_a_list_of_parts_is_never_read_where_pages_are_served(monkeypatch) -> None:
    def read(_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("zipfile.ZipFile._RealGetContents", read)

    assert why(listed(50_000)) == "not: unknown"
    assert why(made.SOUND) == content.PDF


def test_more_files_at_once_than_are_looked_through_are_told_to_wait(monkeypatch) -> None:
    monkeypatch.setattr(apart, "WAITS", 0.05)
    with apart.AT_ONCE, apart.AT_ONCE:
        assert why(made.SOUND) == "not: busy"
        assert why(written_in_word()) == "not: busy"
        assert why(made.png()) == content.PNG

    assert why(made.SOUND) == content.PDF


def test_a_pdf_of_more_objects_than_anybody_makes_is_refused_at_once() -> None:
    out = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    out += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] + [b"[]"] * pdf.OBJECTS
    body, places = bytearray(b"%PDF-1.4\n"), []
    for number, said in enumerate(out, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    begins, count = len(body), len(out) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n" % count
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, begins)

    assert why(bytes(body)) == "not: bomb"


SWOLLEN = zlib.compress(b" " * (300 * 1024 * 1024))


@pytest.mark.parametrize(
    "body",
    [
        ("/RunLengthDecode", b"\x81\x00" * 2_200_000),
        ("/RL", b"\x81\x00" * 2_200_000),
        ("/Fl", SWOLLEN),
        ("/LZWDecode", made.lzw(300_000)),
        ("/LZW", made.lzw(300_000)),
        (("/AHx", "/Fl"), SWOLLEN.hex().encode() + b">"),
        (("/Fl", "/RL"), zlib.compress(b"\x81\x00")),
    ],
    ids=lambda body: str(body[0]),
)
def test_a_part_that_swells_is_a_bomb_whatever_packs_it(body) -> None:
    assert why(made.filtered(*body)) == "not: bomb"


@pytest.mark.parametrize(
    "body",
    [
        ("/RL", b"\x81\x00" * 2_000),
        ("/LZWDecode", made.lzw(3_000)),
        (("/AHx", "/Fl"), zlib.compress(b"q Q").hex().encode() + b">"),
    ],
    ids=lambda body: str(body[0]),
)
def test_a_part_that_swells_as_pages_do_is_taken(body) -> None:
    assert why(made.filtered(*body)) == content.PDF


def test_a_pdf_that_brings_files_along_or_goes_elsewhere_is_refused() -> None:
    writer = PdfWriter(clone_from=BytesIO(made.SOUND))
    writer.add_attachment("x.exe", b"MZ")
    assert why(made.written(writer)) == "not: active"

    for kind, more in (
        ("GoToR", {"F": "\\\\server\\x.pdf"}),
        ("GoToE", {"F": "x.pdf"}),
        ("URI", {"URI": "http://x.example/"}),
        ("Rendition", {}),
    ):
        assert why(made.with_action(kind, **more)) == "not: active", kind


def test_an_address_is_not_gone_to_by_a_page_nor_after_something_else() -> None:
    call = DictionaryObject({NameObject("/S"): NameObject("/URI")})
    page = PdfWriter(clone_from=BytesIO(made.SOUND))
    page.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): call})
    after = PdfWriter(clone_from=BytesIO(made.SOUND))
    first = {NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): ArrayObject([call])}
    after.root_object[NameObject("/OpenAction")] = DictionaryObject(first)

    assert why(made.written(page)) == "not: active"
    assert why(made.written(after)) == "not: active"


def test_a_kind_of_action_that_is_kept_elsewhere_in_the_file_is_found() -> None:
    writer = PdfWriter(clone_from=BytesIO(made.SOUND))
    kind = writer._add_object(NameObject("/Launch"))
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): kind})

    assert why(made.written(writer)) == "not: active"


def test_a_link_that_a_reader_clicks_is_taken() -> None:
    writer = PdfWriter(clone_from=BytesIO(made.SOUND))
    said = {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("http://x")}
    mark = {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): DictionaryObject(said)}
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject(mark)])

    assert why(made.written(writer)) == content.PDF

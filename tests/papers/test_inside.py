"""What is inside a file: sound ones are taken, whatever does harm is told apart and soon over."""

import resource
import struct
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

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
    ids=lambda held: held if isinstance(held, str) else f"{len(held)} bytes",
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
    ids=lambda held: held if isinstance(held, str) else f"{len(held)} bytes",
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
    assert apart.ask("zip", BytesIO(document), bounds=little) == "bomb"

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

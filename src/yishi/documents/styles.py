"""The named styles of a DOCX paper, with the fonts by the names that offices have them under."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from yishi.documents import geometry
from yishi.documents.geometry import RED, SIZES, twips
from yishi.documents.profile import Typefaces
from yishi.documents.xml import NAMESPACE, child, sort, w

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

FACES: Final = {
    "fang": "仿宋_GB2312",
    "hei": "黑体",
    "kai": "楷体_GB2312",
    "biao": "方正小标宋简体",
    "song": "宋体",
}
"""What each role is called in Word; where it is not installed, Word takes one like it."""

NAMES: Final[dict[Typefaces, dict[str, str]]] = {
    "gb2312": FACES,
    "windows": {**FACES, "fang": "仿宋", "kai": "楷体", "biao": "华文中宋"},
    "gbk": {
        **FACES,
        "fang": "方正仿宋_GBK",
        "hei": "方正黑体_GBK",
        "kai": "方正楷体_GBK",
        "biao": "方正小标宋_GBK",
    },
}
"""The names of each role as offices have them: the profile says which."""

ALTERNATIVES: Final = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "华文中宋",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "华文中宋": "STZhongsong",
    "方正仿宋_GBK": "仿宋",
    "方正黑体_GBK": "黑体",
    "方正楷体_GBK": "楷体",
    "方正小标宋_GBK": "华文中宋",
}
"""What to take where a font is not installed, as the file's own table of fonts says it."""

PITCH: Final = 579
"""Twips from line to line: 22 on a page."""
TIGHTER: Final = "-5"
"""Twips by which characters are drawn together: 28 in a line."""
FOLIO: Final = 1304
"""Twips from the foot of the sheet to the page number's line."""
INDENT: Final = 630
AIR: Final = 40
"""Twips above and below the words in a cell."""
EDGE: Final = "280"
"""A character of size 4, in twips."""

OWN: Final[dict[str, tuple[str, str, str, dict[str, Any]]]] = {
    "公文正文": ("fang", "3", "both", {"first": True}),
    "主送机关": ("fang", "3", "both", {}),
    "发文机关标志": (
        *("biao", "1", "center"),
        {"color": RED, "before": twips(geometry.MARK_DOWN), "line": 0, "next": True},
    ),
    "发文字号": ("fang", "3", "center", {"next": True}),
    "编发行": ("fang", "3", "left", {"tab": True, "next": True}),
    "题注行": ("kai", "3", "center", {}),
    "人员名单": ("fang", "3", "both", {}),
    "署名": ("fang", "3", "left", {"next": True}),
    "居中行": ("fang", "3", "center", {}),
    "居右行": ("fang", "3", "right", {}),
    "表格文字": ("fang", "s4", "left", {"line": 320, "rule": "atLeast"}),
    "表格栏目": ("hei", "s4", "center", {"line": 320, "rule": "atLeast"}),
    "版记": ("fang", "4", "left", {"tab": True, "margins": True, "line": 420}),
    "页码": ("song", "4", "left", {"line": 280}),
    "页眉说明": ("hei", "s4", "right", {"line": 280}),
}
"""Styles of our own: the role of the face, the size, how it is set, and what is special."""


def blank(landscape: bool) -> Word:
    """A file with the page, the styles and the page numbers, and nothing on it yet."""
    import docx

    return docx.Document(BytesIO(_laid_out(landscape)))


@cache
def _laid_out(landscape: bool) -> bytes:
    """The same as a file, its styles in the order of the schema: laid out once for the process."""
    import docx

    made = docx.Document()
    _page(made, landscape)
    _defaults(made)
    for name, (role, size, place, more) in OWN.items():
        _own(made, name, role, size, place, **more)
    _title(made)
    for level, role in enumerate(("hei", "kai", "fang", "fang"), 1):
        _heading(made, level, role)
    _folios(made)
    sort(made.styles.element)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def line(made: Word, style: str, text: str = "") -> Paragraph:
    """A paragraph in a style, by its id; by name, the library would look through all of them."""
    added = made.add_paragraph(text)
    added._p.style = style
    return added


def emptied(made: Word, lines: int, keep: bool = False) -> None:
    """Blank lines."""
    for _ in range(lines):
        line(made, "署名" if keep else "主送机关")


def _page(made: Word, landscape: bool) -> None:
    """A4 with the standard's margins; two kinds of pages; a grid of 22 lines."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = made.sections[0]
    wide, high = (Twips(twips(side)) for side in geometry.PAGE)
    edges = (geometry.TOP, geometry.RIGHT, geometry.BOTTOM, geometry.LEFT)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        wide, high = high, wide
        edges = (geometry.LEFT, geometry.BOTTOM, geometry.RIGHT, geometry.TOP)
    section.page_width, section.page_height = wide, high
    top, right, bottom, left = (Twips(twips(edge)) for edge in edges)
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.footer_distance = Twips(FOLIO if not landscape else twips(geometry.RIGHT) // 2)
    made.settings.odd_and_even_pages_header_footer = True
    child(section._sectPr, "docGrid", type="lines", linePitch=str(PITCH))


def _defaults(made: Word) -> None:
    """The style that all others stand on: size 3, 28 characters a line, no space between."""
    normal = made.styles["Normal"]
    _face(normal.element, "fang", "3")
    properties = normal.element.get_or_add_pPr()
    child(properties, "spacing", before="0", after="0", line=str(PITCH), lineRule="exact")
    child(properties, "widowControl", val="0")
    for name in ("autoSpaceDE", "autoSpaceDN"):
        child(properties, name, val="0")
    child(normal.element.get_or_add_rPr(), "lang", val="zh-CN", eastAsia="zh-CN")


def _face(style: Any, role: str, size: str, color: str = "") -> None:
    properties = style.get_or_add_rPr()
    fonts = child(properties, "rFonts")
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(w(theme), None)
    for which in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(w(which), FACES[role])
    for name in ("sz", "szCs"):
        child(properties, name, val=str(round(2 * SIZES[size])))
    if size == "3":
        child(properties, "spacing", val=TIGHTER)
    else:
        child(properties, "spacing", val="0")
    for name in ("b", "bCs", "i", "iCs"):
        child(properties, name, val="0")
    child(properties, "color", val=color or "000000")
    for stale in ("themeColor", "themeTint", "themeShade"):
        child(properties, "color").attrib.pop(w(stale), None)


def _own(made: Word, name: str, role: str, size: str, place: str, **more: Any) -> None:
    """A style of our own."""
    from docx.enum.style import WD_STYLE_TYPE

    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Normal"]
    style.quick_style = True
    _face(style.element, role, size, more.get("color", ""))
    properties = style.element.get_or_add_pPr()
    _spaced(properties, more.get("before", 0), more.get("line", PITCH), more.get("rule", "exact"))
    child(properties, "jc", val=place)
    if more.get("first"):
        child(properties, "ind", firstLineChars="200", firstLine=str(INDENT))
    if more.get("margins"):
        child(properties, "ind", left=EDGE, right=EDGE)
    if more.get("next"):
        child(properties, "keepNext")
    if more.get("tab"):
        stops = child(properties, "tabs")
        child(stops, "tab", val="right", pos=str(twips(geometry.WIDTH) - int(EDGE)))


def _spaced(properties: Any, before: int, line: int, rule: str) -> None:
    """How far from line to line; what is not on the grid of 22 lines does not cling to it."""
    air = AIR if rule == "atLeast" else 0
    spacing = child(properties, "spacing", before=str(before or air), after=str(air))
    if line:
        spacing.set(w("line"), str(line))
        spacing.set(w("lineRule"), rule)
    if line != PITCH:
        child(properties, "snapToGrid", val="0")


def _title(made: Word) -> None:
    title = made.styles["Title"]
    _face(title.element, "biao", "2")
    properties = title.element.get_or_add_pPr()
    for stale in ("pBdr", "contextualSpacing"):
        found = properties.find(w(stale))
        if found is not None:
            properties.remove(found)
    child(properties, "spacing", before="0", after="0", line="660", lineRule="exact")
    child(properties, "snapToGrid", val="0")
    child(properties, "jc", val="center")
    child(properties, "keepNext")


def _heading(made: Word, level: int, role: str) -> None:
    heading = made.styles[f"Heading {level}"]
    _face(heading.element, role, "3")
    properties = heading.element.get_or_add_pPr()
    child(properties, "spacing", before="0", after="0", line=str(PITCH), lineRule="exact")
    child(properties, "ind", firstLineChars="200", firstLine=str(INDENT))
    child(properties, "jc", val="both")
    child(properties, "keepNext")


def _folios(made: Word) -> None:
    """Page numbers: on odd pages at the right, on even ones at the left, a character in."""
    section = made.sections[0]
    for footer, place in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        folio = footer.paragraphs[0]
        folio.style = made.styles["页码"]
        properties = folio._p.get_or_add_pPr()
        child(properties, "jc", val=place)
        child(properties, "ind", left=EDGE, right=EDGE)
        folio.add_run("— ")
        _field(folio, "PAGE")
        folio.add_run(" —")


def _field(folio: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("said", "1"), ("end", "")):
        run = folio.add_run()
        if kind == "said":
            run.text = text
        elif kind:
            child(run._r, "fldChar", fldCharType=kind)
        else:
            told = run._r.makeelement(w("instrText"))
            told.text = f" {text} "
            run._r.append(told)


def renamed(made: Word, names: Typefaces) -> None:
    """Ask for the fonts by the names that this office has them under."""
    other = {FACES[role]: name for role, name in NAMES[names].items()}
    if names == "gb2312":
        return
    section = made.sections[0]
    parts = (section.footer, section.even_page_footer, section.header, section.even_page_header)
    for root in (made.element, made.styles.element, *(part._element for part in parts)):
        for fonts in root.iter(w("rFonts")):
            for which, name in fonts.attrib.items():
                fonts.set(which, other.get(name, name))


def table_of_fonts(names: Typefaces) -> str:
    """The table of fonts: each with the one that stands in for it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{ALTERNATIVES[name]}"/>'
        '<w:charset w:val="86"/></w:font>'
        for name in NAMES[names].values()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'
    )

"""Papers for tests of the writers."""

from datetime import date

from yishi.documents.marks import mark
from yishi.documents.model import (
    Cell,
    Document,
    Foot,
    Gap,
    Heading,
    People,
    Signed,
    Table,
    para,
)

DAY = date(2026, 11, 2)
SENTENCE = (
    "会议决定同意大厅运行经费预算由办公室会同财务科在规定时间以前上报并且抄送各科室各窗口遵照执行"
)


def minutes(**more) -> Document:
    """Minutes in their own format."""
    said = {
        "called": "处务会会议纪要〔2026〕1号",
        "dated": DAY,
        "format": "minutes",
        "mark": "处务会会议纪要",
        "number": "〔2026〕1号",
        "left": "办公室",
        "right": "2026年11月2日",
        "body": (
            para("现将会议决定的事项纪要如下。"),
            Heading(1, f"{mark(1, 1)}关于预算"),
            Heading(2, f"{mark(2, 1)}落实事项"),
            para("李强", "责任人："),
            Gap(),
            People("出席", "、".join(["陈志远", "刘敏", "曾建国"] * 8)),
            People("请假", "何立"),
        ),
        "foot": Foot("办公室", "2026年11月2日印发", "各科室，各窗口。"),
    }
    return Document(**{**said, **more})


def letter(
    by: str = "某某市政务服务中心", on: str = "2026年11月2日", seal: bool = False
) -> Document:
    """A paper in the general format."""
    return Document(
        called="通知",
        dated=DAY,
        format="general",
        mark="某某市政务服务中心文件",
        number="政服〔2026〕1号",
        title="某某市政务服务中心\n关于召开会议的通知",
        addressee="各科室",
        body=(para("请准时参加。"), Signed(by, on, seal)),
    )


def letter_with(**more) -> Document:
    """The same with something else in it."""
    held = letter()
    said = {name: getattr(held, name) for name in held.__struct_fields__}
    return Document(**{**said, **more})


def plain(lines: int = 0, **more) -> Document:
    """A paper without a masthead that is one long paragraph, or holds a table."""
    body = (para(SENTENCE * lines),) if lines else (form(),)
    return Document(**{"called": "稿", "dated": DAY, "body": body, **more})


def form() -> Table:
    """A form with a place to sign."""
    return Table(
        (1, 2, 2),
        (
            (Cell("姓名", label=True), Cell("喆堃珺昇镕", span=2)),
            (Cell("意见", label=True), Cell("同意", span=2, least=4, signed="签字：")),
        ),
        ("栏目", "内容", "备注"),
    )

"""A small state built by hand: the service centre's two charters, a few people, one meeting."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from yishi.charter.model import Charter
from yishi.charter.reader import read
from yishi.procedure.bodylog import BodyLog
from yishi.procedure.state import Decision, Item, Sitting, State, Task
from yishi.procedure.verdict import Citation
from yishi.roster.model import Roster, Unit
from yishi.values.maps import Map
from yishi.values.text import ERASED

CHARTERS = Path(__file__).parents[2] / "charters"
CHINA = timezone(timedelta(hours=8))
AT = datetime(2026, 10, 30, 15, 20, tzinfo=CHINA)


def _charter(name: str) -> Charter:
    charter, _ = read((CHARTERS / f"{name}.md").read_text(encoding="utf-8"))
    assert charter is not None
    return charter


CHUWUHUI = _charter("chuwuhui/2017-03-21")
GENERAL = _charter("general/2017-01-01")


def _item(key: str, title: str) -> Item:
    return Item(
        key, "chuwuhui", "business", (), title, "windows", "approved", "submitted", AT, "li"
    )


def _sitting(key: str, number: int) -> Sitting:
    return Sitting(
        id=key,
        body="chuwuhui",
        kind="ordinary",
        status="open",
        convened_at=AT,
        convened_by="chen",
        starts_at=AT,
        charters=(CHUWUHUI.digest, GENERAL.digest),
        members=(),
        in_attendance=(),
        chair="chen",
        secretary="xiao",
        year=2026 if number else 0,
        number=number,
    )


STATE = State(
    institution="hall",
    roster=Roster(
        units=Map(
            {"business": Unit(id="business", name="业务科", kind="section", since=date(2017, 1, 1))}
        ),
        people=Map({"chen": "陈志远", "liu": "刘敏", "he": "何立", "gone": ERASED}),
    ),
    charters=Map({CHUWUHUI.digest: CHUWUHUI, GENERAL.digest: GENERAL}),
    bodies=Map({"chuwuhui": BodyLog(versions=((CHUWUHUI.in_force, CHUWUHUI.digest),))}),
    items=Map({"i1": _item("i1", "窗口延时服务"), "i2": _item("i2", ERASED)}),
    sittings=Map({"s1": _sitting("s1", 3), "s2": _sitting("s2", 0)}),
    decisions=Map(
        {"d1": Decision("d1", "i1", "s1", "chuwuhui", "adopt", "同意", AT.astimezone(UTC), (5, 8))}
    ),
    tasks=Map({"t1": Task("t1", "s1", "chuwuhui", "制定延时服务方案", "d1", AT)}),
)


def citation(label: str, reading: str = "", charter: Charter = CHUWUHUI) -> Citation:
    """A clause of one of the charters."""
    return Citation(
        charter=charter.digest,
        body=charter.body,
        title=charter.title,
        label=label,
        rule="r",
        general=charter.body == "general",
        reading=reading,
    )

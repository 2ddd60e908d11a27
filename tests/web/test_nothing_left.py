"""Between items a room says what is true: there are more, all are done, or there never were any."""

import pytest

from tests.playing import PLACE, WEEK, client_of, play_into
from tests.web.pressing import text
from yishi.clerk.door import do
from yishi.procedure.attendance import MarkPresent
from yishi.procedure.deliberation import OpenSitting
from yishi.procedure.floor import RaiseFloorItem
from yishi.procedure.telling import GiveNotice
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db

LIBRARY = "general/cases/library.yaml"
ROOM, SCREEN = "/sittings/s1/room", "/sittings/s1/screen"
DONE, NONE, NEXT = "议程已经全部议完", "这次会议没有列入议题", "接下来由主持人进入下一项议题"
END = "等主持人宣布散会"


def seen(person: str, path: str = ROOM) -> str:
    return text(client_of(person).get(path))


def does(person: str, act: object, **said: object) -> None:
    assert isinstance(do(PLACE, person, act, **said).verdict, Accepted), act


def test_a_meeting_without_items_has_not_done_them_all(on) -> None:
    play_into(LIBRARY, "convened")
    does("qian", GiveNotice(sitting="s1"))
    on("2026-11-06T09:00")
    for one in ("lin", "xu"):
        does(one, MarkPresent(sitting="s1", person=one))
    assert NONE not in seen("lin")
    does("lin", OpenSitting(sitting="s1"))

    for person, path in (("lin", ROOM), ("xu", ROOM), ("lin", SCREEN)):
        said = seen(person, path)
        assert NONE in said
        assert DONE not in said
        assert "议程还没有编排" not in said
    assert END in seen("xu")
    assert NEXT not in seen("xu")


def test_while_items_are_left_the_others_wait_for_the_next(on) -> None:
    play_into(LIBRARY, "decided")
    on("2026-11-06T09:41")

    assert NEXT in seen("xu")
    assert "现在没有正在审议的议题" in seen("lin", SCREEN)
    for path in (ROOM, SCREEN):
        assert DONE not in seen("lin", path)


def test_while_a_floor_motion_waits_for_an_answer_not_all_is_done() -> None:
    play_into(WEEK, "floor-decided")
    for at in ("room", "screen"):
        assert DONE in seen("chen", f"/sittings/w45/{at}")
    late = {"item": "late", "lead_unit": "business", "title": "空调检修", "matter": "other"}
    does("li", RaiseFloorItem(sitting="w45", **late))

    for person, at in (("chen", "room"), ("wang", "room"), ("chen", "screen")):
        assert DONE not in seen(person, f"/sittings/w45/{at}")
    assert NEXT in seen("wang", "/sittings/w45/room")


def test_once_all_are_done_the_others_wait_for_the_end(on) -> None:
    play_into(LIBRARY, "all-done")
    on("2026-11-06T09:59")

    for person, path in (("lin", ROOM), ("xu", ROOM), ("lin", SCREEN)):
        assert DONE in seen(person, path)
    assert END in seen("xu")
    assert NEXT not in seen("xu")

"""The chair calls somebody to report or to speak: every screen shows who has the floor."""

from datetime import datetime

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import forms, press, shown, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.attendance import LeaveRoom, MarkPresent, Recuse
from yishi.procedure.deliberation import PassTurn, PresentItem, StatePosition
from yishi.procedure.practising import speaking
from yishi.procedure.turns import CallSpeaker, broken_off, on_the_floor
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db

OCT, SCREEN = "/sittings/oct/room", "/sittings/oct/screen"
LIBRARY = "general/cases/23-practice.yaml"


def seen(person: str, path: str = OCT) -> str:
    return text(client_of(person).get(path))


def floor(subject: str = "oct") -> str:
    called = on_the_floor(MEMORY.at(PLACE).state.sittings[subject])
    return called.person if called is not None else ""


def offered(person: str, path: str = OCT) -> set[str]:
    """Whom somebody may call by one tap."""
    return {f["member"][0] for f in forms(client_of(person).get(path), "call_speaker")}


def calls(person: str, whom: str) -> None:
    """One tap on the button that calls somebody."""
    client = client_of(person)
    page = client.get(OCT)
    found = [n for n, f in enumerate(forms(page, "call_speaker")) if f["member"] == [whom]]
    assert press(client, page, "call_speaker", found[0]).status_code == 302


def does(person: str, act: object, **said: object) -> None:
    assert isinstance(do(PLACE, person, act, **said).verdict, Accepted), act


def test_one_tap_calls_the_next_speaker_and_everybody_sees_who_has_the_floor() -> None:
    play_into()
    page = client_of("chen").get(OCT)
    assert offered("chen") == {"liu"}
    assert "请刘敏发言" in text(page)
    before = shown(client_of("liu").get(OCT))["own"]

    calls("chen", "liu")

    for person, path in (("zeng", OCT), ("xiao", OCT), ("chen", SCREEN)):
        assert "正在发言：刘敏" in seen(person, path)
    liu = client_of("liu").get(OCT)
    assert "请您发言" in text(liu)
    assert shown(liu)["own"] != before
    assert "请您发言" not in seen("zeng")
    assert offered("chen") == set()
    assert "data-since" in client_of("liu").get(OCT).content.decode().partition("正在发言")[2]


def test_nobody_else_calls_and_whose_turn_it_is_not_is_refused_by_the_clause() -> None:
    play_into()
    assert offered("xiao") == set()
    out_of_turn = do(PLACE, "chen", CallSpeaker(sitting="oct", item="budget", member="wang"))
    assert [g.citation.label for g in out_of_turn.verdict.grounds] == ["五(二)2"]


def test_before_the_report_whoever_raised_the_item_is_called_to_report() -> None:
    play_into(MONTH, "noted")
    client = client_of("chen")
    assert press(client, client.get(OCT), "begin_item").status_code == 302
    assert "li" in offered("chen")
    assert "wu" not in offered("chen")

    calls("chen", "li")

    assert "请您汇报" in seen("li")
    assert "正在汇报：李强" in seen("zeng")
    item = MEMORY.at(PLACE).state.sittings["oct"].current
    parts = ("content", "proposal")
    does("li", PresentItem(sitting="oct", item=item, rapporteur="li", parts=parts))
    assert floor() == ""
    assert "正在汇报：李强" not in seen("zeng")


def called_liu() -> None:
    play_into()
    does("chen", CallSpeaker(sitting="oct", item="budget", member="liu"))
    assert floor() == "liu"


ENDS = {
    "they speak": ("liu", StatePosition(sitting="oct", item="budget", member="liu", stance="for")),
    "they pass": ("chen", PassTurn(sitting="oct", item="budget", member="liu")),
    "they keep out": ("liu", Recuse(sitting="oct", item="budget", person="liu")),
    "they leave": ("liu", LeaveRoom(sitting="oct", person="liu")),
}


@pytest.mark.parametrize("how", sorted(ENDS))
def test_the_floor_is_theirs_until(how: str) -> None:
    called_liu()
    person, act = ENDS[how]
    does(person, act, reason="亲属承办。")

    assert floor() == ""
    assert "正在发言：" not in seen("xiao")


def test_who_left_and_comes_back_is_called_anew() -> None:
    called_liu()
    does("liu", LeaveRoom(sitting="oct", person="liu"))
    does("liu", MarkPresent(sitting="oct", person="liu"))

    assert floor() == ""
    assert "请您发言" not in seen("liu")
    assert offered("chen") == {"liu"}
    calls("chen", "liu")
    assert floor() == "liu"


def test_another_call_takes_the_place_of_the_first() -> None:
    called_liu()
    does("liu", LeaveRoom(sitting="oct", person="liu"))
    does("chen", CallSpeaker(sitting="oct", item="budget", member="zeng"))
    does("liu", MarkPresent(sitting="oct", person="liu"))

    assert floor() == "zeng"


def test_a_call_is_no_position_and_stands_in_no_record() -> None:
    called_liu()
    does("liu", StatePosition(sitting="oct", item="budget", member="liu", stance="for"))
    held = MEMORY.at(PLACE).state.sittings["oct"].deliberations["budget"]

    assert len(held.positions) == 1
    assert "请发言" not in seen("xiao", "/sittings/oct/record")


def hour(said: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-06T{said}:00+08:00")


def test_the_clock_of_a_speech_begins_with_the_call_and_ends_with_the_next(on) -> None:
    play_into(LIBRARY, "begun")
    shelf = {"sitting": "s1", "item": "shelf"}
    does("lin", CallSpeaker(**shelf, member="xu"), at=hour("09:02"))
    does("xu", PresentItem(**shelf, rapporteur="xu", parts=("content",)), at=hour("09:05"))
    does("qian", MarkPresent(sitting="s1", person="zheng"), at=hour("09:09"))
    does("lin", CallSpeaker(**shelf, member="zheng"), at=hour("09:10"))
    on("2026-11-06T09:11")
    page = client_of("lin").get("/sittings/s1/room").content.decode()
    assert "09:10 起，" in page.partition("data-clock")[2]
    does("lin", CallSpeaker(**shelf, member="sun"), at=hour("09:12"))
    stance = {"stance": "for"}
    does("qian", StatePosition(**shelf, member="zheng", **stance), at=hour("09:20"))
    does("qian", StatePosition(**shelf, member="sun", **stance), at=hour("09:21"))
    does("xu", StatePosition(**shelf, member="xu", **stance), at=hour("09:25"))

    talk = MEMORY.at(PLACE).state.sittings["s1"].deliberations["shelf"]
    told = [
        (one.person, f"{one.begun_at:%H:%M}", f"{one.ended_at:%H:%M}")
        for one in speaking(talk)
        if one.ended_at is not None
    ]
    assert told == [
        ("xu", "09:02", "09:05"),
        ("zheng", "09:10", "09:12"),
        ("sun", "09:12", "09:21"),
        ("xu", "09:21", "09:25"),
    ]


def test_a_call_before_which_somebody_left_begins_no_clock(on) -> None:
    play_into(LIBRARY, "begun")
    shelf = {"sitting": "s1", "item": "shelf"}
    does("xu", PresentItem(**shelf, rapporteur="xu", parts=("content",)), at=hour("09:05"))
    does("lin", CallSpeaker(**shelf, member="sun"), at=hour("09:06"))
    does("sun", LeaveRoom(sitting="s1", person="sun"), at=hour("09:07"))
    does("xu", StatePosition(**shelf, member="xu", stance="for"), at=hour("09:20"))
    does("sun", MarkPresent(sitting="s1", person="sun"), at=hour("09:21"))
    on("2026-11-06T09:22")
    page = client_of("lin").get("/sittings/s1/room").content.decode()
    assert "09:20 起，" in page.partition("data-clock")[2]
    does("sun", StatePosition(**shelf, member="sun", stance="for"), at=hour("09:23"))

    state = MEMORY.at(PLACE).state
    talk = state.sittings["s1"].deliberations["shelf"]
    broken = broken_off(state.sittings["s1"], talk)
    told = [(one.person, f"{one.begun_at:%H:%M}") for one in speaking(talk, broken=broken)]
    assert told[1:3] == [("xu", "09:05"), ("sun", "09:20")]


def test_without_an_order_in_the_charter_anybody_waited_for_may_be_called() -> None:
    play_into("general/cases/library.yaml", "presented")
    assert offered("lin", "/sittings/s1/room") == {"zheng", "sun", "xu"}


@pytest.mark.parametrize(
    ("act", "field", "begins"),
    [
        ("call_speaker", "member", []),
        ("ask_speaker", "person", []),
        ("pass_turn", "member", ["chen"]),
    ],
)
def test_a_form_about_somebody_else_does_not_begin_with_whoever_fills_it_in(
    act: str, field: str, begins: list[str]
) -> None:
    play_into()

    page = client_of("chen").get(f"/do/{act}?sitting=oct&item=budget")

    (form,) = forms(page, act)
    assert form[field] == begins

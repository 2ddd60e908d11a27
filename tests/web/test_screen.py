"""The big screen: for whoever conducts the meeting or keeps its record; nothing that is said."""

import re
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from tests.cases.mutants import with_block
from tests.playing import CHARTERS, MONTH, PLACE, client_of, keep, play_into
from yishi.cases.runner import Runner
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.attendance import LeaveRoom
from yishi.procedure.deliberation import PassTurn, StatePosition
from yishi.procedure.verdict import Accepted
from yishi.web.answers import REMEMBERED
from yishi.web.sittings.talk import Speaker
from yishi.web.sittings.wall import missing, namesakes, plan_of, turns_of
from yishi.wording import Catalogue

pytestmark = pytest.mark.django_db

SCREEN = "/sittings/oct/screen"


def shown(person: str) -> str:
    page = client_of(person).get(SCREEN).content.decode()
    return re.sub(r"<[^>]*>|\s+", " ", page.partition("<main")[2])


def test_it_shows_the_item_and_whose_turn_it_is_and_no_word_or_stance() -> None:
    play_into(until="platform-heard")

    page = shown("xiao")

    assert "窗口叫号系统更新" in page
    assert "汇报人" in page
    assert "已发言" in page
    assert "11:00开始" in page
    for secret in ("先修后换", "预算不足", "赞成", "反对", "票", "通过", "同意"):
        assert secret not in page
    assert "已议" in page


def test_items_to_come_stay_off_the_wall_while_somebody_may_not_read_them() -> None:
    play_into(until="platform-heard")
    there = shown("xiao")
    do(PLACE, "guan", LeaveRoom(sitting="oct", person="guan"))

    assert "督查科岗位调整" not in there
    assert "督查科岗位调整" in shown("xiao")


def test_of_whoever_let_the_turn_pass_it_does_not_say_that_they_spoke() -> None:
    play_into()
    named = {"sitting": "oct", "item": "budget"}
    for person, act in (
        ("chen", PassTurn(**named, member="liu")),
        ("zeng", StatePosition(**named, member="zeng", stance="for")),
    ):
        assert isinstance(do(PLACE, person, act).verdict, Accepted)
    order = " ".join(shown("chen").partition("发言顺序")[2].split())

    assert order.startswith("刘敏 放弃发言 曾建国 已发言 王芳")


def test_it_says_who_is_next() -> None:
    play_into()

    page = client_of("chen").get(SCREEN).content.decode()

    assert re.search(r'<li aria-current="true">刘敏 <span class="tag live">下一位', page)


def test_only_chair_and_secretary_put_it_on_the_wall_and_only_while_there_is_a_meeting() -> None:
    play_into()
    for person in ("liu", "guan", "luo", "ning"):
        assert client_of(person).get(SCREEN).status_code == 404
        assert SCREEN not in client_of(person).get("/sittings/oct/room").content.decode()
    assert SCREEN in client_of("xiao").get("/sittings/oct/room").content.decode()


def test_after_the_meeting_it_says_no_more_than_that_it_has_ended() -> None:
    play_into(until="closed")

    page = shown("xiao")

    assert "已散会" in page
    assert "预算" not in page
    assert client_of("liu").get(SCREEN).status_code == 404


# ── the count, where the charter lets it be shown ─────────────────────────────────────────────


def forget() -> None:
    """As after a minute: what pages remember of the meeting is found out anew."""
    REMEMBERED.forget()


def play_with(rule: str, until: str) -> None:
    """The month under the charter with one more rule, up to a label."""
    path = CHARTERS / MONTH
    charter = (CHARTERS / "chuwuhui/2017-03-21.md").read_text(encoding="utf-8")
    runner = Runner(overrides={"chuwuhui": with_block(charter, f"```rule\n{rule}\n```\n")})
    tree, _ = runner._read(path)
    keep(runner._beginning(path, until, tree, 0))


def states(person: str) -> None:
    said = StatePosition(sitting="oct", item="budget", member=person, stance="for", words="同意。")
    assert isinstance(do(PLACE, person, said).verdict, Accepted)


def test_by_rule_it_shows_the_count_once_all_are_heard() -> None:
    play_with("kind: shows_tally", "platform-heard")

    page = shown("xiao")

    assert "赞成 4 反对 3 弃权 0" in page
    assert "全体组成人员 8 人，需要 5 票。" in page
    assert "还没有形成多数" in page
    assert "先修后换" not in page


def test_nothing_is_counted_on_the_wall_before_the_chair_is_heard() -> None:
    play_with("kind: shows_tally", "budget-presented")
    do(PLACE, "guan", LeaveRoom(sitting="oct", person="guan"))
    for person in ("liu", "zeng", "wang", "li", "zhou", "wu"):
        states(person)
        assert "弃权" not in shown("xiao")

    states("chen")

    assert "赞成 7 反对 0 弃权 0" in shown("xiao")


def test_a_rule_may_let_it_be_shown_from_the_first_position() -> None:
    play_with("kind: shows_tally\nwhen: always", "budget-presented")
    do(PLACE, "guan", LeaveRoom(sitting="oct", person="guan"))
    assert "弃权" not in shown("xiao")

    states("liu")

    assert "赞成 1 反对 0 弃权 0" in shown("xiao")


def test_it_waits_while_somebody_in_the_room_may_not_read_the_item() -> None:
    play_with("kind: shows_tally", "budget-heard")
    assert "弃权" not in shown("xiao")

    do(PLACE, "guan", LeaveRoom(sitting="oct", person="guan"))

    assert "赞成 5 反对 1 弃权 1" in shown("xiao")


def test_it_waits_while_two_entries_of_one_position_differ() -> None:
    play_with("kind: shows_tally", "platform-heard")
    said = StatePosition(sitting="oct", item="platform", member="liu", stance="abstain")
    assert isinstance(do(PLACE, "xiao", said).verdict, Accepted)

    assert "弃权" not in shown("xiao")


def test_where_the_charter_is_silent_house_practice_shows_it_and_says_so(monkeypatch) -> None:
    play_into(MONTH, "platform-heard")
    assert "弃权" not in shown("xiao")
    asked = []

    def practised(state, sitting):
        asked.append(sitting.id)
        return {"tally": None}

    monkeypatch.setattr("yishi.web.sittings.tally.practised", practised)
    forget()

    page = shown("xiao")

    assert set(asked) == {"oct"}
    assert "赞成 4 反对 3 弃权 0" in page
    assert "单位惯例，不是规则要求" in page


def test_house_practice_waits_until_all_are_heard(monkeypatch) -> None:
    play_into(MONTH, "budget-presented")
    do(PLACE, "guan", LeaveRoom(sitting="oct", person="guan"))
    monkeypatch.setattr("yishi.web.sittings.tally.practised", lambda state, sitting: {"tally": 0})
    states("liu")

    assert "弃权" not in shown("xiao")


# ── read from afar, and never scrolled ────────────────────────────────────────────────────────


def speaker(person: str, **said: bool) -> Speaker:
    known = {"passed": False, "recused": False, "next": False, "chair": False, "conflict": False}
    return Speaker(person=person, post="", said=(), **{**known, **said})


def test_of_many_who_speak_it_names_who_has_the_floor_those_who_follow_and_how_many_more() -> None:
    play_into()
    sitting = MEMORY.at(PLACE).state.sittings["oct"]
    heard = [speaker(f"h{n}", passed=True) for n in range(30)]
    out = [speaker("out", recused=True)]
    owing = [speaker("now", next=True), *(speaker(f"w{n}") for n in range(25))]
    talk = SimpleNamespace(speakers=(*heard, *out, *owing), later=3)

    turns = turns_of(eyes(), sitting, talk)  # type: ignore[arg-type]

    assert [one.person for one in turns.named] == ["now", "w0", "w1", "w2", "w3", "w4"]
    assert (turns.more, turns.heard) == (23, 30)
    few = SimpleNamespace(speakers=(*heard[:4], *owing[:5]), later=0)
    assert turns_of(eyes(), sitting, few).named == few.speakers  # type: ignore[arg-type]


def test_two_of_one_name_are_told_apart_by_their_posts() -> None:
    play_into()
    sitting = MEMORY.at(PLACE).state.sittings["oct"]

    assert namesakes(eyes(), sitting) == {}
    assert namesakes(eyes({"li": "刘敏"}), sitting) == {"liu": "副主任", "li": "业务科科室负责人"}


def eyes(called: dict[str, str] | None = None) -> Any:
    """An office in which some are called otherwise than they are."""
    state = MEMORY.at(PLACE).state
    names = state.roster.people
    known = SimpleNamespace(
        person=lambda key: (called or {}).get(key, names.get(key, key)),
        unit=lambda key: MEMORY.at(PLACE).state.roster.units[key].name,
    )
    facts = SimpleNamespace(to=lambda key, make: make())
    return SimpleNamespace(names=known, state=state, catalogue=Catalogue("zh"), facts=facts)


@pytest.mark.parametrize(
    ("at", "shown"), [(0, (0, 4, 8)), (5, (4, 4, 4)), (11, (8, 4, 0)), (12, (0, 4, 8))]
)
def test_of_a_long_agenda_it_shows_the_item_in_hand_and_those_around_it(
    at: int, shown: tuple[int, int, int]
) -> None:
    lines = tuple(
        SimpleNamespace(place=n, state="adopt" if n < at else "waiting" if n > at else "now")
        for n in range(12)
    )

    plan = plan_of(lines, 4)  # type: ignore[arg-type]

    assert (plan.before, len(plan.lines), plan.after) == shown
    assert at == 12 or lines[at] in plan.lines


def test_the_code_goes_once_nobody_is_missing_any_more() -> None:
    play_into()
    assert "data-all-in" in client_of("xiao").get(SCREEN).content.decode()
    sitting = MEMORY.at(PLACE).state.sittings["oct"]
    there = sitting.presence.delete("liu")

    assert missing(eyes(), sitting) == 0
    assert missing(eyes(), msgspec.structs.replace(sitting, presence=there)) == 1

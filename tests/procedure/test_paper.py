"""A meeting held on paper, entered afterwards: judged by its real times and kept with both."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from tests.procedure.acting import Company
from tests.procedure.stages import CHARTERS, MONTH, after, forked, played
from yishi.cases.keeping import lines_of
from yishi.chronicle.scribe import caught_up, replay
from yishi.procedure.act import Deed
from yishi.procedure.decide import decide
from yishi.procedure.duties import duties_of
from yishi.procedure.enact import bind
from yishi.procedure.kinds import ACTS
from yishi.procedure.paper import FromPaper, latest_of, on_paper
from yishi.procedure.report import compliance
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Accepted, Refused, Rejected, Verdict
from yishi.roster.events import PostFilled, PostVacated

ON_PAPER = CHARTERS / "chuwuhui/cases/24-on-paper.yaml"
NINE = datetime.fromisoformat("2026-10-30T09:00:00+08:00")
TYPED = datetime.fromisoformat("2026-10-31T10:00:00+08:00")


@pytest.fixture
def office() -> Company:
    """The October meeting, told; everybody went there on Friday, and then the lights went out."""
    company = Company(forked(after(MONTH, "office_told")), None)  # type: ignore[arg-type]
    live(company, "enter_from_paper", "xiao", "停电。")
    return company


def live(office: Company, name: str, actor: str, reason: str | None = None, **said: Any) -> Verdict:
    return _deed(office, name, actor, None, None, reason, said)


def held(
    office: Company, minute: int, name: str, doer: str, reason: str | None = None, **said: Any
) -> Verdict:
    """Entered by Xiao, done by somebody so many minutes after nine."""
    return _deed(office, name, "xiao", NINE + timedelta(minutes=minute), doer, reason, said)


def _deed(
    office: Company,
    name: str,
    actor: str,
    held_at: datetime | None,
    doer: str | None,
    reason: str | None,
    said: dict[str, Any],
) -> Verdict:
    act = msgspec.convert({"sitting": "oct", **said}, ACTS[name])
    return office.stage.history.do(
        Deed(act=act, actor=actor, at=TYPED, reason=reason, behalf=doer, held_at=held_at)
    )


def oct_(office: Company) -> Sitting:
    return office.state.sittings["oct"]


def opened(office: Company, *people: str) -> None:
    for person in people or ("chen", "liu", "zeng", "wang", "li", "zhou", "wu"):
        assert isinstance(held(office, -5, "mark_present", person, person=person), Accepted)
    assert isinstance(held(office, 0, "open_sitting", "chen"), Accepted)


def put_off(office: Company, minute: int, item: str) -> None:
    """An item taken up and put off, without a word to it."""
    said = {"item": item, "decision": f"d-{item}", "outcome": "postpone", "words": "缓议。"}
    assert isinstance(held(office, minute, "begin_item", "chen", item=item), Accepted)
    assert isinstance(held(office, minute, "decide_item", "chen", "没有议。", **said), Accepted)


def test_what_was_entered_stands_with_its_real_time_and_who_did_it(office: Company) -> None:
    opened(office)

    assert oct_(office).opened_at == NINE
    assert oct_(office).presence["liu"].log == (("present", NINE - timedelta(minutes=5)),)
    assert oct_(office).presence["liu"].ways == ("secretary",)
    assert office.state.latest == TYPED
    entry = oct_(office).paper
    assert entry is not None
    assert (entry.by, entry.last, entry.entries) == ("xiao", NINE, 8)
    told = list(lines_of(office.stage))[-1].entry
    assert (told.type, told.actor, told.behalf, told.at) == (
        *("sitting_opened", "xiao", "chen"),
        TYPED.isoformat(),
    )
    assert told.payload["held_at"] == NINE.isoformat()
    assert told.payload["by"] == "chen"


def test_the_journal_alone_tells_the_same_judged_anew_or_taken_at_its_word() -> None:
    stage = played(ON_PAPER)
    lines = list(lines_of(stage))

    again = replay(lines)
    assert not again.differences
    assert again.history.state == stage.history.state
    assert caught_up(State(), lines) == stage.history.state


def test_a_live_act_is_written_without_a_word_of_paper() -> None:
    for line in lines_of(after(MONTH, "sitting_closed")):
        assert "held_at" not in line.entry.payload
        assert "broken" not in line.entry.payload


def test_a_decision_without_its_majority_that_was_taken_is_kept_as_broken(office: Company) -> None:
    opened(office)
    held(office, 1, "begin_item", "chen", item="budget")
    said = {"item": "budget", "rapporteur": "li", "parts": ["content", "proposal"]}
    held(office, 2, "present_item", "li", **said)
    for person in ("liu", "zeng", "wang", "li", "zhou", "wu", "chen"):
        stance = "for" if person in ("liu", "chen") else "against"
        stated = held(
            office, 3, "state_position", person, item="budget", member=person, stance=stance
        )
        assert isinstance(stated, Accepted)
    adopted = {"item": "budget", "decision": "d1", "outcome": "adopt", "words": "同意。"}

    asked = held(office, 9, "decide_item", "chen", **adopted)
    assert isinstance(asked, Refused)
    assert "d1" not in office.state.decisions

    kept = held(office, 9, "decide_item", "chen", "会上宣布通过。", **adopted)
    assert isinstance(kept, Accepted)
    assert [b.citation.rule.rpartition("/")[2] for b in kept.broken] == ["majority"]
    assert office.state.decisions["d1"].at == NINE + timedelta(minutes=9)
    rows = compliance(office.stage.history.judged(), office.state, "chuwuhui", TYPED, "oct")
    broken = [row for row in rows if row.status == "broken" and row.subject == "decide_item"]
    assert [(row.reason, row.actor) for row in broken] == [("会上宣布通过。", "chen")]
    assert not [row for row in rows if row.status == "refused" and row.subject == "decide_item"]


def test_who_may_not_enter_and_what_is_no_time_for_it(office: Company) -> None:
    deed = Deed(
        act=msgspec.convert({"sitting": "oct", "person": "liu"}, ACTS["mark_present"]),
        actor="li",
        at=TYPED,
        behalf="liu",
        held_at=NINE,
    )
    assert isinstance(decide(deed, office.state), Refused)
    with_time = msgspec.structs.replace
    for change, field in (
        ({"held_at": NINE.replace(tzinfo=None)}, "held_at"),
        ({"held_at": TYPED + timedelta(minutes=1)}, "held_at"),
        ({"held_at": NINE - timedelta(days=90)}, "held_at"),
        ({"behalf": None}, "behalf"),
        ({"behalf": "nobody"}, "behalf"),
        ({"held_at": None, "behalf": None}, "held_at"),
    ):
        verdict = decide(with_time(deed, actor="xiao", **change), office.state)
        assert isinstance(verdict, Rejected), change
        assert verdict.field == field, change


def test_it_begins_after_what_is_known_of_the_meeting(office: Company) -> None:
    entry = oct_(office).paper
    assert entry is not None
    assert entry.last == latest_of(oct_(office))
    assert entry.last < NINE


def test_the_meeting_goes_on_live_once_all_is_entered(office: Company) -> None:
    opened(office)
    assert isinstance(live(office, "begin_item", "chen", item="circular"), Rejected)
    assert isinstance(live(office, "end_paper_entry", "xiao"), Accepted)

    assert not on_paper(oct_(office))
    assert isinstance(live(office, "begin_item", "chen", item="circular"), Accepted)
    assert isinstance(held(office, 9, "mark_present", "wu", person="wu"), Rejected)


def test_a_closed_meeting_is_entered_no_further(office: Company) -> None:
    opened(office)
    for minute, item in enumerate(oct_(office).agenda, 10):
        put_off(office, minute, item)
    closed = held(office, 40, "close_sitting", "chen")
    assert isinstance(closed, Accepted)
    assert not on_paper(oct_(office))
    assert isinstance(live(office, "end_paper_entry", "xiao"), Rejected)


def test_under_rules_that_do_not_know_it_nobody_enters_anything(office: Company) -> None:
    state = office.state
    digest = next(d for d, c in state.charters.items() if c.body == "general")
    old = state.charters[digest]
    clauses = tuple(c for c in old.clauses if c.label != "第二十四条")
    before = msgspec.structs.replace(old, clauses=clauses, digest="24" * 32)
    assert not any(isinstance(b.rule, FromPaper) for b in bind(before)[0])
    sitting = msgspec.structs.replace(
        oct_(office),
        paper=None,
        charters=tuple("24" * 32 if d == digest else d for d in oct_(office).charters),
    )
    old_state = msgspec.structs.replace(
        state,
        charters=state.charters.set("24" * 32, before),
        sittings=state.sittings.set("oct", sitting),
    )
    act = ACTS["enter_from_paper"](sitting="oct")  # type: ignore[call-arg]
    verdict = decide(Deed(act=act, actor="xiao", at=TYPED, reason="停电。"), old_state)
    assert isinstance(verdict, Rejected)
    assert verdict.message.id == "place.no_rule"


def test_nobody_is_asked_to_open_a_meeting_that_is_being_entered(office: Company) -> None:
    owed = duties_of(office.state, "sitting", "oct", TYPED)
    assert "open_sitting" not in {duty.act for duty in owed}


def test_the_entry_waits_for_whoever_may_finish_it_until_it_is_finished(office: Company) -> None:
    def waits() -> dict[str, set[str]]:
        owed = duties_of(office.state, "sitting", "oct", TYPED)
        return {duty.act: set(duty.people) for duty in owed}

    assert waits().keys() == {"end_paper_entry"}
    assert waits()["end_paper_entry"] >= {"xiao", "wang"}
    opened(office)
    assert waits().keys() == {"end_paper_entry"}
    live(office, "end_paper_entry", "xiao")
    assert waits() == {}


def test_who_took_the_chair_on_paper_presides_over_nothing_live() -> None:
    office = Company(forked(after(MONTH, "item_presented", 2)), None)  # type: ignore[arg-type]
    at = office.state.latest
    assert at is not None

    def do(name: str, actor: str, behalf: str | None = None, **said: Any) -> Verdict:
        act = msgspec.convert({"sitting": "oct", **said}, ACTS[name])
        held_at = at if behalf else None
        deed = Deed(act=act, actor=actor, at=at, reason="…", behalf=behalf, held_at=held_at)
        return office.stage.history.do(deed)

    do("enter_from_paper", "xiao")
    assert isinstance(do("take_chair", "xiao", "liu"), Accepted)
    assert oct_(office).chair == "liu"
    guests = {"item": "platform", "people": ["he"]}
    assert isinstance(do("invite_others", "liu", **guests), Refused)
    assert isinstance(do("invite_others", "chen", **guests), Accepted)

    do("end_paper_entry", "xiao")
    assert (oct_(office).chair, oct_(office).deputed) == ("chen", False)
    postponed = {"item": "budget", "decision": "d1", "outcome": "postpone", "words": "缓议。"}
    assert isinstance(do("decide_item", "liu", **postponed), Refused)


def test_the_agenda_stays_as_it_is_while_the_meeting_is_entered(office: Company) -> None:
    agenda = list(oct_(office).agenda)
    for name, said in (("set_agenda", {"items": agenda[:1]}), ("call_off", {})):
        verdict = live(office, name, "chen", "…", **said)
        assert isinstance(verdict, Rejected)
        assert verdict.message.id == "from_paper.frozen"
    act = ACTS["withdraw_item"](item="budget")  # type: ignore[call-arg]
    taken = decide(Deed(act=act, actor="li", at=TYPED, reason="…"), office.state)
    assert isinstance(taken, Rejected)
    assert taken.message.id == "from_paper.frozen"


def test_what_was_put_on_the_agenda_afterwards_was_not_taken_up_before() -> None:
    office = Company(forked(after(MONTH, "office_told")), None)  # type: ignore[arg-type]
    agenda = list(oct_(office).agenda)
    for items in ([i for i in agenda if i != "budget"], agenda):
        assert isinstance(live(office, "set_agenda", "xiao", "…", items=items), Accepted)
    live(office, "enter_from_paper", "xiao", "停电。")
    opened(office)

    late = held(office, 1, "begin_item", "chen", "…", item="budget")
    assert isinstance(late, Rejected)
    assert (late.field, late.message.id) == ("held_at", "from_paper.before_item")
    assert isinstance(held(office, 1, "begin_item", "chen", item="circular"), Accepted)


def test_what_was_done_live_since_is_not_gone_behind(office: Company) -> None:
    opened(office)
    live(office, "give_notice", "xiao")
    before = latest_of(oct_(office))
    entry = oct_(office).paper
    assert entry is not None
    sitting = msgspec.structs.replace(
        oct_(office), paper=msgspec.structs.replace(entry, last=before - timedelta(days=1))
    )
    sittings = office.state.sittings.set("oct", sitting)
    act = ACTS["begin_item"](sitting="oct", item="circular")  # type: ignore[call-arg]
    held_at = before - timedelta(minutes=1)
    deed = Deed(act=act, actor="xiao", at=TYPED, behalf="chen", held_at=held_at)
    verdict = decide(deed, msgspec.structs.replace(office.state, sittings=sittings))
    assert isinstance(verdict, Rejected)
    assert verdict.message.id == "from_paper.runs_back"


def test_a_meeting_is_not_closed_over_items_without_an_outcome(office: Company) -> None:
    opened(office)
    held(office, 1, "begin_item", "chen", item="circular")
    closed = held(office, 9, "close_sitting", "chen", "没有议完就散了。")
    assert isinstance(closed, Refused)
    assert [g.message.id for g in closed.grounds] == ["agenda_done.open_items"]
    assert oct_(office).status == "open"


def test_who_enters_holds_the_seat_on_the_day_of_entry(office: Company) -> None:
    left, came = datetime.fromisoformat("2026-11-02T09:00:00+08:00"), TYPED + timedelta(days=5)
    posts = (
        PostVacated(person="tan", post="科员", unit="office", until=left.date()),
        PostFilled(person="guan", post="科员", unit="office", since=came.date()),
    )
    office.stage.history.happened(posts, left)
    for person, verdict in (("tan", Refused), ("guan", Accepted)):
        deed = Deed(
            act=msgspec.convert({"sitting": "oct", "person": "chen"}, ACTS["mark_present"]),
            actor=person,
            at=came,
            behalf="chen",
            held_at=NINE,
        )
        assert isinstance(office.stage.history.do(deed), verdict), person

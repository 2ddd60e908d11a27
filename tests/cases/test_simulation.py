"""A simulated office keeps and departs from its rules as people do, the same for the same seed."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cases.mutants import ROOT
from tests.procedure.invariants import complaints
from yishi.cases.casting import Stage, set_up
from yishi.cases.keeping import lines_of
from yishi.cases.simulation import deeds, invented, simulate, simulate_text
from yishi.chronicle.history import History
from yishi.chronicle.scribe import replay
from yishi.journal import encode_line, verify
from yishi.procedure.kinds import EVENTS
from yishi.procedure.publishing import PublicationDeclined
from yishi.procedure.report import compliance
from yishi.procedure.righting import PresenceCorrected
from yishi.procedure.staffing import TaskHandedOver
from yishi.procedure.verdict import Accepted, Refused, Rejected, Verdict
from yishi.roster.events import RosterEvent

CAST = ROOT / "cast.yaml"
CHARTERS = ("general/2017-01-01.md", "chuwuhui/2017-03-21.md", "zhurenbangonghui/2017-03-21.md")

CLOSED_BY_THE_CHARTERS = {"chair_taken", "minutes_signed"}
"""No shipped charter names a deputy chair or a signature, so nobody may."""

NOT_OF_MEETINGS = {
    "posting_declined",
    "charter_received",
    "adopted_text_entered",
    "numbers_brought_in",
    "sitting_brought_in",
    "decision_brought_in",
    "task_brought_in",
    "items_carried_on",
    "sitting_passed_on",
    "late_item_admitted",
    "charter_repealed",
    "practice_started",
    "practice_ended",
    *("speaker_called", "speaker_asked", "chair_answered"),
}
"""The simulated office begins with nothing from before and ends none of its rules.

It changes no posts once a meeting is called, and convenes none ahead of one that has carried items
before it. Not every year has a late item that the approver thinks better of. It switches on no
house practice, since none changes a verdict. Nobody is called or asked by name: whom the rules
wait for stays as it is, and the cases of asking try what it may do.
"""


@pytest.fixture(scope="module")
def year() -> Stage:
    return simulate(CAST, seed="year", months=12)


def _bytes(stage: Stage) -> bytes:
    return b"".join(encode_line(line) for line in lines_of(stage))


def _verdicts(history: History) -> list[Verdict]:
    return [one.verdict for one in history.done if one.verdict is not None]


def test_the_same_seed_leaves_the_same_journal_byte_for_byte() -> None:
    first, again = (simulate(CAST, seed="s", months=2) for _ in range(2))

    assert _bytes(first) == _bytes(again)


def test_another_seed_leaves_another_journal() -> None:
    assert _bytes(simulate(CAST, seed="a", months=1)) != _bytes(simulate(CAST, seed="b", months=1))


def test_a_years_journal_verifies_and_every_deed_is_judged_alike_on_replay(year: Stage) -> None:
    lines = lines_of(year)
    replayed = replay(lines)

    assert verify(map(encode_line, lines)).first_bad is None
    assert replayed.differences == ()
    assert replayed.history.state == year.history.state


def test_a_year_of_meetings_holds_every_kind_of_event_that_the_charters_allow(year: Stage) -> None:
    happened = {type(event).name() for one in year.history.done for event in one.events}
    kinds = {name for name, kind in EVENTS.items() if not issubclass(kind, RosterEvent)}

    assert kinds - happened >= CLOSED_BY_THE_CHARTERS
    assert kinds - happened <= CLOSED_BY_THE_CHARTERS | NOT_OF_MEETINGS


def test_some_acts_are_refused_and_each_refusal_names_its_clause(year: Stage) -> None:
    verdicts = _verdicts(year.history)
    refused = [v for v in verdicts if isinstance(v, Refused)]
    kinds = {ground.message.id for v in refused for ground in v.grounds}

    assert len(kinds) >= 12
    assert all(ground.citation.label for v in refused for ground in v.grounds)
    assert len(refused) < len(verdicts) / 20


def test_some_acts_depart_from_a_presumption_and_say_why(year: Stage) -> None:
    departures = [
        d for v in _verdicts(year.history) if isinstance(v, Accepted) for d in v.departures
    ]

    assert {d.message.id for d in departures} >= {"notice.late", "usual_day.weekday"}
    assert all(d.reason for d in departures)


def test_every_body_meets_in_its_own_rhythm_and_every_gap_is_explained(year: Stage) -> None:
    state = year.history.state
    at = state.latest
    assert at is not None
    settled = (year.history.done[0].at, at - timedelta(days=30))
    for body in (b for b in state.bodies if state.bodies[b].held):
        rows = compliance((), state, body, at, period=settled)
        cadence = {r.status for r in rows if r.message.id.startswith("cadence.")}
        assert cadence == {"kept", "departed"}, body


def test_no_sitting_is_left_open_and_all_but_the_latest_have_their_minutes(year: Stage) -> None:
    state = year.history.state
    held = sorted((s for s in state.sittings.values() if s.opened_at), key=lambda s: s.starts_at)

    assert all(s.status == "closed" for s in held[:-2])
    assert all(s.minutes and s.record.closed for s in held[:-4])


def test_heads_of_sections_are_replaced_and_hand_their_tasks_over(year: Stage) -> None:
    state = year.history.state
    confirmed = [p for p in state.postings.values() if p.status == "confirmed"]
    handed = [e for one in year.history.done for e in one.events if isinstance(e, TaskHandedOver)]

    assert {p.change for p in confirmed} == {"appoint", "remove"}
    assert all(p.settled_by not in (p.by, p.person) for p in confirmed)
    assert handed
    assert all(e.owner in state.roster.people for e in handed)
    assert any(s.substitute for s in state.sittings.values())


def test_what_happens_to_people_breaks_no_norm(year: Stage) -> None:
    assert complaints([loads(encode_line(line)) for line in lines_of(year)]) == []


def test_items_end_in_every_way_there_is(year: Stage) -> None:
    items = year.history.state.items.values()
    talks = [t for s in year.history.state.sittings.values() for t in s.deliberations.values()]

    assert {t.outcome for t in talks} >= {
        "adopt",
        "agree_in_principle",
        "reject",
        "postpone",
        "noted",
    }
    assert {i.origin for i in items} == {"submitted", "floor", "carried", "standing"}
    assert any(decision.changed_by for decision in year.history.state.decisions.values())


def test_minutes_are_published_by_another_than_who_proposed_it_and_some_are_taken_down(
    year: Stage,
) -> None:
    out = [s.minutes for s in year.history.state.sittings.values() if s.minutes]
    versions = [version for minutes in out for version in minutes.versions]
    answers = [e for one in year.history.done for e in one.events]

    assert len(versions) >= 8
    assert all(version.by != version.proposal.by for version in versions)
    assert any(isinstance(e, PublicationDeclined) for e in answers)
    assert any(version.withdrawn for version in versions)
    assert any(minutes.public for minutes in out)
    assert any(version.proposal.hidden.masked for version in versions)
    assert any(version.proposal.hidden.excerpts for version in versions)


def test_a_meeting_on_paper_is_entered_with_its_times_and_what_was_not_by_the_rules(
    year: Stage,
) -> None:
    held = [s for s in year.history.state.sittings.values() if s.paper is not None]
    stands = [one for one in year.history.done if isinstance(one.verdict, Accepted) and one.deed]
    entered = [one.deed for one in stands if one.held_at is not None]
    broken = [v for v in _verdicts(year.history) if isinstance(v, Accepted) and v.broken]
    back = [s for s in held if s.paper and s.paper.until]

    assert len(held) > len(back) > 0
    assert all(s.minutes and s.minutes.issued_at > s.closed_at for s in held)
    assert all(deed.behalf and deed.held_at <= deed.at for deed in entered)
    assert sum(s.paper.entries for s in held if s.paper) == len(entered) > 60
    assert broken


def test_a_meeting_rests_and_goes_on_and_a_wrong_entry_is_taken_back(year: Stage) -> None:
    sittings = year.history.state.sittings.values()
    rests = [rest for s in sittings for rest in s.recesses]
    righted = [
        e for one in year.history.done for e in one.events if isinstance(e, PresenceCorrected)
    ]

    assert len(rests) >= 3
    assert all(rest.ended_at and rest.ended_at > rest.began_at for rest in rests)
    assert {(e.was, e.status) for e in righted} == {("present", "unknown")}


def test_most_meetings_go_to_the_archive_once_all_is_complete(year: Stage) -> None:
    packed = [s for s in year.history.state.sittings.values() if s.archived]

    assert len(packed) > 20
    assert all(s.record.closed and s.minutes and s.archived[0][0] > s.closed_at for s in packed)


def test_nobody_archives_where_no_package_can_be_made() -> None:
    stage = set_up(CAST, {})
    start = stage.history.done[0].at + timedelta(hours=8)
    office = deeds(stage.history.state, seed="x", start=start, until=start + timedelta(days=120))
    names, deed = set(), next(office)
    with suppress(StopIteration):
        while True:
            names.add(deed.act.name())
            deed = office.send(stage.history.do(deed))

    assert "archive_sitting" not in names
    assert "issue_minutes" in names


def test_nobody_meets_on_a_public_holiday(year: Stage) -> None:
    calendar = year.history.state.calendar
    days = [s.opened_at.date() for s in year.history.state.sittings.values() if s.opened_at]

    assert all(calendar.is_workday(day) for day in days)


def test_a_year_whose_holiday_notice_is_not_out_is_played_and_said_so(year: Stage) -> None:
    noted = {
        note.id for v in _verdicts(year.history) if isinstance(v, Accepted) for note in v.notes
    }

    assert "calendar.unconfirmed" in noted


def test_every_word_said_is_filled_in(year: Stage) -> None:
    said = str(msgspec.to_builtins([one.events for one in year.history.done[6:]], str_keys=True))
    written = [text.words for line in lines_of(year) for text in line.texts.values()]

    assert len(said) > 1000
    assert [words for words in written if "{" in words or "}" in words] == []


def test_a_holiday_notice_that_comes_out_on_the_way_is_entered_by_an_act() -> None:
    start = datetime.fromisoformat("2025-10-20").date()
    stage = simulate(CAST, seed="notice", months=2, start=start)
    acts = {one.deed.act.name() for one in stage.history.done if one.deed}

    assert "confirm_calendar" in acts
    assert stage.history.state.calendar.is_confirmed(2025)


def test_any_clerk_can_do_the_deeds_in_order_and_none_is_rejected() -> None:
    stage = set_up(CAST, {})
    start = stage.history.done[0].at + timedelta(hours=8)
    until = start + timedelta(days=45)
    office = deeds(stage.history.state, seed="clerk", start=start, until=until)
    times: list[datetime] = []
    deed = next(office)
    while True:
        verdict = stage.history.do(deed)
        assert not isinstance(verdict, Rejected), (deed, verdict)
        times.append(deed.at)
        try:
            deed = office.send(verdict)
        except StopIteration as end:
            final: Any = end.value
            break

    assert times == sorted(times)
    assert times[0] >= start
    assert times[-1] <= until
    assert final == stage.history.state


def test_a_larger_office_of_another_name_is_made_up_from_a_seed_and_meets() -> None:
    text = invented("west-hall", ROOT, CHARTERS, seed="w", sections=9, counters=8, staff=4)
    stage = simulate_text(text, ROOT, seed="w", months=3)
    state = stage.history.state

    assert text == invented("west-hall", ROOT, CHARTERS, seed="w", sections=9, counters=8, staff=4)
    assert state.institution == "west-hall"
    assert len(state.roster.people) > 50
    assert {s.body for s in state.sittings.values() if s.minutes} == {
        "chuwuhui",
        "zhurenbangonghui",
    }


def test_an_office_whose_rules_say_almost_nothing_meets_too() -> None:
    cast = Path(ROOT) / "general" / "cases" / "cast.yaml"
    stage = simulate(cast, seed="library", months=6)
    sittings = stage.history.state.sittings.values()

    assert sum(s.minutes is not None for s in sittings) >= 3


def test_who_begins_before_there_are_rules_meets_once_they_are_in_force() -> None:
    stage = simulate(CAST, seed="early", months=6, start=date(2016, 12, 1))

    held = sorted(at for log in stage.history.state.bodies.values() for at in log.held)
    assert held[0].date() >= date(2017, 3, 21)
    assert {s.body for s in stage.history.state.sittings.values() if s.opened_at} == {
        "chuwuhui",
        "zhurenbangonghui",
    }
    assert not any(log.explained.get("2017-02") for log in stage.history.state.bodies.values())

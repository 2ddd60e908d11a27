"""An agenda that changes after the notice comes in editions, and each reader's own is known."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.procedure.acting import Company
from tests.procedure.invariants import complaints
from tests.procedure.stages import MONTH, after, entries, forked
from yishi.cases.keeping import lines_of
from yishi.chronicle.scribe import replay
from yishi.procedure.convening import ItemsCarriedOn
from yishi.procedure.decide import happen
from yishi.procedure.duties import duties_of
from yishi.procedure.editions import Changed, Editions
from yishi.procedure.kinds import ACTS, EVENTS
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Refused, Rejected, Verdict


@pytest.fixture
def office() -> Company:
    """The October meeting, its notice just given."""
    return Company(forked(after(MONTH, "notice_given")), None)  # type: ignore[arg-type]


def done(office: Company, actor: str, name: str, **fields: Any) -> Verdict:
    act = msgspec.convert({"sitting": "oct", **fields}, ACTS[name])
    return office.do(act, actor)


def oct_(office: Company) -> Sitting:
    return office.state.sittings["oct"]


def readers(office: Company) -> set[str]:
    """Whose the notice is to read just now."""
    assert office.state.latest is not None
    owed = duties_of(office.state, "sitting", "oct", office.state.latest)
    return {p for duty in owed if duty.act == "receive_notice" for p in duty.people}


def test_the_notice_tells_the_first_edition_and_each_change_makes_another(office: Company) -> None:
    assert oct_(office).editions.latest == 1
    first, *others = oct_(office).agenda

    done(office, "xiao", "set_agenda", items=[*others, first])
    done(office, "xiao", "set_agenda", items=[*others, first])
    done(office, "xiao", "set_agenda", items=others)

    assert oct_(office).editions.latest == 3


def test_what_is_carried_on_together_makes_one_edition(office: Company) -> None:
    state, two = office.state, oct_(office).agenda[:2]
    earlier = replace(oct_(office), id="earlier", agenda=(), editions=Editions(), notice=None)
    state = replace(state, sittings=state.sittings.set("earlier", earlier))
    assert state.latest is not None

    after_it = happen(state, ItemsCarriedOn(sitting="earlier", items=two), state.latest)

    assert after_it.sittings["earlier"].agenda == two
    assert {after_it.items[one].sitting for one in two} == {"earlier"}
    assert after_it.sittings["oct"].agenda == oct_(office).agenda[2:]
    assert after_it.sittings["oct"].editions.latest == 2


def test_before_the_notice_there_are_no_editions() -> None:
    office = Company(forked(after(MONTH, "agenda_set")), None)  # type: ignore[arg-type]
    done(office, "xiao", "set_agenda", items=["budget"])

    assert oct_(office).editions.latest == 0


def test_each_reader_is_told_what_changed_since_their_own_edition(office: Company) -> None:
    first, second, *others = oct_(office).agenda
    done(office, "liu", "receive_notice")
    done(office, "xiao", "set_agenda", items=[second, *others])
    done(office, "wang", "receive_notice")
    done(office, "xiao", "set_agenda", items=[*others, second, first])

    editions = oct_(office).editions
    assert editions.since("liu") == Changed(reordered=True)
    assert editions.since("wang") == Changed(added=(first,), reordered=True)
    assert editions.since("zeng") is None
    assert {"liu", "wang", "zeng"} <= readers(office)

    done(office, "liu", "receive_notice", edition=3)
    assert editions.latest == 3
    assert oct_(office).editions.since("liu") is None
    assert "liu" not in readers(office)


def test_whoever_looked_at_an_earlier_edition_has_read_that_one(office: Company) -> None:
    first, *others = oct_(office).agenda
    done(office, "xiao", "set_agenda", items=others)
    done(office, "liu", "receive_notice", edition=1)

    assert oct_(office).editions.since("liu") == Changed(dropped=(first,))
    assert "liu" in readers(office)


def test_an_agenda_that_is_again_as_it_was_read_need_not_be_read_again(office: Company) -> None:
    agenda = oct_(office).agenda
    done(office, "liu", "receive_notice")
    done(office, "xiao", "set_agenda", items=agenda[::-1])
    assert "liu" in readers(office)

    done(office, "xiao", "set_agenda", items=agenda)
    assert oct_(office).editions.latest == 3
    assert oct_(office).editions.since("liu") is None
    assert "liu" not in readers(office)


def test_nobody_has_read_what_there_is_not(office: Company) -> None:
    verdict = done(office, "liu", "receive_notice", edition=2)

    assert isinstance(verdict, Rejected)
    assert (verdict.field, verdict.message.id) == ("edition", "place.no_such_edition")


def test_minutes_are_planned_item_by_item_or_not_at_all(office: Company) -> None:
    items = list(oct_(office).agenda)
    verdict = done(office, "xiao", "set_agenda", items=items, durations=[10])
    assert isinstance(verdict, Rejected)
    assert verdict.message.id == "place.durations_amiss"

    done(office, "xiao", "set_agenda", items=items, durations=[10] + [0] * (len(items) - 1))
    assert dict(oct_(office).durations) == {items[0]: 10}
    assert oct_(office).editions.latest == 1

    done(office, "xiao", "set_agenda", items=items)
    assert not oct_(office).durations


def test_events_as_they_were_written_before_still_tell_the_same() -> None:
    agenda = EVENTS["agenda_set"]
    old = msgspec.convert({"sitting": "oct", "items": ["budget"]}, agenda)
    read = msgspec.convert({"sitting": "oct", "person": "liu"}, EVENTS["notice_received"])

    assert old == msgspec.convert({"sitting": "oct", "items": ["budget"], "durations": []}, agenda)
    assert read.edition is None


def test_a_journal_with_editions_is_judged_the_same_again(office: Company) -> None:
    first, *others = oct_(office).agenda
    assert isinstance(done(office, "xiao", "set_agenda", items=others), Accepted)
    done(office, "liu", "receive_notice", edition=2)

    replayed = replay(lines_of(office.stage))
    assert replayed.differences == ()
    assert replayed.history.state.sittings["oct"] == oct_(office)
    assert complaints(entries(office.stage)) == []
    assert first not in oct_(office).agenda


# ── reminding the rest ────────────────────────────────────────────────────────────────────────


def reminded(office: Company) -> set[str]:
    """Whom a reminder by the secretary goes to now."""
    verdict = done(office, "xiao", "remind_readers")
    assert isinstance(verdict, Accepted), verdict
    (event,) = verdict.events
    return set(event.people)  # type: ignore[attr-defined]


def test_a_reminder_goes_to_who_has_not_read_and_to_nobody_else(office: Company) -> None:
    everybody = set(oct_(office).people)
    assert reminded(office) == everybody - {"xiao"}

    done(office, "liu", "receive_notice")
    asked = msgspec.convert({"sitting": "oct", "person": "he"}, ACTS["request_leave"])
    assert isinstance(office.do(asked, "he", reason="培训。"), Accepted)
    assert reminded(office) == everybody - {"xiao", "liu", "he"}

    done(office, "xiao", "set_agenda", items=oct_(office).agenda[1:])
    assert "liu" in reminded(office)
    assert complaints(entries(office.stage)) == []


def test_once_all_have_read_there_is_nobody_to_remind(office: Company) -> None:
    for person in oct_(office).people:
        if person != "wang":
            done(office, person, "receive_notice")
    only_own = done(office, "wang", "remind_readers")
    done(office, "wang", "receive_notice")
    verdict = done(office, "wang", "remind_readers")

    assert isinstance(only_own, Rejected)
    assert only_own.message.id == "place.only_you_unread"
    assert isinstance(verdict, Rejected)
    assert verdict.message.id == "place.everybody_has_read"


def test_only_the_office_reminds(office: Company) -> None:
    for person in ("chen", "liu", "li"):
        assert isinstance(done(office, person, "remind_readers"), Refused)

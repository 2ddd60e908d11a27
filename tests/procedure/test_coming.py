"""Whoever reads the notice may answer that they come; asking for leave ends the answer."""

import msgspec
import pytest

from tests.procedure.acting import Company
from tests.procedure.invariants import complaints
from tests.procedure.stages import MONTH, after, entries, forked
from tests.procedure.test_editions import done, oct_
from yishi.cases.keeping import lines_of
from yishi.chronicle.scribe import replay
from yishi.procedure.attendance import RequestLeave
from yishi.procedure.kinds import EVENTS
from yishi.procedure.verdict import Accepted, Rejected
from yishi.values.wire import pack


@pytest.fixture
def office() -> Company:
    """The October meeting, its notice just given."""
    return Company(forked(after(MONTH, "notice_given")), None)  # type: ignore[arg-type]


def coming(office: Company) -> tuple[str, ...]:
    notice = oct_(office).notice
    assert notice is not None
    return notice.coming


def rejected(office: Company, person: str) -> str:
    """The message with which a further answer of theirs comes back."""
    verdict = done(office, person, "receive_notice", answer="comes")
    assert isinstance(verdict, Rejected), verdict
    assert verdict.field == "answer"
    return verdict.message.id


def asks_leave(office: Company, person: str) -> None:
    asked = RequestLeave(sitting="oct", person=person)
    assert isinstance(office.do(asked, person, reason="培训。"), Accepted)


def test_reading_answers_nothing_and_the_answer_may_follow_once(office: Company) -> None:
    done(office, "liu", "receive_notice")
    assert coming(office) == ()

    done(office, "liu", "receive_notice", answer="comes")
    done(office, "wang", "receive_notice", answer="comes")

    assert coming(office) == ("liu", "wang")
    assert oct_(office).has_read("wang")
    assert rejected(office, "liu") == "place.comes_already"


def test_asking_for_leave_ends_the_answer_and_leaves_no_room_for_another(office: Company) -> None:
    done(office, "he", "receive_notice", answer="comes")
    asks_leave(office, "he")

    assert coming(office) == ()
    assert rejected(office, "he") == "place.comes_though_away"


def test_whose_leave_is_refused_has_not_answered_and_may(office: Company) -> None:
    done(office, "he", "receive_notice", answer="comes")
    asks_leave(office, "he")
    refusal = msgspec.convert({"sitting": "oct", "person": "he", "by": "chen", "reason": "要紧。"},
                              EVENTS["leave_refused"])  # fmt: skip
    assert office.state.latest is not None
    after_it = refusal.apply(office.state, office.state.latest).sittings["oct"]
    assert after_it.notice is not None
    assert after_it.notice.coming == ()

    read = EVENTS["notice_received"](sitting="oct", person="he", answer="comes")
    refused = refusal.apply(office.state, office.state.latest)
    again = read.apply(refused, office.state.latest).sittings["oct"]
    assert again.notice is not None
    assert again.notice.coming == ("he",)


def test_another_edition_keeps_the_answer_and_another_notice_begins_anew(office: Company) -> None:
    done(office, "liu", "receive_notice", answer="comes")
    done(office, "xiao", "set_agenda", items=oct_(office).agenda[1:])
    done(office, "liu", "receive_notice", edition=2)
    assert coming(office) == ("liu",)

    done(office, "xiao", "give_notice")
    assert coming(office) == ()
    assert isinstance(done(office, "liu", "receive_notice", answer="comes"), Accepted)


def test_a_journal_with_answers_is_judged_the_same_again(office: Company) -> None:
    done(office, "liu", "receive_notice", answer="comes")
    asks_leave(office, "liu")

    replayed = replay(lines_of(office.stage))
    assert replayed.differences == ()
    assert replayed.history.state.sittings["oct"] == oct_(office)
    assert complaints(entries(office.stage)) == []


def test_what_was_read_without_an_answer_is_written_as_it_always_was() -> None:
    read = EVENTS["notice_received"](sitting="oct", person="liu", edition=1)

    assert pack(read).facts == {"sitting": "oct", "person": "liu", "edition": 1}

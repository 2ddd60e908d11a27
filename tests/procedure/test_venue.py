"""Where a meeting is held and what those who come are to bring: told, told again, kept."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.procedure.acting import Company
from tests.procedure.invariants import complaints
from tests.procedure.stages import MONTH, after, entries, forked
from yishi.cases.keeping import lines_of
from yishi.chronicle.scribe import replay
from yishi.procedure.convening import SittingMoved
from yishi.procedure.kinds import ACTS
from yishi.procedure.state import Sitting
from yishi.procedure.telling import NoticeGiven
from yishi.procedure.verdict import Accepted, Refused, Verdict
from yishi.values.wire import pack


@pytest.fixture
def office() -> Company:
    """The October meeting, its notice just given, without a word of the place."""
    return Company(forked(after(MONTH, "notice_given")), None)  # type: ignore[arg-type]


def done(office: Company, actor: str, name: str, reason: str | None = None, **said: Any) -> Verdict:
    act = msgspec.convert({"sitting": "oct", **said}, ACTS[name])
    return office.do(act, actor, reason or "事出有因。")


def oct_(office: Company) -> Sitting:
    return office.state.sittings["oct"]


def test_a_place_named_with_a_later_notice_is_news_and_then_stands(office: Company) -> None:
    assert oct_(office).venue is None
    assert isinstance(done(office, "xiao", "give_notice"), Refused)

    assert isinstance(done(office, "xiao", "give_notice", venue="三楼会议室"), Accepted)
    assert (oct_(office).venue, oct_(office).resited) == ("三楼会议室", 1)
    assert isinstance(done(office, "xiao", "give_notice", venue="三楼会议室"), Refused)
    assert isinstance(done(office, "xiao", "give_notice"), Refused)


def test_a_wish_added_or_dropped_is_news_and_empties_the_receipts(office: Company) -> None:
    done(office, "liu", "receive_notice")
    assert isinstance(done(office, "xiao", "give_notice", bring="请带报表。"), Accepted)

    assert oct_(office).bring == "请带报表。"
    assert not oct_(office).has_read("liu")
    assert oct_(office).resited == 0
    assert isinstance(done(office, "xiao", "give_notice", bring="请带报表。"), Refused)
    assert isinstance(done(office, "xiao", "give_notice"), Accepted)
    assert oct_(office).bring is None


def test_a_move_may_change_the_place_alone_and_one_without_a_place_keeps_it(
    office: Company,
) -> None:
    start = oct_(office).starts_at
    moved = done(office, "chen", "move_sitting", "会议室有变。", starts_at=start, venue="二楼")
    assert isinstance(moved, Accepted)
    assert (oct_(office).starts_at, oct_(office).venue) == (start, "二楼")
    assert oct_(office).notice is None, "a new notice is owed"

    later = start + timedelta(hours=1)
    done(office, "chen", "move_sitting", "再等一小时。", starts_at=later)
    assert (oct_(office).starts_at, oct_(office).venue) == (later, "二楼")


def test_only_those_whose_act_it_is_name_the_place(office: Company) -> None:
    start = oct_(office).starts_at
    assert isinstance(done(office, "li", "give_notice", venue="二楼"), Refused)
    moved = done(office, "xiao", "move_sitting", "换地方。", starts_at=start, venue="二楼")
    assert isinstance(moved, Refused)
    assert oct_(office).venue is None


def test_what_does_not_name_a_place_is_written_as_it_always_was(office: Company) -> None:
    start = oct_(office).starts_at
    notice = NoticeGiven(sitting="oct", starts_at=start)
    assert set(pack(notice).facts) == {"sitting", "starts_at"}
    moved = SittingMoved(sitting="oct", starts_at=start, reason="会场冲突。")
    assert set(pack(moved).facts) == {"sitting", "starts_at"}


def test_the_journal_replays_with_place_and_wishes(office: Company) -> None:
    done(office, "xiao", "give_notice", venue="三楼会议室", bring="请带报表。")
    lines = list(lines_of(office.stage))

    again = replay(lines)
    assert not again.differences
    assert again.history.state == office.state
    assert not complaints(entries(office.stage))
    sealed = [line for line in lines if line.entry.type == "notice_given"][-1]
    assert sealed.entry.payload["venue"] == "三楼会议室"
    assert "bring" not in sealed.entry.payload, "words of somebody's are sealed"

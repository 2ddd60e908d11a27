"""What is malformed, unknown, stale or impossible is rejected with its field, and does nothing."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from tests.procedure.acting import Company
from tests.procedure.stages import CHARTERS, MONTH, after, forked
from yishi.procedure.act import Act, Deed
from yishi.procedure.admission import inadmissible, read_act
from yishi.procedure.decide import decide
from yishi.procedure.kinds import ACTS
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Refused, Rejected, Verdict
from yishi.values.text import ERASED, LONGEST

SPOKEN = {"sitting": "oct", "item": "budget", "member": "liu", "stance": "for"}
ITEM = {
    "item": "new", "body": "chuwuhui", "lead_unit": "business", "title": "题", "matter": "other",
    "written": True, "content": "文",
}  # fmt: skip
DECIDED = {
    "sitting": "oct", "item": "budget", "decision": "d-new", "outcome": "adopt", "words": "同意。",
}  # fmt: skip
TASK = {"task": "t", "words": "办"}
PAPER = {"item": "budget", "title": "再一份"}
CONVENED = {"sitting": "s", "body": "chuwuhui", "starts_at": "2027-01-01T09:00:00+08:00"}
CHARTER = (CHARTERS / "chuwuhui/2017-03-21.md").read_text(encoding="utf-8")


@pytest.fixture
def state() -> State:
    """The October meeting, the budget just reported."""
    return after(MONTH, "item_presented", 2).history.state


def act(name: str, **fields: Any) -> Act:
    return msgspec.convert(fields, ACTS[name])


def judged(state: State, name: str, actor: str = "chen", **fields: Any) -> Verdict:
    reason = fields.pop("reason", "因故")
    assert state.latest is not None
    return decide(Deed(act=act(name, **fields), actor=actor, at=state.latest, reason=reason), state)


SAMPLES = {"starts_at": "2027-01-01T09:00:00+08:00", "stance": "for", "ref": "0" * 64}
"""Fields that are more than an id or words."""

UNKNOWN = [
    ("state_position", {**SPOKEN, "sitting": "x"}, "sitting"),
    ("state_position", {**SPOKEN, "item": "x"}, "item"),
    ("state_position", {**SPOKEN, "member": "x"}, "member"),
    ("present_item", {"sitting": "oct", "item": "budget", "rapporteur": "x"}, "rapporteur"),
    ("convene", {**CONVENED, "body": "x"}, "body"),
    ("convene", {**CONVENED, "body": "general"}, "body"),
    ("submit_item", {**ITEM, "lead_unit": "x"}, "lead_unit"),
    ("submit_item", {**ITEM, "co_units": ["office", "x"]}, "co_units"),
    ("submit_item", {**ITEM, "changes": "x"}, "changes"),
    ("submit_item", {**ITEM, "changes_task": "x"}, "changes_task"),
    ("set_agenda", {"sitting": "oct", "items": ["budget", "x"]}, "items"),
    ("invite_others", {"sitting": "oct", "item": "budget", "people": ["he", "x"]}, "people"),
    ("decide_item", {**DECIDED, "tasks": [{**TASK, "unit": "x"}]}, "unit"),
    ("decide_item", {**DECIDED, "tasks": [{**TASK, "owner": "x"}]}, "owner"),
    ("decide_item", {**DECIDED, "tasks": [{**TASK, "counter": "x"}]}, "counter"),
    ("close_task", {"task": "x"}, "task"),
    ("report_up", {"task": "x", "to": "liu", "words": "好"}, "task"),
    ("publish_decision", {"decision": "x"}, "decision"),
    ("refuse_adjustment", {"adjustment": "x"}, "adjustment"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fields", "field"), UNKNOWN)
def test_what_is_unknown_is_rejected_with_its_field(
    state: State, name: str, fields: dict[str, Any], field: str
) -> None:
    verdict = judged(state, name, **fields)

    assert isinstance(verdict, Rejected)
    assert (verdict.field, verdict.message.id) == (field, "place.unknown")


def test_an_unknown_actor_and_an_unknown_principal_are_rejected(state: State) -> None:
    assert state.latest is not None
    nobody = Deed(act=act("state_position", **SPOKEN), actor="nobody", at=state.latest)
    for_nobody = Deed(
        act=act("state_position", **SPOKEN), actor="liu", at=state.latest, behalf="nobody"
    )

    assert getattr(decide(nobody, state), "field", "") == "actor"
    assert getattr(decide(for_nobody, state), "field", "") == "behalf"


TWICE = [
    ("submit_item", {**ITEM, "item": "budget"}, "item", "place.taken"),
    ("convene", {**CONVENED, "sitting": "oct"}, "sitting", "place.taken"),
    ("decide_item", {**DECIDED, "decision": "d-circular"}, "decision", "place.taken"),
    ("decide_item", {**DECIDED, "tasks": [TASK] * 2}, "task", "place.taken"),
    ("set_agenda", {"sitting": "oct", "items": ["budget", "budget"]}, "items", "place.twice"),
    ("supply_paper", {**PAPER, "paper": "budget-1"}, "paper", "place.taken"),
    ("note_record", {"sitting": "oct", "note": "budget", "words": "记"}, "note", "place.taken"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fields", "field", "message"), TWICE)
def test_an_id_given_twice_is_rejected(
    state: State, name: str, fields: dict[str, Any], field: str, message: str
) -> None:
    verdict = judged(state, name, **fields)

    assert isinstance(verdict, Rejected)
    assert (verdict.field, verdict.message.id) == (field, message)


def test_a_note_has_an_id_of_its_own_also_among_corrections() -> None:
    company = Company(forked(after(MONTH, "record_noted")), None)  # type: ignore[arg-type]
    again = company.do(act("note_record", sitting="oct", note="n1", words="又记"), "xiao")
    corrected = {"sitting": "oct", "note": "n1", "corrects": "n1", "words": "改"}

    assert getattr(again, "field", "") == "note"
    assert getattr(company.do(act("correct_record", **corrected), "xiao"), "field", "") == "note"


def test_a_time_before_the_last_thing_is_stale(state: State) -> None:
    assert state.latest is not None
    stale = Deed(
        act=act("state_position", **SPOKEN), actor="liu", at=state.latest - timedelta(seconds=1)
    )
    verdict = decide(stale, state)

    assert isinstance(verdict, Rejected)
    assert (verdict.field, verdict.message.id) == ("at", "place.time_runs_back")


def test_the_same_moment_in_another_zone_is_not_stale(state: State) -> None:
    assert state.latest is not None
    there = state.latest.astimezone(timezone(timedelta(hours=-5)))
    verdict = decide(Deed(act=act("state_position", **SPOKEN), actor="liu", at=there), state)

    assert not isinstance(verdict, Rejected)


def test_a_time_without_an_offset_is_rejected(state: State) -> None:
    assert state.latest is not None
    naive = state.latest.replace(tzinfo=None)
    verdict = decide(Deed(act=act("state_position", **SPOKEN), actor="liu", at=naive), state)

    assert getattr(verdict, "message", None) is not None
    assert getattr(verdict, "field", "") == "at"


@pytest.mark.parametrize(
    "at",
    [datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=timezone(timedelta(hours=8)))],
)
def test_a_time_at_the_end_of_all_times_is_rejected(state: State, at: datetime) -> None:
    verdict = decide(Deed(act=act("state_position", **SPOKEN), actor="liu", at=at), state)

    assert getattr(verdict, "field", "") == "at"


@pytest.mark.parametrize(
    "start",
    [
        "2026-10-30T09:00:00+08:00",
        "2020-01-01T09:00:00+08:00",
        "2027-01-01T09:00:00",
        "9999-12-31T23:59:59Z",
    ],
)
def test_a_meeting_starts_neither_in_the_past_nor_without_zone_nor_never(
    state: State, start: str
) -> None:
    verdict = judged(state, "convene", sitting="s", body="chuwuhui", starts_at=start)

    assert getattr(verdict, "field", "") == "starts_at"


@pytest.mark.parametrize("name", sorted(n for n, kind in ACTS.items() if kind.reasoned))
def test_an_act_that_needs_a_reason_is_rejected_without_one(name: str) -> None:
    named = {f.name for f in msgspec.structs.fields(ACTS[name]) if f.required}
    made = act(name, **{field: SAMPLES.get(field, "x") for field in named})
    company = Company(forked(after(MONTH, "item_presented", 2)), None)  # type: ignore[arg-type]

    for reason in (None, ""):
        verdict = company.do(made, "chen", reason)
        assert isinstance(verdict, Rejected)
        assert verdict.field == "reason"


BAD_WORDS = ["", "   ", "\x00", "响\x07铃", "\x1b[31m", "\u2028", "字" * (LONGEST + 1), "\ud800"]


@pytest.mark.parametrize("words", BAD_WORDS, ids=range(len(BAD_WORDS)))
def test_blank_overlong_and_control_character_words_are_no_act(words: str) -> None:
    made = read_act("state_position", {**SPOKEN, "words": words})

    assert isinstance(made, Rejected)
    assert made.field == "words"


@pytest.mark.parametrize("reason", BAD_WORDS[1:], ids=range(1, len(BAD_WORDS)))
def test_a_blank_overlong_or_control_character_reason_is_rejected(
    state: State, reason: str
) -> None:
    verdict = judged(state, "call_off", sitting="oct", reason=reason)

    assert isinstance(verdict, Rejected)
    assert verdict.field == "reason"


@pytest.mark.parametrize("bad", ["", "has space", "a/b", "长", "x" * 65, ".x", "x\n", "x长"])
def test_what_is_no_id_is_no_act(bad: str) -> None:
    made = read_act("state_position", {**SPOKEN, "item": bad})

    assert isinstance(made, Rejected)
    assert made.field == "item"


@pytest.mark.parametrize(
    ("name", "fields", "field"),
    [
        ("explode", {}, "do"),
        ("state_position", {**SPOKEN, "stance": "maybe"}, "stance"),
        ("state_position", {**SPOKEN, "loud": True}, ""),
        ("state_position", {"sitting": "oct"}, ""),
        ("set_task", {"task": "t", "due_on": "2026-02-30"}, "due_on"),
        ("explain_gap", {"body": "chuwuhui", "period": "2026-13", "words": "无"}, "period"),
    ],
)
def test_what_does_not_fit_is_no_act(name: str, fields: dict[str, Any], field: str) -> None:
    made = read_act(name, fields)

    assert isinstance(made, Rejected)
    assert made.field == field


@pytest.mark.parametrize("words", [ERASED, f"同意{ERASED}"])
def test_a_new_deed_may_not_feign_an_erasure(state: State, words: str) -> None:
    assert state.latest is not None
    spoken = Deed(act=act("state_position", **SPOKEN, words=words), actor="liu", at=state.latest)
    reasoned = Deed(
        act=act("pass_turn", **_without_stance()), actor="liu", at=state.latest, reason=words
    )

    assert getattr(inadmissible(spoken), "field", "") == "words"
    assert getattr(inadmissible(reasoned), "field", "") == "reason"
    plain = Deed(act=act("state_position", **SPOKEN), actor="liu", at=state.latest)
    assert inadmissible(plain) is None


def _without_stance() -> dict[str, str]:
    return {name: value for name, value in SPOKEN.items() if name != "stance"}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("no charter at all", "text"),
        (CHARTER.replace("kind: majority", "kind: minority"), "text"),
        (CHARTER.replace("body: chuwuhui", "body: other", 1), "body"),
        (CHARTER, "text"),
    ],
)
def test_a_charter_that_cannot_be_enacted_is_rejected(state: State, text: str, field: str) -> None:
    verdict = judged(state, "enact_charter", actor="wang", body="chuwuhui", text=text)

    assert isinstance(verdict, Rejected)
    assert verdict.field == field


def test_what_is_rejected_does_nothing_and_is_not_kept() -> None:
    stage = forked(after(MONTH, "item_presented", 2))
    before, kept = stage.history.state, len(stage.history.done)
    for name, fields, _ in UNKNOWN:
        deed = Deed(act=act(name, **fields), actor="chen", at=before.latest, reason="因故")
        assert isinstance(stage.history.do(deed), Rejected)

    assert stage.history.state is before
    assert len(stage.history.done) == kept


def two_meetings() -> Company:
    """The October meeting over, its minutes owed; an extra one convened for the next day."""
    company = Company(forked(after(MONTH, "sitting_closed")), None)  # type: ignore[arg-type]
    fields = {"sitting": "x", "body": "chuwuhui", "kind": "extra", "need": "急。"}
    starts = {"starts_at": "2026-10-31T09:00:00+08:00"}
    assert isinstance(company.do(act("convene", **fields, **starts), "chen"), Accepted)
    assert isinstance(company.do(act("give_notice", sitting="x"), "xiao"), Accepted)
    came = company.do(act("mark_present", sitting="x", person="chen"), "xiao", "都到了。")
    assert isinstance(came, Accepted)
    return company


def test_a_meeting_opened_on_an_earlier_day_than_announced_departs_and_needs_a_reason() -> None:
    company = two_meetings()

    refused = company.do(act("open_sitting", sitting="x"), "chen", None)
    departed = company.do(act("open_sitting", sitting="x"), "chen", "都到了。")

    assert isinstance(refused, Refused)
    assert [g.message.id for g in refused.grounds] == ["notice.too_early"]
    assert isinstance(departed, Accepted)
    assert [d.message.id for d in departed.departures] == ["notice.too_early"]


def test_notes_and_tasks_belong_to_items_of_their_own_meeting() -> None:
    company = two_meetings()
    company.do(act("open_sitting", sitting="x"), "chen")
    noted = company.do(act("note_record", sitting="x", note="n", words="记", item="posts"), "xiao")
    company.do(act("close_sitting", sitting="x"), "chen")
    fields = {"sitting": "x", "decision": "d-posts", "task": "t", "words": "办"}
    drafted = company.do(act("draft_task", **fields), "xiao")

    for verdict in (noted, drafted):
        assert isinstance(verdict, Refused)
        assert [g.message.id for g in verdict.grounds] == ["on_this_agenda.not"]


def test_what_was_put_off_is_still_noted_in_the_record_of_its_meeting() -> None:
    company = Company(forked(after(MONTH, "sitting_closed")), None)  # type: ignore[arg-type]
    fields = {"sitting": "oct", "note": "n9", "words": "意见不一", "item": "platform"}

    assert isinstance(company.do(act("note_record", **fields), "xiao"), Accepted)


@pytest.mark.parametrize(
    ("name", "fields", "field"),
    [
        ("call_recess", {"sitting": "oct"}, "resumes_at"),
        ("convene", {"sitting": "s", "body": "chuwuhui"}, "starts_at"),
    ],
)
def test_a_moment_without_offset_or_beyond_the_calendar_is_told_at_its_field(
    state: State, name: str, fields: dict[str, Any], field: str
) -> None:
    bare = judged(state, name, **fields, **{field: "2026-10-30T10:00:00"})
    assert isinstance(bare, Rejected)
    assert (bare.field, bare.message.id) == (field, "place.time_without_offset")
    far = judged(state, name, **fields, **{field: "9999-12-31T23:59:00+08:00"})
    assert isinstance(far, Rejected)
    assert (far.field, far.message.id) == (field, "place.time_out_of_range")


@pytest.mark.parametrize("name", ["enter_from_paper", "leave_room", "call_recess"])
def test_a_real_time_without_offset_is_told_too(state: State, name: str) -> None:
    assert state.latest is not None
    said = {"sitting": "oct", **({"person": "wu"} if name == "leave_room" else {})}
    deed = Deed(
        act=act(name, **said),
        actor="xiao",
        at=state.latest,
        reason="因故",
        behalf="wu",
        held_at=state.latest.replace(tzinfo=None),
    )
    verdict = decide(deed, state)
    assert isinstance(verdict, Rejected)
    assert (verdict.field, verdict.message.id) == ("held_at", "place.time_without_offset")

"""The norms hold of every shipped case, and every one of them can fail: on forged journals."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.procedure.forging import Forgery
from tests.procedure.invariants import AUDIT, EVERY, NORMS, complaints
from tests.procedure.norms import anywhen
from tests.procedure.stages import CHARTERS, MONTH, WEEK, entries, played
from yishi.cases.runner import case_files

POSTS = CHARTERS / "general/cases/20-posts.yaml"
BEFORE = CHARTERS / "general/cases/24-from-before.yaml"
ENACTING = CHARTERS / "general/cases/18-once.yaml"

Forge = Callable[[Forgery], object]


@pytest.mark.parametrize("case", case_files(CHARTERS), ids=lambda f: f"{f.parts[-3]}/{f.stem}")
def test_no_shipped_case_breaks_a_norm(case: Path) -> None:
    assert complaints(entries(played(case))) == []


def opened_before(j: Forgery) -> None:
    j.find("sitting_opened")["at"] = "2026-10-01T00:00:00+08:00"


def raised_where_nothing_is_raised(j: Forgery) -> None:
    raised = {**j.said("item_submitted", item="plan"), "item": "sudden", "origin": "floor"}
    begun = j.find("item_begun", item="circular")
    j.add(begun, "item_submitted", "li", **{**raised, "sitting": "oct", "status": "raised"})


def begun_after_its_decision(j: Forgery) -> None:
    put_off = j.find("item_postponed")
    j.add(put_off, "item_begun", "chen", sitting="oct", item="budget")


def made_a_member(j: Forgery) -> None:
    convened = j.said("sitting_convened")
    convened["members"].append(convened["in_attendance"].pop())


def spoken_for_by_the_secretary_otherwise(j: Forgery) -> None:
    said = j.find("position_stated", item="budget", member="liu")
    other = {**said["payload"], "stance": "against", "source": "secretary"}
    j.add(said, "position_stated", "xiao", **other)


def settled_by_the_secretary(j: Forgery) -> None:
    said = j.find("position_stated", item="budget", member="liu")
    named = {"sitting": "oct", "item": "budget", "member": "liu"}
    j.add(said, "position_settled", "xiao", **named, stance="for", sealed={"reason": ""})


def the_chair_in_the_middle(j: Forgery) -> None:
    last = j.said("position_stated", item="budget", member="chen")
    early = j.find("position_stated", item="budget", member="zhou")
    j.add(early, "position_stated", "chen", **last)


def somebody_after_the_chair(j: Forgery) -> None:
    j.drop("position_stated", item="budget", member="wu")
    chair = j.find("position_stated", item="budget", member="chen")
    said = {"sitting": "oct", "item": "budget", "member": "wu", "stance": "for"}
    j.add(chair, "position_stated", "wu", **said, source="member")


def ended_with_none_in_place(j: Forgery) -> None:
    said = {"body": "chuwuhui", "decision": "d-budget", "ends_on": "2027-01-01"}
    j.add(j.lines[-1]["entry"], "charter_repealed", "wang", **said, digest="0" * 64)


def erased_but_kept(j: Forgery) -> None:
    [ref] = j.said("item_returned")["sealed"].values()
    j.add(j.lines[-1]["entry"], "text_erased", "chen", ref=ref)


FORGED: dict[str, tuple[Path, Forge]] = {
    "time_never_runs_back": (MONTH, opened_before),
    "actor_is_known": (MONTH, lambda j: j.find("item_collated").update(actor="nobody")),
    "subjects_exist": (MONTH, lambda j: j.said("item_collated").update(item="ghost")),
    "ids_are_new": (MONTH, lambda j: j.again("item_submitted", item="budget")),
    "done_by_whom_the_charter_names": (MONTH, lambda j: j.find("convene").update(actor="li")),
    "refusals_name_their_clause": (
        MONTH,
        lambda j: j.said("state_position", verdict="refused").update(grounds=[]),
    ),
    "departures_have_their_reason": (
        MONTH,
        lambda j: j.said("collate_item").update(verdict="departed"),
    ),
    "refusals_change_nothing": (
        MONTH,
        lambda j: j.said("state_position", verdict="refused").update(verdict="accepted"),
    ),
    "opened_when_its_notice_says": (MONTH, lambda j: j.drop("notice_given")),
    "rules_are_changed_by_decision": (MONTH, lambda j: j.again("charter_enacted", body="chuwuhui")),
    "a_decision_enacts_once": (
        ENACTING,
        lambda j: j.again("charter_enacted", decision="d-rules"),
    ),
    "rules_reach_back_to_no_day_before_their_decision": (
        ENACTING,
        lambda j: j.said("charter_enacted", decision="d-rules").update(in_force="2026-11-05"),
    ),
    "rules_end_while_others_decide": (MONTH, ended_with_none_in_place),
    "matter_is_in_scope": (
        WEEK,
        lambda j: j.said("item_submitted", item="queue").update(matter="personnel"),
    ),
    "written_where_asked": (
        MONTH,
        lambda j: j.said("item_submitted", item="budget").update(written=False),
    ),
    "floor_items_only_where_foreseen": (MONTH, raised_where_nothing_is_raised),
    "judged_items_stay_reserved": (
        WEEK,
        lambda j: j.said("item_approved", item="queue").update(weighty=True),
    ),
    "decisions_stay": (MONTH, begun_after_its_decision),
    "next_sitting_takes_the_carried": (
        MONTH,
        lambda j: j.said("item_carried").update(sitting="oct"),
    ),
    "seats_are_those_of_the_charter": (WEEK, made_a_member),
    "agenda_was_let_through": (MONTH, lambda j: j.drop("item_approved", item="budget")),
    "agenda_keeps_what_must_stay": (
        MONTH,
        lambda j: j.said("agenda_set", sitting="nov")["items"].remove("budget-again"),
    ),
    "late_items_wait": (
        MONTH,
        lambda j: j.said("agenda_set", sitting="oct")["items"].append("plan"),
    ),
    "posts_change_by_a_second_person": (
        POSTS,
        lambda j: j.said("posting_confirmed").update(by=j.said("posting_proposed")["by"]),
    ),
    "brought_in_is_from_before": (
        BEFORE,
        lambda j: j.said("sitting_brought_in").update(on="2026-10-02"),
    ),
    "leave_is_granted_by_another": (MONTH, lambda j: j.said("leave_granted").update(by="he")),
    "on_leave_means_granted_and_told": (MONTH, lambda j: j.drop("office_told")),
    "only_those_of_the_sitting_attend": (MONTH, lambda j: j.drop("others_invited")),
    "opened_by_the_chair_after_notice": (
        MONTH,
        lambda j: j.said("sitting_opened").update(by="liu"),
    ),
    "meeting_is_open": (MONTH, lambda j: j.drop("sitting_opened")),
    "one_item_at_a_time": (MONTH, lambda j: j.drop("item_decided", item="circular")),
    "planned_before_floor": (
        WEEK,
        lambda j: j.said("item_begun", item="w45.section_reports").update(item="heating"),
    ),
    "only_the_item_before_the_meeting": (
        MONTH,
        lambda j: j.said("position_stated", item="budget", member="liu").update(item="posts"),
    ),
    "only_the_present_act": (MONTH, lambda j: j.drop("presence_noted", person="liu")),
    "entered_by_self_or_secretary": (
        MONTH,
        lambda j: j.find("position_stated", member="liu").update(actor="he"),
    ),
    "report_is_by_the_charter": (
        WEEK,
        lambda j: j.said("item_presented", item="queue").update(parts=["content"]),
    ),
    "report_comes_first": (MONTH, lambda j: j.drop("item_presented", item="budget")),
    "turns_are_kept": (
        MONTH,
        lambda j: j.said("position_stated", item="budget", member="liu").update(member="zeng"),
    ),
    "chair_speaks_last": (MONTH, the_chair_in_the_middle),
    "only_who_takes_part_speaks": (
        MONTH,
        lambda j: j.again("position_stated", item="budget", member="liu"),
    ),
    "stance_is_clear": (
        MONTH,
        lambda j: j.said("position_stated", item="budget", member="wu").update(stance="none"),
    ),
    "settled_by_the_member": (MONTH, settled_by_the_secretary),
    "decided_by_the_chair": (
        MONTH,
        lambda j: j.find("item_decided", item="budget").update(actor="liu"),
    ),
    "decided_by_the_majority": (
        MONTH,
        lambda j: j.said("position_stated", item="budget", member="wang").update(stance="against"),
    ),
    "chair_has_the_last_word": (MONTH, somebody_after_the_chair),
    "decided_once_all_are_heard": (
        MONTH,
        lambda j: j.drop("position_stated", item="budget", member="wu"),
    ),
    "decided_without_contradiction": (MONTH, spoken_for_by_the_secretary_otherwise),
    "decided_with_its_parts": (
        MONTH,
        lambda j: j.said("item_decided", item="budget").update(outcome="noted"),
    ),
    "closed_when_all_is_done": (MONTH, lambda j: j.drop("item_postponed")),
    "spot_tasks_only_where_foreseen": (
        MONTH,
        lambda j: j.said("task_assigned", task="t-budget").pop("decision"),
    ),
    "record_is_the_secretarys": (MONTH, lambda j: j.find("record_closed").update(actor="wang")),
    "notes_are_told_apart": (MONTH, lambda j: j.again("record_noted")),
    "record_is_complete": (MONTH, lambda j: j.drop("presence_noted", person="he")),
    "minutes_say_who_until_when": (MONTH, lambda j: j.drop("task_set")),
    "minutes_say_what_is_to_be_done": (MONTH, lambda j: j.drop("task_assigned", task="t-posts")),
    "numbers_run_without_gap": (
        MONTH,
        lambda j: j.said("sitting_opened", sitting="nov").update(number=3),
    ),
    "tasks_run_from_the_minutes": (MONTH, lambda j: j.drop("minutes_issued")),
    "tasks_are_theirs": (MONTH, lambda j: j.find("task_completed").update(actor="li")),
    "reported_up_to_a_leader": (MONTH, lambda j: j.said("progress_reported_up").update(to="li")),
    "changed_by_the_charters_way": (
        MONTH,
        lambda j: j.said("adjustment_requested")["sealed"].pop("opinion"),
    ),
    "erased_stays_erased": (MONTH, erased_but_kept),
}
"""For each norm, how a journal that holds is made to break it."""


@pytest.mark.parametrize("norm", FORGED)
def test_a_forged_journal_breaks_the_norm(norm: str) -> None:
    case, forge = FORGED[norm]
    journal = Forgery(case)
    forge(journal)

    assert norm in {complaint.norm for complaint in complaints(journal.lines)}


def test_every_norm_has_its_forgery() -> None:
    norms = {norm for listed in NORMS.values() for norm in listed}
    every = {*norms, *EVERY, *AUDIT, anywhen.ids_are_new, anywhen.subjects_exist}

    assert {norm.__name__ for norm in every} | {"erased_stays_erased"} == set(FORGED)

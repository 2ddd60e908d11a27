"""Journals that hold, and how each is made to break a norm."""

from collections.abc import Callable
from pathlib import Path

from tests.procedure.forging import Forgery
from tests.procedure.stages import CHARTERS, MONTH, WEEK

POSTS = CHARTERS / "general/cases/20-posts.yaml"
CALLED = CHARTERS / "chuwuhui/cases/07-called.yaml"
ASKED = CHARTERS / "chuwuhui/cases/07-asked.yaml"
RECESS = CHARTERS / "general/cases/08-recess.yaml"
BEFORE = CHARTERS / "general/cases/24-from-before.yaml"
ENACTING = CHARTERS / "general/cases/18-once.yaml"
NEW_BODY = CHARTERS / "chuwuhui/cases/14-new-body.yaml"
RECEIPTS = CHARTERS / "general/cases/23-receipts.yaml"
PRACTICE = CHARTERS / "general/cases/23-practice.yaml"
RULED = CHARTERS / "general/cases/23-not-silent.yaml"
PAPERS = CHARTERS / "general/cases/03-papers.yaml"
DRAFTING = CHARTERS / "general/cases/13-drafting.yaml"
CORRIGENDUM = CHARTERS / "general/cases/13-corrigendum.yaml"
STRICT = CHARTERS / "general/cases/30-strict.yaml"
PUBLISHING = CHARTERS / "general/cases/17-minutes.yaml"
DEPUTED = CHARTERS / "general/cases/05-correcting-deputed.yaml"
CORRECTING = CHARTERS / "general/cases/05-correcting.yaml"
ENTERED = CHARTERS / "general/cases/09-entered.yaml"
ON_PAPER = CHARTERS / "chuwuhui/cases/24-on-paper.yaml"

Forge = Callable[[Forgery], object]


def opened_before(j: Forgery) -> None:
    j.find("sitting_opened")["at"] = "2026-10-01T00:00:00+08:00"


def raised_where_nothing_is_raised(j: Forgery) -> None:
    raised = {**j.said("item_submitted", item="plan"), "item": "sudden", "origin": "floor"}
    begun = j.find("item_begun", item="circular")
    j.add(begun, "item_submitted", "li", **{**raised, "sitting": "oct", "status": "raised"})


def begun_after_its_decision(j: Forgery) -> None:
    put_off = j.find("item_postponed")
    j.add(put_off, "item_begun", "chen", sitting="oct", item="budget")


def righted_after_reporting(j: Forgery) -> None:
    come = {"sitting": "s1", "person": "xu", "was": "present", "status": "unknown"}
    j.add(j.find("item_presented"), "presence_corrected", "qian", **come, source="secretary")


def righted_after_the_decision(j: Forgery) -> None:
    right = j.said("presence_corrected", person="zheng")
    j.add(j.find("item_postponed"), "presence_corrected", "qian", **right)


def righted_after_somebody_else_took_the_chair(j: Forgery) -> None:
    back = {"sitting": "s3", "person": "lin", "was": "left", "status": "present"}
    j.add(j.find("chair_taken"), "presence_corrected", "qian", **back, source="secretary")


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


def of_another_body(j: Forgery) -> None:
    item = {**j.said("item_submitted", item="plan"), "item": "x", "body": "zhurenbangonghui"}
    decided = j.find("item_decided", decision="d-circular")
    j.add(decided, "item_submitted", "li", **{**item, "matter": "daily", "changes": "d-circular"})


def of_one_that_was_only_noted(j: Forgery) -> None:
    item = {**j.said("item_submitted", item="plan"), "item": "x", "changes": "d-circular"}
    j.add(j.find("item_decided", decision="d-circular"), "item_submitted", "li", **item)


def of_one_changed_already(j: Forgery) -> None:
    item = {**j.said("item_submitted", item="queue-change"), "item": "x"}
    j.add(j.find("item_decided", decision="d-queue-2"), "item_submitted", "li", **item)


def a_task_that_a_decision_stands_for(j: Forgery) -> None:
    item = {**j.said("item_submitted", item="queue-change"), "item": "x"}
    task = {**{k: v for k, v in item.items() if k != "changes"}, "changes_task": "t-queue"}
    j.add(j.find("item_decided", decision="d-heating"), "item_submitted", "li", **task)


def a_task_that_is_struck_off(j: Forgery) -> None:
    item = {**j.said("item_submitted", item="queue-change"), "item": "x"}
    task = {**{k: v for k, v in item.items() if k != "changes"}, "changes_task": "t-patrol"}
    j.add(j.find("task_closed", task="t-patrol"), "item_submitted", "li", **task)


def a_carried_item_taken_back(j: Forgery) -> None:
    j.add(j.find("item_carried"), "item_withdrawn", "li", item="budget-again", by="li")


def a_new_body_without_decision(j: Forgery) -> None:
    said = j.said("charter_enacted", body="yewuhui")
    said["text"] = said["text"].replace(", before_journal: true", "")


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
    "practice_is_no_ground": (
        MONTH,
        lambda j: j.said("state_position", verdict="refused")["grounds"][0].update(
            message="practice.speech_over"
        ),
    ),
    "practice_fills_silence": (
        RULED,
        lambda j: j.said("practice_started", practice="quorum").update(since="2027-02-01"),
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
    "raised_together_by_sections": (
        MONTH,
        lambda j: j.said("item_submitted", item="budget").update(co_units=["tax-counter"]),
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
    "carried_changes_what_the_task_rests_on": (
        CHARTERS / "chuwuhui/cases/13-goes-on.yaml",
        lambda j: j.said("item_carried", item="again").update(changes="d-budget"),
    ),
    "seats_are_those_of_the_charter": (WEEK, made_a_member),
    "agenda_was_let_through": (MONTH, lambda j: j.drop("item_approved", item="budget")),
    "agenda_keeps_what_must_stay": (
        MONTH,
        lambda j: j.said("agenda_set", sitting="nov")["items"].remove("budget-again"),
    ),
    "admitted_is_what_came_late": (
        CHARTERS / "chuwuhui/cases/04-admitted-later.yaml",
        lambda j: j.find("item_submitted", item="b").update(at="2026-10-24T08:00:00+08:00"),
    ),
    "decided_by_no_recused_chair": (
        CHARTERS / "general/cases/06-chair-recused.yaml",
        lambda j: j.drop("chair_taken"),
    ),
    "convened_go_with_the_post": (
        CHARTERS / "chuwuhui/cases/05-director-replaced.yaml",
        lambda j: j.said("sitting_passed_on", chair="qin").update(chair="chen"),
    ),
    "opened_by_who_holds_the_post": (
        CHARTERS / "zhurenbangonghui/cases/full-week.yaml",
        lambda j: j.said("sitting_convened").update(chair="liu"),
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
    "called_in_turn": (
        CALLED,
        lambda j: j.said("speaker_called", item="budget", member="liu").update(member="wang"),
    ),
    "asked_by_the_chair": (
        ASKED,
        lambda j: j.said("speaker_asked", item="budget", person="zhou").update(by="liu"),
    ),
    "added_when_asked": (
        ASKED,
        lambda j: j.said("chair_answered", item="budget", person="zhou").update(person="wu"),
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
    "set_right_by_the_chair": (
        ENTERED,
        lambda j: j.said("decision_restated", outcome="agree_in_principle").update(
            outcome="reject"
        ),
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
    "old_tasks_are_said": (
        MONTH,
        lambda j: j.said("item_decided", item="budget-again").pop("continues"),
    ),
    "tasks_end_as_decided": (WEEK, lambda j: j.said("task_ended").update(task="t-heating")),
    "done_about_others": (MONTH, lambda j: j.find("grant_leave").update(actor="he")),
    "done_in_its_time": (MONTH, lambda j: j.drop("item_collated", item="budget")),
    "done_with_what_it_needs": (
        MONTH,
        lambda j: j.said("request_adjustment")["sealed"].pop("act.opinion"),
    ),
    "done_by_people_in_the_room": (MONTH, lambda j: j.drop("presence_noted", person="chen")),
    "done_about_those_concerned": (
        MONTH,
        lambda j: j.said("mark_present", person="liu")["act"].update(person="deng"),
    ),
    "plans_have_steps_with_their_days": (
        MONTH,
        lambda j: j.said("task_planned")["steps"][1].pop("by"),
    ),
    "called_on_the_usual_day": (
        WEEK,
        lambda j: j.said("convene", sitting="w45")["act"].update(
            starts_at="2026-11-06T09:00:00+08:00"
        ),
    ),
    "called_in_between_where_foreseen": (
        MONTH,
        lambda j: j.said("sitting_convened").update(kind="extra"),
    ),
    "somebody_makes_up_the_body": (
        MONTH,
        lambda j: j.said("sitting_convened").update(members=[]),
    ),
    "notice_in_time": (
        MONTH,
        lambda j: j.find("give_notice").update(at="2026-10-30T00:00:00+08:00"),
    ),
    "notice_tells_something_new": (MONTH, lambda j: j.again("notice_given")),
    "signed_in_on_the_day": (
        MONTH,
        lambda j: j.find("mark_present").update(at="2026-10-29T23:59:00+08:00"),
    ),
    "papers_stay_as_told": (
        PAPERS,
        lambda j: j.said("supply_paper", verdict="departed").update(departures=[]),
    ),
    "gaps_are_gaps": (WEEK, lambda j: j.said("gap_explained").update(period="2026-W45")),
    "carried_is_not_withdrawn": (MONTH, a_carried_item_taken_back),
    "changes_a_decision_of_its_own_body": (MONTH, of_another_body),
    "changes_a_task_of_its_own_body": (WEEK, a_task_that_a_decision_stands_for),
    "posts_change_as_confirmed": (POSTS, lambda j: j.drop("posting_confirmed")),
    "offices_are_kept_apart": (
        POSTS,
        lambda j: j.said("posting_proposed").update(person="yan", post="副馆长"),
    ),
    "posts_are_held_before_they_end": (
        POSTS,
        lambda j: j.said("posting_proposed").update(change="remove", until="2026-11-30"),
    ),
    "closed_units_are_empty": (POSTS, lambda j: j.drop("post_vacated")),
    "handed_over_to_another_in_office": (
        CHARTERS / "general/cases/21-handing-over.yaml",
        lambda j: j.said("task_handed_over").update(owner="bai"),
    ),
    "tasks_go_to_those_there": (
        CHARTERS / "general/cases/14-who-can-carry.yaml",
        lambda j: j.said("task_assigned", task="t1").update(owner="gao"),
    ),
    "minutes_name_those_there": (
        CHARTERS / "general/cases/14-who-can-carry.yaml",
        lambda j: j.drop("task_set", task="t1"),
    ),
    "substitutes_stand_in": (
        CHARTERS / "general/cases/22-standing-in.yaml",
        lambda j: j.drop("leave_granted"),
    ),
    "the_chair_passes_as_the_charter_says": (
        STRICT,
        lambda j: j.said("chair_taken").update(person="gao"),
    ),
    "recused_stay_out": (
        CHARTERS / "chuwuhui/cases/08-recused.yaml",
        lambda j: j.again("member_recused"),
    ),
    "enough_are_present": (STRICT, lambda j: j.drop("presence_noted", person="gao")),
    "only_what_is_on_this_agenda": (MONTH, lambda j: j.said("others_invited").update(item="plan")),
    "work_is_reported_where_foreseen": (WEEK, lambda j: j.said("work_reported").update(by="li")),
    "tasks_go_to_units_that_fit": (
        MONTH,
        lambda j: j.said("task_assigned", task="t-budget").update(counter="tax-counter"),
    ),
    # Signed once before the draft was changed, and once after.
    "minutes_are_signed": (STRICT, lambda j: [j.drop("minutes_signed") for _ in range(2)]),
    "minutes_are_prepared": (STRICT, lambda j: j.drop("minutes_passed", step="sign_off")),
    "only_what_is_public_is_published": (
        PUBLISHING,
        lambda j: j.said("publication_proposed").update(left_out=["hours"]),
    ),
    "published_by_another": (PUBLISHING, lambda j: j.said("minutes_published").update(by="qian")),
    "corrections_are_answered_once": (
        DRAFTING,
        lambda j: j.said("correction_answered").update(request="c9"),
    ),
    "signed_by_whom_the_charter_names": (
        STRICT,
        lambda j: j.said("minutes_signed").update(by="zheng"),
    ),
    "versions_say_what_adopted_them": (
        ENACTING,
        lambda j: j.said("charter_enacted", body="guanwuhui", decision="d-rules").pop("decision"),
    ),
    "absence_is_entered_by_the_secretary": (
        MONTH,
        lambda j: j.find("presence_noted", status="leave").update(actor="he"),
    ),
    "entered_wrongly_by_whom": (
        CORRECTING,
        lambda j: j.find("presence_corrected", person="xu").update(actor="sun"),
    ),
    "put_right_as_it_can_have_been": (
        CORRECTING,
        lambda j: j.said("presence_corrected", person="xu").update(status="absent"),
    ),
    "nothing_rests_on_what_was_wrong": (CORRECTING, righted_after_the_decision),
    "presence_says_by_whose_hand": (
        MONTH,
        lambda j: j.said("presence_noted", source="secretary").update(source="code"),
    ),
    "entered_from_paper_by_the_right_hand": (
        ON_PAPER,
        lambda j: j.said("state_position", member="liu").update(
            held_at="2026-10-30T08:00:00+08:00"
        ),
    ),
    "broken_only_on_paper": (
        ON_PAPER,
        lambda j: j.said("state_position", verdict="broken").pop("sealed"),
    ),
    "erased_stays_erased": (MONTH, erased_but_kept),
}
"""For each norm, how a journal that holds is made to break it."""


ALSO: tuple[tuple[str, Path, Forge], ...] = (
    (
        "entered_from_paper_by_the_right_hand",
        ON_PAPER,
        lambda j: j.find("state_position", member="liu").update(actor="li"),
    ),
    (
        "entered_from_paper_by_the_right_hand",
        ON_PAPER,
        lambda j: j.said("state_position", member="liu").pop("held_at"),
    ),
    (
        "entered_from_paper_by_the_right_hand",
        ON_PAPER,
        lambda j: j.said("state_position", member="liu").update(
            held_at="2027-10-30T09:22:00+08:00"
        ),
    ),
    (
        "entered_from_paper_by_the_right_hand",
        ON_PAPER,
        lambda j: j.drop("paper_entry_begun"),
    ),
    ("changes_a_decision_of_its_own_body", MONTH, of_one_that_was_only_noted),
    ("changes_a_decision_of_its_own_body", WEEK, of_one_changed_already),
    ("changes_a_task_of_its_own_body", WEEK, a_task_that_is_struck_off),
    (
        "spot_tasks_only_where_foreseen",
        MONTH,
        lambda j: j.said("task_assigned", task="t-budget").update(decision="d-circular"),
    ),
    ("old_tasks_are_said", WEEK, lambda j: j.said("item_decided", item="queue-change").pop("ends")),
    (
        "matter_is_in_scope",
        MONTH,
        lambda j: j.said("item_submitted", item="budget").update(weighty=False),
    ),
    ("rules_are_changed_by_decision", NEW_BODY, a_new_body_without_decision),
    ("plans_have_steps_with_their_days", MONTH, lambda j: j.said("task_planned").update(steps=[])),
    (
        "done_with_what_it_needs",
        MONTH,
        lambda j: j.said("plan_task")["act"].update(steps=[]),
    ),
    (
        "gaps_are_gaps",
        WEEK,
        lambda j: j.said("gap_explained").update(period="2027-W01"),
    ),
    ("gaps_are_gaps", WEEK, lambda j: j.said("gap_explained").update(period="2026-11")),
    ("gaps_are_gaps", WEEK, lambda j: j.said("gap_explained").update(by="li")),
    ("done_by_whom_the_charter_names", WEEK, lambda j: j.find("explain_gap").update(actor="li")),
    ("done_by_whom_the_charter_names", MONTH, lambda j: j.find("plan_task").update(actor="xiao")),
    ("done_by_whom_the_charter_names", WEEK, lambda j: j.find("report_work").update(actor="li")),
    (
        "entered_wrongly_by_whom",
        CORRECTING,
        lambda j: j.find("presence_corrected", person="gao").update(actor="gao"),
    ),
    (
        "nothing_rests_on_what_was_wrong",
        CORRECTING,
        righted_after_reporting,
    ),
    (
        "nothing_rests_on_what_was_wrong",
        DEPUTED,
        righted_after_somebody_else_took_the_chair,
    ),
    (
        "presence_says_by_whose_hand",
        PRACTICE,
        lambda j: j.said("presence_noted", source="self").update(status="left", source="code"),
    ),
    (
        "practice_fills_silence",
        RULED,
        lambda j: j.said("practice_started", limit=12).update(since="2027-02-01"),
    ),
    (
        "practice_fills_silence",
        PRACTICE,
        lambda j: j.said("practice_started", practice="sign_in").update(since="2026-11-01"),
    ),
    (
        "posts_are_held_before_they_end",
        POSTS,
        lambda j: j.said("posting_proposed").pop("since"),
    ),
    (
        "posts_are_held_before_they_end",
        POSTS,
        lambda j: j.said("posting_proposed", posting="c5").update(until="2026-12-31"),
    ),
    (
        "closed_units_are_empty",
        POSTS,
        lambda j: j.said("unit_closed").update(until="2026-10-31"),
    ),
    (
        "opened_by_who_holds_the_post",
        CHARTERS / "chuwuhui/cases/05-another-day.yaml",
        lambda j: j.drop("sitting_passed_on", secretary="xiao"),
    ),
    (
        "called_in_turn",
        CALLED,
        lambda j: j.said("speaker_called", item="budget", member="li").update(member="wu"),
    ),
    (
        "called_in_turn",
        CALLED,
        lambda j: j.said("speaker_called", item="budget", member="li").update(by="liu"),
    ),
    *(
        (
            "asked_by_the_chair",
            ASKED,
            lambda j, p=person: j.said("speaker_asked", item="budget", person="zhou").update(
                person=p
            ),
        )
        for person in ("chen", "luo")
    ),
    (
        "added_when_asked",
        ASKED,
        lambda j: j.again("chair_answered", item="budget", person="zhou"),
    ),
    (
        "chair_speaks_last",
        MONTH,
        lambda j: j.find("position_stated", item="budget", member="chen").update(
            type="turn_passed"
        ),
    ),
    (
        "late_items_wait",
        CHARTERS / "chuwuhui/cases/04-opened-early.yaml",
        lambda j: j.drop("agenda_set", items=[]),
    ),
    (
        "rules_are_changed_by_decision",
        CHARTERS / "chuwuhui/cases/14-two-bodies.yaml",
        lambda j: j.said("charter_repealed").update(decision="d-posts"),
    ),
    (
        "posts_change_as_confirmed",
        POSTS,
        lambda j: j.said("post_filled", person="wei").update(post="馆长"),
    ),
    # Of what corrects the minutes: they themselves were signed and signed off.
    ("minutes_are_signed", STRICT, lambda j: j.drop_last("minutes_signed")),
    ("minutes_are_prepared", STRICT, lambda j: j.drop_last("minutes_passed", step="sign_off")),
    (
        "numbers_run_without_gap",
        CORRIGENDUM,
        lambda j: j.said("minutes_corrected").update(number=3),
    ),
    (
        "numbers_run_without_gap",
        CORRIGENDUM,
        lambda j: j.said("minutes_corrected").update(year=2025, number=1),
    ),
    ("numbers_run_without_gap", MONTH, lambda j: j.said("minutes_issued").update(nth=2)),
    (
        "only_what_is_public_is_published",
        CHARTERS / "chuwuhui/cases/10-readers.yaml",
        lambda j: j.drop("decision_published", decision="d-budget"),
    ),
    ("published_by_another", PUBLISHING, lambda j: j.drop_last("publication_proposed")),
    (
        "only_what_is_public_is_published",
        PUBLISHING,
        lambda j: j.said("publication_proposed").update(left_out=["rules"], excerpted=["hours"]),
    ),
)
"""Further ways in which a norm is broken: (norm, case, how)."""


def told_again(act: str, event: str, **said: object) -> Forge:
    """The act is judged and let stand once more, when what came of it has been told."""
    return lambda j: j.repeat(act, j.find(event, **said), **said, verdict="accepted")


OUT_OF_TIME: dict[str, tuple[Path, Forge]] = {
    "recess": (RECESS, lambda j: j.drop("sitting_resumed")),
    "item": (MONTH, lambda j: j.drop("item_collated", item="budget")),
    "sitting": (MONTH, lambda j: j.drop("sitting_opened")),
    "talk": (MONTH, told_again("present_item", "item_presented", item="budget")),
    "question": (ASKED, told_again("answer_chair", "chair_answered", person="zhou")),
    "before": (MONTH, lambda j: j.drop("item_decided", item="circular")),
    "record": (MONTH, told_again("close_record", "record_closed")),
    "minutes": (MONTH, told_again("issue_minutes", "minutes_issued")),
    "notice": (MONTH, lambda j: j.drop("notice_given")),
    "manuscript": (CORRIGENDUM, lambda j: j.drop("corrigendum_drafted")),
    "publication": (PUBLISHING, told_again("decline_publication", "publication_declined")),
    "draft": (DRAFTING, lambda j: j.drop("minutes_circulated")),
    "leave": (MONTH, lambda j: j.drop("leave_requested")),
    "presence": (MONTH, told_again("mark_present", "presence_noted", person="liu")),
    "task": (MONTH, lambda j: j.drop("task_completed")),
    "adjustment": (MONTH, told_again("grant_adjustment", "adjustment_granted")),
    "entry": (ENTERED, lambda j: j.said("item_decided", decision="d1").update(source="chair")),
    "decision": (MONTH, told_again("publish_decision", "decision_published")),
    "posting": (POSTS, told_again("confirm_post", "posting_confirmed", posting="c1")),
    "unit": (POSTS, told_again("close_unit", "unit_closed")),
    "practice": (PRACTICE, told_again("end_practice", "practice_ended", practice="quorum")),
    "receipt": (RECEIPTS, told_again("receive_charter", "charter_received", unit="circulation")),
}
"""For each subject that a charter gives its time, an act on it that comes too early or again."""

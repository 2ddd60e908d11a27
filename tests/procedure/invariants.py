"""What must hold of every journal, written a second time over its entries alone.

`complaints` tells the lines of a journal once more and asks every norm about every entry. Nothing
here knows the kinds of rules; what a body demands is read off the charter text in the journal.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.procedure.norms import (
    after,
    anywhen,
    before,
    calling,
    during,
    order,
    paper,
    righting,
    rules,
    staffing,
)
from tests.procedure.norms.base import Norm
from tests.procedure.retelling import take
from tests.procedure.telling import Telling

Line = dict[str, Any]
"""One line of a journal: `entry`, `hash`, `texts`."""


class Complaint(NamedTuple):
    """One thing wrong with a journal: which norm, at which entry, in words."""

    norm: str
    seq: int
    words: str


AUDIT: tuple[Norm, ...] = (
    order.done_by_whom_the_charter_names,
    order.done_about_others,
    order.done_in_its_time,
    order.done_with_what_it_needs,
    order.done_by_people_in_the_room,
    order.done_about_those_concerned,
    anywhen.refusals_name_their_clause,
    anywhen.departures_have_their_reason,
    anywhen.refusals_change_nothing,
    anywhen.practice_is_no_ground,
    paper.entered_from_paper_by_the_right_hand,
    paper.broken_only_on_paper,
)
"""Norms for the entries of judged deeds."""

JUDGED: dict[str, tuple[Norm, ...]] = {
    "open_sitting": (before.opened_when_its_notice_says,),
    "convene": (calling.called_on_the_usual_day,),
    "move_sitting": (calling.called_on_the_usual_day,),
    "give_notice": (calling.notice_in_time,),
    "supply_paper": (calling.papers_stay_as_told,),
    "mark_present": (calling.signed_in_on_the_day,),
    "name_substitute": (staffing.substitutes_stand_in,),
}
"""Norms for judged deeds of one act: what without a reason nobody departs from."""

AS_ENTERED: tuple[Norm, ...] = (
    anywhen.time_never_runs_back,
    anywhen.actor_is_known,
    paper.entered_from_paper_by_the_right_hand,
    paper.broken_only_on_paper,
)
"""Norms about the entry itself; all others are about what it tells, which may be from paper."""

EVERY: tuple[Norm, ...] = (anywhen.time_never_runs_back, anywhen.actor_is_known)
"""Norms for every entry."""

_SPEAKING: tuple[Norm, ...] = (
    during.meeting_is_open,
    during.only_the_item_before_the_meeting,
    during.only_the_present_act,
    during.entered_by_self_or_secretary,
)

_TURN: tuple[Norm, ...] = (
    *_SPEAKING,
    during.report_comes_first,
    during.turns_are_kept,
    during.chair_speaks_last,
    during.only_who_takes_part_speaks,
)

_TASK: tuple[Norm, ...] = (after.tasks_run_from_the_minutes,)

NORMS: dict[str, tuple[Norm, ...]] = {
    "charter_enacted": (
        rules.rules_are_changed_by_decision,
        rules.versions_say_what_adopted_them,
        rules.a_decision_enacts_once,
        rules.rules_reach_back_to_no_day_before_their_decision,
    ),
    "charter_repealed": (
        rules.rules_are_changed_by_decision,
        rules.rules_end_while_others_decide,
        rules.a_decision_enacts_once,
    ),
    "practice_started": (rules.practice_fills_silence,),
    "numbers_brought_in": (after.brought_in_is_from_before,),
    "sitting_brought_in": (after.brought_in_is_from_before,),
    "item_submitted": (
        before.matter_is_in_scope,
        before.written_where_asked,
        before.raised_together_by_sections,
        before.floor_items_only_where_foreseen,
        calling.changes_a_decision_of_its_own_body,
        calling.changes_a_task_of_its_own_body,
    ),
    "item_approved": (before.judged_items_stay_reserved, after.decisions_stay),
    "late_item_admitted": (before.admitted_is_what_came_late,),
    "item_revised": (before.written_where_asked,),
    "item_carried": (
        before.next_sitting_takes_the_carried,
        before.carried_changes_what_the_task_rests_on,
    ),
    "item_withdrawn": (after.decisions_stay, calling.carried_is_not_withdrawn),
    "sitting_convened": (
        before.seats_are_those_of_the_charter,
        calling.called_in_between_where_foreseen,
        calling.somebody_makes_up_the_body,
    ),
    "sitting_passed_on": (before.convened_go_with_the_post,),
    "notice_given": (calling.notice_tells_something_new,),
    "gap_explained": (calling.gaps_are_gaps,),
    "sitting_moved": (before.late_items_wait,),
    "others_invited": (during.only_what_is_on_this_agenda,),
    "post_filled": (staffing.posts_change_as_confirmed,),
    "post_vacated": (staffing.posts_change_as_confirmed,),
    "unit_closed": (staffing.closed_units_are_empty,),
    "posting_proposed": (
        staffing.offices_are_kept_apart,
        staffing.posts_are_held_before_they_end,
    ),
    "task_handed_over": (staffing.handed_over_to_another_in_office,),
    "chair_taken": (staffing.the_chair_passes_as_the_charter_says,),
    "work_reported": (during.meeting_is_open, during.work_is_reported_where_foreseen),
    "agenda_set": (
        before.agenda_was_let_through,
        before.agenda_keeps_what_must_stay,
        before.late_items_wait,
    ),
    "posting_confirmed": (
        staffing.posts_change_by_a_second_person,
        staffing.offices_are_kept_apart,
        staffing.posts_are_held_before_they_end,
    ),
    "leave_granted": (before.leave_is_granted_by_another,),
    "presence_noted": (
        before.on_leave_means_granted_and_told,
        before.absence_is_entered_by_the_secretary,
        before.only_those_of_the_sitting_attend,
        before.presence_says_by_whose_hand,
    ),
    "presence_corrected": (
        before.on_leave_means_granted_and_told,
        before.only_those_of_the_sitting_attend,
        righting.entered_wrongly_by_whom,
        righting.put_right_as_it_can_have_been,
        righting.nothing_rests_on_what_was_wrong,
    ),
    "member_recused": (
        during.meeting_is_open,
        during.only_the_item_before_the_meeting,
        during.recused_stay_out,
    ),
    "sitting_opened": (
        before.late_items_wait,
        before.opened_by_the_chair_after_notice,
        before.opened_by_who_holds_the_post,
        after.numbers_run_without_gap,
        during.enough_are_present,
    ),
    "item_begun": (
        during.meeting_is_open,
        during.one_item_at_a_time,
        during.planned_before_floor,
        after.decisions_stay,
    ),
    "item_presented": (*_SPEAKING, during.report_is_by_the_charter),
    "position_stated": (*_TURN, during.stance_is_clear),
    "turn_passed": _TURN,
    "speaker_called": (
        during.meeting_is_open,
        during.only_the_item_before_the_meeting,
        during.only_the_present_act,
        during.called_in_turn,
    ),
    "speaker_asked": (
        during.meeting_is_open,
        during.only_the_item_before_the_meeting,
        during.only_the_present_act,
        during.asked_by_the_chair,
    ),
    "chair_answered": (*_SPEAKING, during.added_when_asked),
    "position_settled": (
        during.meeting_is_open,
        during.only_the_item_before_the_meeting,
        during.settled_by_the_member,
        during.recused_stay_out,
        during.stance_is_clear,
    ),
    "floor_item_admitted": (
        during.meeting_is_open,
        during.only_what_is_on_this_agenda,
        before.judged_items_stay_reserved,
    ),
    "floor_item_declined": (
        during.meeting_is_open,
        during.only_what_is_on_this_agenda,
        after.decisions_stay,
    ),
    "item_decided": (
        during.meeting_is_open,
        during.only_the_item_before_the_meeting,
        during.decided_by_the_chair,
        during.enough_are_present,
        during.decided_by_no_recused_chair,
        during.decided_by_the_majority,
        during.decided_once_all_are_heard,
        during.chair_has_the_last_word,
        during.decided_without_contradiction,
        during.decided_with_its_parts,
        after.decisions_stay,
        after.old_tasks_are_said,
    ),
    "decision_restated": (during.meeting_is_open, during.set_right_by_the_chair),
    "item_postponed": (
        during.meeting_is_open,
        during.only_the_item_before_the_meeting,
        during.decided_by_the_chair,
        during.enough_are_present,
    ),
    "sitting_closed": (during.meeting_is_open, during.closed_when_all_is_done),
    "task_assigned": (
        during.spot_tasks_only_where_foreseen,
        after.tasks_go_to_units_that_fit,
        staffing.tasks_go_to_those_there,
    ),
    "task_set": (after.tasks_go_to_units_that_fit, staffing.tasks_go_to_those_there),
    "task_brought_in": (staffing.tasks_go_to_those_there,),
    "record_noted": (after.record_is_the_secretarys, after.notes_are_told_apart),
    "record_corrected": (after.record_is_the_secretarys, after.notes_are_told_apart),
    "record_closed": (after.record_is_the_secretarys, after.record_is_complete),
    "minutes_issued": (
        after.minutes_say_who_until_when,
        after.minutes_say_what_is_to_be_done,
        after.minutes_are_signed,
        after.minutes_are_prepared,
        staffing.minutes_name_those_there,
        after.numbers_run_without_gap,
    ),
    "correction_answered": (after.corrections_are_answered_once,),
    "minutes_corrected": (
        after.numbers_run_without_gap,
        after.minutes_are_signed,
        after.minutes_are_prepared,
    ),
    "publication_proposed": (after.only_what_is_public_is_published,),
    "minutes_published": (after.published_by_another, after.only_what_is_public_is_published),
    "minutes_signed": (after.signed_by_whom_the_charter_names,),
    "task_planned": (*_TASK, after.tasks_are_theirs, order.plans_have_steps_with_their_days),
    "progress_reported": (*_TASK, after.tasks_are_theirs),
    "task_checked": _TASK,
    "owner_reminded": _TASK,
    "progress_reported_up": (*_TASK, after.reported_up_to_a_leader),
    "task_completed": (*_TASK, after.tasks_are_theirs),
    "task_closed": _TASK,
    "task_sent_back": _TASK,
    "task_ended": (after.tasks_end_as_decided,),
    "adjustment_requested": (after.changed_by_the_charters_way, after.tasks_are_theirs),
    "adjustment_granted": (after.changed_by_the_charters_way,),
}
"""Norms by the type of the event they bear on."""


def complaints(lines: Iterable[Line]) -> list[Complaint]:
    """Everything that is wrong with a journal; what names nothing known is told no further."""
    told, found, kept = Telling(), [], list(lines)
    broken: set[str] = set()
    for entry in (line["entry"] for line in kept):
        broken = paper.broke(entry) if entry["part"][0] == 1 else broken
        norms = [n for n in _norms_for(entry) if not paper.speaks_of(n, broken)]
        strange = _asked(anywhen.subjects_exist, told, entry)
        wrong = strange or [c for norm in norms for c in _asked(norm, told, entry)]
        found += wrong
        if not strange:
            take(told, entry)
    return [*found, *erased_stays_erased(kept)]


def _asked(norm: Norm, told: Telling, entry: dict[str, Any]) -> list[Complaint]:
    if norm is anywhen.subjects_exist and entry["stream"] == "audit":
        return []
    asked = entry if norm in AS_ENTERED else paper.as_it_was(entry)
    return [Complaint(norm.__name__, entry["seq"], said) for said in norm(told, asked)]


def _norms_for(entry: dict[str, Any]) -> Iterator[Norm]:
    yield from EVERY
    if entry["stream"] == "audit":
        yield from AUDIT
        yield from JUDGED.get(entry["type"], ())
        return
    if entry["type"] in anywhen.BRINGS:
        yield anywhen.ids_are_new
    yield from NORMS.get(entry["type"], ())


def erased_stays_erased(lines: list[Line]) -> Iterator[Complaint]:
    """text_erased: the words are gone wherever the ref stands, and nothing else is."""
    erased = [
        line["entry"]["payload"]["ref"] for line in lines if line["entry"]["type"] == "text_erased"
    ]
    for line in lines:
        for ref, text in line["texts"].items():
            gone = text == {"salt": "", "words": ""}
            if gone != (ref in erased):
                yield Complaint("erased_stays_erased", line["entry"]["seq"], ref)

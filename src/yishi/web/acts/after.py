"""What can be done about an act once it is done: taken back, done again; else the page asks first.

Every act has its one place here; `docs/pages-guide.md` tells the same to those who meet.
"""

from typing import Final

from yishi.procedure.act import Act
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer
from yishi.procedure.righting import before
from yishi.web.office import Office

UNDONE_BY: Final[dict[str, str]] = {
    "submit_item": "withdraw_item",
    "collate_item": "return_item",
    "convene": "call_off",
    "mark_present": "correct_presence",
    "leave_room": "correct_presence",
    "record_absence": "correct_presence",
    "state_position": "settle_position",
    "pass_turn": "settle_position",
    "call_recess": "resume_sitting",
    "note_record": "correct_record",
    "assign_task": "set_task",
    "draft_task": "set_task",
    "draft_corrigendum": "drop_corrigendum",
    "publish_minutes": "withdraw_publication",
    "start_practice": "end_practice",
    "enter_from_paper": "end_paper_entry",
}
"""Acts that another one takes back or sets right: its link stands in the answer to the first."""

ASKED_FIRST: Final = (
    *("enact_charter", "repeal_charter", "erase_text"),
    *("withdraw_item", "approve_item", "admit_late_item", "refuse_item", "call_off"),
    *("grant_leave", "refuse_leave", "open_sitting", "take_chair", "recuse"),
    *("admit_floor_item", "decline_floor_item", "decide_item", "close_sitting", "close_record"),
    *("sign_minutes", "issue_minutes", "correct_minutes", "issue_corrigendum"),
    *(
        "publish_decision",
        "decline_publication",
        "withdraw_publication",
        "close_task",
        "grant_adjustment",
        "refuse_adjustment",
    ),
    *("confirm_post", "decline_post", "close_unit"),
    *("bring_numbers", "bring_decision", "bring_task"),
)
"""Acts that nothing takes back: the page asks once more and says what follows."""

DONE_AGAIN: Final = (
    *("enter_text", "confirm_calendar", "revise_item", "put_off_item", "supply_paper"),
    *("set_agenda", "give_notice", "move_sitting", "invite_others", "explain_gap"),
    *("correct_presence", "call_speaker", "ask_speaker", "settle_position", "resume_sitting"),
    *("restate_decision", "correct_record", "set_task", "word_minutes", "word_point"),
    *("move_point", "circulate_minutes", "drop_corrigendum", "archive_sitting", "plan_task"),
    *(
        "enter_person",
        "open_unit",
        "hand_over_task",
        "name_substitute",
        "end_practice",
        "end_paper_entry",
    ),
)
"""Acts that are set right by doing them once more: the latest holds, and both are kept."""

ANSWERED: Final = (
    *("return_item", "request_leave", "raise_floor_item", "request_correction"),
    *("complete_task", "send_back_task", "request_adjustment", "propose_post"),
    *("propose_publication",),
)
"""Acts that somebody else answers before anything follows from them."""

ONE_STEP: Final = (
    *("receive_notice", "receive_minutes", "receive_charter", "remind_readers"),
    *("remind_minutes", "remind_owner", "tell_office", "begin_item", "present_item"),
    *("report_work", "answer_chair", "agree_minutes", "take_correction", "decline_correction"),
    *("check_minutes", "sign_off_minutes", "report_back", "check_task", "report_up"),
)
"""Acts that tell something or go one step on: nothing is settled by them.

An item taken up by mistake is put off (缓议); what was said amiss is put right in the record.
"""


def undoing(office: Office, act: Act) -> tuple[str, dict[str, str]] | None:
    """The act by which this person may take back what they did, and what it is about.

    None where there is none, or where the rules do not let them.
    """
    name = UNDONE_BY.get(act.name())
    if name is None:
        return None
    about = {field: said for field in NAMED if (said := _of(office, act, name, field))}
    answer = office.ask(ACTS[name], about)
    return (name, about) if isinstance(answer, Offer) else None


NAMED: Final = (
    "body",
    "sitting",
    "item",
    "task",
    "person",
    "member",
    "practice",
    "corrects",
    "status",
)
"""What the undoing act takes over from the act itself; all else is for the person to say."""


def _of(office: Office, act: Act, name: str, field: str) -> str:
    """What a field of the undoing act says; empty where it has none, or it does not follow."""
    if field not in ACTS[name].__struct_fields__:
        return ""
    if field == "status":
        held = office.state.sittings[act.sitting]  # type: ignore[attr-defined]
        return before(held.presence[act.person])  # type: ignore[attr-defined]
    return str(getattr(act, "note" if field == "corrects" else field, None) or "")

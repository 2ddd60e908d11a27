"""The page of one meeting: how far it is, when, what is on the agenda, who comes."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yishi.procedure.calling import held_from
from yishi.procedure.composition import DeputyChair
from yishi.procedure.duties import Duty, duties_of
from yishi.procedure.enact import book_of
from yishi.procedure.offers import Offer, Withheld
from yishi.procedure.state import AT_END, Sitting
from yishi.procedure.verdict import Ground
from yishi.web.acts.grounds import barred
from yishi.web.acts.moving import movable
from yishi.web.acts.offered import Offered, offered
from yishi.web.acts.views import link_to
from yishi.web.archive.standing import archives
from yishi.web.office import Office
from yishi.web.sittings.agenda import lines, streams
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.noticed import Reply, news, receipts, receiving, reply
from yishi.web.sittings.pressing import Press, asked, lasting, press, stands
from yishi.web.sittings.preview import previews
from yishi.web.sittings.seated import concerned, everybody, place_of, post_of
from yishi.web.sittings.told import Told, of, told
from yishi.web.sittings.unfinished import lacking

GROUPS: Final = {
    "agenda": ("set_agenda",),
    "notice": ("receive_notice",),
    "notice_again": ("give_notice",),
    "remind": ("remind_readers",),
    "time": ("move_sitting", "call_off"),
    "leave": ("request_leave",),
    "each": ("invite_others", "grant_leave", "refuse_leave", "tell_office"),
    "room": (
        "mark_present",
        "leave_room",
        "record_absence",
        "correct_presence",
        "recuse",
        "open_sitting",
        "take_chair",
        "begin_item",
        *("call_speaker", "ask_speaker", "answer_chair"),
        "present_item",
        "state_position",
        "pass_turn",
        "settle_position",
        "report_work",
        "call_recess",
        "resume_sitting",
        "close_sitting",
        "raise_floor_item",
        "admit_floor_item",
        "decline_floor_item",
        "decide_item",
        "assign_task",
    ),
    "record": ("note_record", "correct_record", "close_record"),
    "paper": ("enter_from_paper", "end_paper_entry"),
    "minutes": (
        "draft_task",
        "set_task",
        "word_minutes",
        "circulate_minutes",
        "request_correction",
        "agree_minutes",
        "take_correction",
        "decline_correction",
        "check_minutes",
        "sign_off_minutes",
        "sign_minutes",
        "issue_minutes",
        "correct_minutes",
        "draft_corrigendum",
        "drop_corrigendum",
        "issue_corrigendum",
        "receive_minutes",
        "remind_minutes",
        "propose_publication",
        "publish_minutes",
        "decline_publication",
        "withdraw_publication",
    ),
}
"""Where on the page each act has its place; an act that is in none stands by itself."""

PAGES: Final = {
    "open_sitting": "room",
    "close_record": "record",
    "issue_minutes": "minutes",
    "sign_minutes": "minutes",
    "end_paper_entry": "paper",
    "issue_corrigendum": "minutes",
    "propose_publication": "publishing",
    "publish_minutes": "publishing",
}
"""Duties that are done on another page of the meeting, where one sees what they are about."""

AWAY: Final = ("leave", "absent", "left")


def sitting(request: HttpRequest, subject: str) -> HttpResponse:
    """Show a meeting to whoever asks, as far as it concerns them."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = found_or_404(office, subject)
    inside, duties = concerned(office, held), _duties(office, held)
    answer = reply(office, held, reverse("sitting", args=[held.id])) if inside else None
    waits = [d["duty"].act for d in duties]
    happenings = told(office, streams(office, held))
    context: dict[str, Any] = {
        "sitting": held,
        "inside": inside,
        "prints": inside and has_papers(held),
        "steps": steps(office, held),
        "gap": chair_gap(office, held),
        "agenda": _agenda(office, held, happenings),
        "duties": duties,
        "acts": _grouped(office, held.id, [*_done(office, held, answer), *waits]),
        "receipts": receipts(office, held) if inside else None,
        "reply": answer,
        "news": news(office, held),
        "leaves": leaves(office, held, happenings, inside),
        "people": everybody(office, held) if inside else (),
        "reads_record": office.reads("record", held.id).allowed,
        "reads_report": office.reads("report", held.id).allowed,
        "reads_minutes": held.minutes is not None and office.reads("minutes", held.id).allowed,
        "archives": held.status == "closed" and archives(office, held),
        "issues": previews(office, held),
        "course": _course(held, happenings) if inside else (),
        "held_from": held_from(held),
        "paper_begins": _held_on_paper(office, held),
        "why": _reason(happenings, "sitting_called_off"),
        "moved": _reason(happenings, "sitting_moved"),
    }
    return render(request, "sittings/sitting.html", context)


def has_papers(sitting: Sitting) -> bool:
    """Whether there is an agenda whose papers one can print."""
    there = sitting.kind != "before" and sitting.status != "called_off"
    return there and bool(sitting.agenda)


def _held_on_paper(office: Office, sitting: Sitting) -> bool:
    """Whether whoever looks may begin to enter it from paper: once its hour has come."""
    come = sitting.status == "open" or sitting.starts_at <= office.now
    return come and stands(office, "enter_from_paper", sitting=sitting.id)


def steps(office: Office, sitting: Sitting) -> list[dict[str, Any]]:
    """The way of a meeting, step by step; the first that is not done is the present one."""
    tasks = [office.state.tasks[t] for t in sitting.tasks]
    done = {
        "convened": True,
        "agenda": bool(sitting.agenda),
        "notice": sitting.notice is not None,
        "held": sitting.status == "closed",
        "record": sitting.record.closed,
        "minutes": sitting.minutes is not None,
        "followup": sitting.minutes is not None and all(t.status in AT_END for t in tasks),
    }
    open_ = [name for name, is_done in done.items() if not is_done]
    return [
        {"name": name, "n": n, "done": is_done, "now": bool(open_) and name == open_[0]}
        for n, (name, is_done) in enumerate(done.items(), 1)
    ]


def chair_gap(office: Office, sitting: Sitting) -> tuple[Ground, ...]:
    """Why nobody presides while the chair is away; nothing when the chair is not, or somebody may.

    The rules are asked on behalf of the person who looks: what they object is the same for all.
    """
    chair = sitting.chair
    presence = sitting.presence.get(chair or "")
    leave = sitting.leaves.get(chair or "")
    away = (presence is not None and presence.status in AWAY) or (
        leave is not None and leave.status in ("requested", "granted")
    )
    if sitting.status not in ("convened", "open") or (chair and not away):
        return ()
    rule = book_of(office.state, sitting.charters).rule(DeputyChair)
    answer = asked(office, "take_chair", sitting=sitting.id)
    if rule is None or not isinstance(answer, Withheld):
        return ()
    return lasting(answer.grounds, "deputy_chair.nobody_named")


def _agenda(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> list[dict[str, Any]]:
    found = []
    for line in lines(office, sitting, happenings):
        asking = asked(office, "invite_others", sitting=sitting.id, item=line.item)
        link = link_to(
            "invite_others",
            {"sitting": sitting.id, "item": line.item},
            next=reverse("sitting", args=[sitting.id]),
        )
        open_ = isinstance(asking, Offer) and line.state in ("waiting", "now")
        moves = line.held is not None and movable(office, sitting, line.item) is not None
        on = reverse("onward", args=[sitting.id, line.item]) if moves else ""
        found.append({"line": line, "invite": link if open_ else "", "onward": on})
    return found


def _duties(office: Office, sitting: Sitting) -> list[dict[str, Any]]:
    """What of this meeting waits for the person who looks."""
    return [
        {
            "duty": duty,
            "press": _pressed(office, sitting, duty),
            "link": _place(sitting, duty),
            "page": _place(sitting, duty) if duty.act in PAGES else "",
            "first": _first(office, sitting, duty),
            "late": duty.due is not None and duty.due < office.now,
            "lacking": lacking(sitting) if duty.act == "end_paper_entry" else (),
        }
        for duty in duties_of(office.state, "sitting", sitting.id, office.now)
        if office.person in duty.people and (duty.begins is None or duty.begins <= office.now)
    ]


def _first(office: Office, sitting: Sitting, duty: Duty) -> tuple[Ground, ...]:
    """What has to be done before the act would stand; the notice and the sheet have their own."""
    if duty.act in ("receive_notice", "end_paper_entry"):
        return ()
    return barred(office, duty.act, {"sitting": sitting.id}, duty.about)


def _pressed(office: Office, sitting: Sitting, duty: Duty) -> Press | None:
    """The one act that is done by a press; the notice is looked at in its form before it goes."""
    return receiving(office, sitting) if duty.act == "receive_notice" else None


def _done(office: Office, sitting: Sitting, answer: Reply | None) -> tuple[str, ...]:
    """What this person has done already and could only do again, or finds above already."""
    read = ("receive_notice",) if sitting.has_read(office.person) else ()
    return (*read, *(("request_leave",) if answer is not None and answer.excuse else ()))


def _place(sitting: Sitting, duty: Duty) -> str:
    """Where a duty is done: a page of the meeting, or the form of the act."""
    if duty.act in PAGES:
        return reverse(PAGES[duty.act], args=[sitting.id])
    about = {"person": duty.about} if duty.about else {}
    here = reverse("sitting", args=[sitting.id])
    return link_to(duty.act, {"sitting": sitting.id}, next=here, **about)


def _grouped(office: Office, subject: str, without: list[str]) -> dict[str, dict[str, list[Any]]]:
    """All that is at hand, each act in its group; what waits as a duty has its own place."""
    stands, held_back = offered(office, {"sitting": subject}, [], without)
    place = {act: group for group, acts in GROUPS.items() for act in acts}
    found: dict[str, dict[str, list[Any]]] = {
        group: {"offers": [], "held_back": []} for group in (*GROUPS, "other")
    }
    for one in stands:
        found[_group(one, place)]["offers"].append(one)
    for other in held_back:
        found[_group(other, place)]["held_back"].append(other)
    return found


def _group(one: Offered | Withheld, place: dict[str, str]) -> str:
    return place.get(one.act, "other")


def leaves(
    office: Office, sitting: Sitting, happenings: Iterable[Told], inside: bool
) -> list[dict[str, Any]]:
    """Who has asked to be excused, and what can be done about it by whoever looks."""
    reasons = {one.event.person: one.event.reason for one in of(happenings, "leave_requested")}
    refusals = {one.event.person: one.event.reason for one in of(happenings, "leave_refused")}
    return [
        _leave(office, sitting, person, reasons.get(person, ""), refusals.get(person, ""))
        for person in sorted(sitting.leaves)
        if inside and (place_of(sitting, office.person) != "guest" or person == office.person)
    ]


def _leave(
    office: Office, sitting: Sitting, person: str, reason: str, refusal: str
) -> dict[str, Any]:
    leave = sitting.leaves[person]
    named = {"sitting": sitting.id, "person": person}
    grant: Press | None = press(office, "grant_leave", **named)
    may_refuse = isinstance(asked(office, "refuse_leave", **named), Offer)
    # The reason is for whoever decides on the leave, and for whoever asked for it.
    shown = person == office.person or leave.by == office.person or grant is not None or may_refuse
    return {
        "person": person,
        "post": post_of(office, sitting, person),
        "leave": leave,
        "reason": reason if shown else "",
        "refusal": refusal if shown and leave.status == "refused" else "",
        "grant": grant,
        "refuse": link_to(
            "refuse_leave",
            {"sitting": sitting.id},
            person=person,
            next=reverse("sitting", args=[sitting.id]),
        )
        if may_refuse
        else "",
        "tell": press(office, "tell_office", **named),
    }


COURSE: Final = (
    "sitting_convened",
    "agenda_set",
    "notice_given",
    "readers_reminded",
    "sitting_moved",
    "sitting_called_off",
    "leave_requested",
    "leave_granted",
    "leave_refused",
    "office_told",
    "others_invited",
    "sitting_opened",
    "chair_taken",
    "recess_called",
    "sitting_resumed",
    "sitting_closed",
    "record_closed",
    "minutes_circulated",
    "draft_reopened",
    "minutes_signed",
    "minutes_issued",
    "corrigendum_drafted",
    "corrigendum_dropped",
    "minutes_corrected",
    "sitting_archived",
    "paper_entry_begun",
    "paper_entry_ended",
)
"""What of a meeting's course its page tells; what was said there is for the record."""


def _course(sitting: Sitting, happenings: Iterable[Told]) -> list[Told]:
    return [one for one in of(happenings, *COURSE) if one.event.sitting == sitting.id]


def _reason(happenings: Iterable[Told], kind: str) -> str:
    """The words of the latest event of a kind."""
    found = of(happenings, kind)
    return str(found[-1].event.reason) if found else ""

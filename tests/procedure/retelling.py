"""How each type of entry is told: one function a type, and the table of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.procedure.norms.paper import as_it_was
from tests.procedure.norms.righting import remember
from tests.procedure.telling import Entry, Facts, Telling, empty_talk
from tests.procedure.written import rules_of

CARRIED = ("adopt", "agree_in_principle")


def take(told: Telling, entry: Entry) -> None:
    """The facts after one more entry; an entry of the audit stream only moves the time."""
    told.latest = entry["at"]
    was = as_it_was(entry)
    if entry["stream"] != "audit" and entry["type"] in TOLD:
        TOLD[entry["type"]](told, was, was["payload"])
    remember(told, was)
    where = was["payload"].get("sitting")
    if entry["stream"] != "audit" and where in told.sittings and was is not entry:
        told.sittings[where]["paper_last"] = was["at"]


def retold(lines: list[dict[str, Any]]) -> Telling:
    """Everything that the lines of a journal tell."""
    told = Telling()
    for line in lines:
        take(told, line["entry"])
    return told


def _post_vacated(told: Telling, entry: Entry, said: Facts) -> None:
    for held in told.posts:
        same = all(held.get(key) == said.get(key) for key in ("person", "post", "unit"))
        if same and said["until"] < held.get("until", "9999"):
            held["until"] = said["until"]


def _charter_enacted(told: Telling, entry: Entry, said: Facts) -> None:
    told.charters[said["digest"]] = rules_of(said["text"])
    versions = told.versions.setdefault(said["body"], [])
    versions.append((said["in_force"], said["digest"]))
    versions.sort()
    if said.get("decision"):
        told.enacted.add((said["body"], said["decision"]))


def _calendar_confirmed(told: Telling, entry: Entry, said: Facts) -> None:
    told.calendar[said["year"]] = (said["holidays"], said["workdays"])


def _item_revised(told: Telling, entry: Entry, said: Facts) -> None:
    item = told.items[said["item"]]
    sealed = {**item.get("sealed", {}), **said.get("sealed", {})}
    written = said.get("written") or item.get("written", False)
    item |= {"status": "submitted", "sealed": sealed, "written": written}


def _charter_repealed(told: Telling, entry: Entry, said: Facts) -> None:
    told.ended.setdefault(said["body"], []).append(said["ends_on"])
    told.enacted.add((said["body"], said["decision"]))


def _item_submitted(told: Telling, entry: Entry, said: Facts) -> None:
    item = {"origin": "submitted", "status": "submitted", **said, "on": entry["at"][:10]}
    told.items[said["item"]] = item
    if item.get("sitting") and item["status"] == "on_agenda":
        told.sittings[item["sitting"]]["agenda"].append(said["item"])


def _item_carried(told: Telling, entry: Entry, said: Facts) -> None:
    item = {**said, "origin": "carried", "status": "approved", "on": entry["at"][:10]}
    told.items[said["item"]] = item
    if said.get("sitting"):
        _place(told, said["sitting"], said["item"])
    else:
        told.carried.setdefault(said["body"], []).append(said["item"])


def _item_approved(told: Telling, entry: Entry, said: Facts) -> None:
    judged = {k: v for k, v in said.items() if k not in ("by", "late_admitted")}
    late = said.get("late_admitted", False)
    told.items[said["item"]] |= {**judged, "status": "approved", "late_admitted": late}


def _item_withdrawn(told: Telling, entry: Entry, said: Facts) -> None:
    item = told.items[said["item"]]
    if item.get("sitting"):
        held = told.sittings[item["sitting"]]
        held["agenda"] = [i for i in held["agenda"] if i != said["item"]]
        held["talks"].pop(said["item"], None)
        held["current"] = None if held["current"] == said["item"] else held["current"]
    item |= {
        "status": "withdrawn",
        "sitting": None,
        "last": item.get("sitting") or item.get("last"),
    }


def _status(status: str) -> Callable[[Telling, Entry, Facts], None]:
    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.items[said["item"]]["status"] = status

    return told_so


def _sitting_convened(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]] = _new_sitting(said)
    for item in told.carried.pop(said["body"], []):
        if told.items[item]["status"] == "approved":
            _place(told, said["sitting"], item)


def _new_sitting(said: Facts) -> Facts:
    members = [seat["person"] for seat in said["members"]]
    attending = [seat["person"] for seat in said["in_attendance"]]
    return {
        **said,
        "status": "convened",
        "members": members,
        "people": list(dict.fromkeys([*members, *attending])),
        "agenda": [],
        **{name: [] for name in ("floor", "tasks", "notes", "signed")},
        **{name: {} for name in ("invited", "talks", "presence", "log", "hands", "leaves")},
        **{name: {} for name in ("requests", "passed", "reports")},
        **dict.fromkeys(("current", "notice", "told_of", "recorded", "minutes", "sent")),
        "year": 0,
    }


def _sitting_brought_in(told: Telling, entry: Entry, said: Facts) -> None:
    if said["sitting"] not in told.sittings:
        seats: Facts = {"kind": "before", "members": [], "in_attendance": []}
        closed = {"status": "closed", "minutes": 0, "year": said["year"], "starts_at": said["on"]}
        told.sittings[said["sitting"]] = _new_sitting({**said, **seats}) | closed


def _decision_brought_in(told: Telling, entry: Entry, said: Facts) -> None:
    on = told.sittings[said["sitting"]]["starts_at"][:10]
    made = {**said, "on": on, "at": None, "item": said["decision"], "tasks": []}
    told.decisions[said["decision"]] = made
    item = {"item": said["decision"], "origin": "before", "lead_unit": said.get("unit")}
    told.items[said["decision"]] = {**said, **item, "status": "decided"}


def _numbers_brought_in(told: Telling, entry: Entry, said: Facts) -> None:
    told.numbers["sitting", said["body"], said["year"]] = said["sittings"]
    told.numbers["minutes", said["body"], said["year"]] = said["minutes"]


def _practised(told: Telling, said: Facts, day: str, then: list[tuple[str, str]]) -> None:
    """What was set of a house practice goes to a day at most, and on from there as now said."""
    about = (said["body"], said["practice"])
    cut = [(since, min(until, day)) for since, until in told.practices.get(about, [])]
    told.practices[about] = [(a, b) for a, b in cut if a < b] + then


def _place(told: Telling, sitting: str, item: str) -> None:
    told.sittings[sitting]["agenda"].append(item)
    told.items[item] |= {"status": "on_agenda", "sitting": sitting}


def _passed_on(told: Telling, entry: Entry, said: Facts) -> None:
    held, members = told.sittings[said["sitting"]], [seat["person"] for seat in said["members"]]
    attending = [seat["person"] for seat in held["in_attendance"]]
    held |= {"chair": said.get("chair"), "secretary": said.get("secretary"), "members": members}
    held["people"] = list(dict.fromkeys([*members, *attending]))


def _agenda_set(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    for item in held["agenda"]:
        told.items[item] |= {"status": "approved", "sitting": None, "last": held["sitting"]}
    for item in said["items"]:
        told.items[item] |= {"status": "on_agenda", "sitting": said["sitting"]}
    held["agenda"] = list(said["items"])


def _notice_given(told: Telling, entry: Entry, said: Facts) -> None:
    settle(told.sittings[said["sitting"]], said)
    told.sittings[said["sitting"]] |= {
        "notice": said["starts_at"],
        "told_of": news(told.sittings[said["sitting"]]),
        "papers_told": [
            item
            for item in told.sittings[said["sitting"]]["agenda"]
            if told.items[item].get("paper_supplied")
        ],
    }


def settle(held: Facts, said: Facts) -> None:
    """Where the meeting is, and what is asked of those who come: sealed words, by their names."""
    held["venue"] = said.get("venue") or held.get("venue")
    held["bring"] = said.get("sealed", {}).get("bring")


def news(held: Facts) -> Facts:
    """What a notice tells: when and where, about what, who is called in, and under whom."""
    guests = {item: list(people) for item, people in held["invited"].items() if people}
    return {
        "when": held["starts_at"],
        "what": list(held["agenda"]),
        "who": guests,
        "chair": held.get("chair"),
        "where": held.get("venue"),
        "bring": held.get("bring"),
    }


def _sitting_moved(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]] |= {
        "starts_at": said["starts_at"],
        "venue": said.get("venue") or told.sittings[said["sitting"]].get("venue"),
        "notice": None,
        "told_of": None,
        "presence": {},
        "log": {},
        "hands": {},
    }


def _called_off(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    for item in held["agenda"]:
        origin = told.items[item]["origin"]
        status = "withdrawn" if origin == "standing" else "approved"
        told.items[item] |= {"status": status, "sitting": None, "last": held["sitting"]}
        if origin == "carried":
            told.carried.setdefault(held["body"], []).append(item)
    held |= {"status": "called_off", "agenda": []}
    following = told.next_sitting(held["body"])
    for item in told.carried.pop(held["body"], []) if following else ():
        _place(told, following, item)


def _goes_on(told: Telling, body: str, item: str) -> None:
    """What is carried is on the agenda of the next sitting, or waits until one is called."""
    following = told.next_sitting(body)
    if following:
        _place(told, following, item)
    else:
        told.carried.setdefault(body, []).append(item)


def _carried_on(told: Telling, entry: Entry, said: Facts) -> None:
    waiting = told.carried.get(told.sittings[said["sitting"]]["body"], [])
    for item in said["items"]:
        if item in waiting:
            waiting.remove(item)
        else:
            left = told.sittings[told.items[item]["sitting"]]
            left["agenda"] = [one for one in left["agenda"] if one != item]
        _place(told, said["sitting"], item)


def _invited(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["invited"].setdefault(said["item"], []).extend(said["people"])


def _leave(status: str) -> Callable[[Telling, Entry, Facts], None]:
    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.sittings[said["sitting"]]["leaves"][said["person"]] = status

    return told_so


def _presence(told: Telling, entry: Entry, said: Facts) -> None:
    held, person = told.sittings[said["sitting"]], said["person"]
    held["presence"][person] = said["status"]
    moment = datetime.fromisoformat(entry["at"])
    held["log"].setdefault(person, []).append((said["status"], moment))
    held["hands"].setdefault(person, []).append(said["source"])


def _chair_taken(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held.update(chair_before=held.get("chair"), chair=said["person"], deputed=1)


def _presence_corrected(told: Telling, entry: Entry, said: Facts) -> None:
    """The last entry is gone; what was true then stands in its place, unless it stood before."""
    held, person = told.sittings[said["sitting"]], said["person"]
    log, hands = held["log"][person], held["hands"][person]
    (_, moment), _ = log.pop(), hands.pop()
    if said["status"] != (log[-1][0] if log else "unknown"):
        log.append((said["status"], moment))
        hands.append(said["source"])
    held["presence"][person] = said["status"]
    if not log:
        del held["presence"][person], held["log"][person], held["hands"][person]


def _opened(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held |= {"status": "open", "opened_on": entry["at"][:10]}
    held |= {name: said[name] for name in ("year", "number")}
    told.numbers["sitting", held["body"], said["year"]] = said["number"]


def _begun(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held["talks"][said["item"]] = empty_talk()
    held["current"] = said["item"]


def _presented(told: Telling, entry: Entry, said: Facts) -> None:
    told.talk(entry)["rapporteur"] = said["rapporteur"]
    told.items[said["item"]]["status"] = "begun"


def _asked(how: str) -> Callable[[Telling, Entry, Facts], None]:
    """Whom the chair asked to add something, and whether they did."""

    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.talk(entry).setdefault("asked", {})[said["person"]] = how

    return told_so


def _decided(told: Telling, entry: Entry, said: Facts) -> None:
    told.talk(entry)["outcome"] = said["outcome"]
    told.sittings[said["sitting"]]["current"] = None
    told.items[said["item"]] |= {"status": "decided", "decision": said["decision"]}
    moment = {"on": entry["at"][:10], "at": datetime.fromisoformat(entry["at"])}
    tasks = list(said.get("continues", ()))
    told.decisions[said["decision"]] = {**said, **moment, "tasks": tasks, "published": False}
    for task in tasks:
        told.tasks[task]["rests"] = said["decision"]
    whole = not told.items[said["item"]].get("adjustment")
    if said.get("changes") and said["outcome"] in CARRIED and whole:
        told.decisions[said["changes"]]["changed"] = True


def _restated(told: Telling, entry: Entry, said: Facts) -> None:
    told.talk(entry)["outcome"] = said["outcome"]
    told.decisions[said["decision"]].update(outcome=said["outcome"])


def _public(said: Facts) -> Facts:
    """The whole is public, or an excerpt only: then everything else stays as closed as it was."""
    part = {"masked", "title", "words", "without_tasks"} & set(said)
    return {"excerpted": True} if part else {"published": True}


def _postponed(told: Telling, entry: Entry, said: Facts) -> None:
    told.talk(entry)["outcome"] = "postpone"
    told.sittings[said["sitting"]]["current"] = None
    item, held = told.items[said["item"]], told.sittings[said["sitting"]]
    ends = {"standing": "withdrawn", "floor": "submitted" if said["item"] in held["floor"] else ""}
    status = ends.get(item["origin"]) or "approved"
    item |= {"status": status, "sitting": None, "last": said["sitting"], "postponed": True}
    if item["origin"] == "carried":
        _goes_on(told, held["body"], said["item"])


def _admitted(told: Telling, entry: Entry, said: Facts) -> None:
    judged = {k: v for k, v in said.items() if k not in ("by", "sitting")}
    told.items[said["item"]] |= judged
    _place(told, said["sitting"], said["item"])
    told.sittings[said["sitting"]]["floor"].append(said["item"])


def _closed(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]] |= {"status": "closed", "current": None}


def _assigned(told: Telling, entry: Entry, said: Facts) -> None:
    told.tasks[said["task"]] = {**said, "status": "open", "rests": said.get("decision")}
    told.sittings[said["sitting"]]["tasks"].append(said["task"])
    if said.get("decision"):
        told.decisions[said["decision"]]["tasks"].append(said["task"])


def _issued(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["minutes"] = said["number"]
    _corrected(told, entry, said)


def _corrected(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    told.numbers["minutes", held["body"], said.get("year", held["year"])] = said["number"]
    _next_draft(told, entry, said)


def _proposed(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["proposal"] = said


def _published(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    hidden = {"left_out", "without", "uncorrected", "masked", "excerpted"} & set(
        held.get("proposal") or ()
    )
    held["proposal"], held["public"] = None, "part" if hidden else "whole"


def _next_draft(told: Telling, entry: Entry, said: Facts) -> None:
    """Nothing has been done yet to the draft that comes after what went out, or was dropped."""
    held = told.sittings[said["sitting"]]
    for name in ("signed", "passed", "requests"):
        held[name].clear()
    held["sent"], held["correcting"] = None, False


def _correcting(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["correcting"] = True
    _reworded(told, entry, said)


def _sent(told: Telling, entry: Entry, said: Facts) -> None:
    sent = {"people": said["people"], "answered": set()}
    told.sittings[said["sitting"]]["sent"] = sent


def _requested(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held["requests"][said["note"]] = "open"
    _agreed(told, entry, said)


def _agreed(told: Telling, entry: Entry, said: Facts) -> None:
    sent = told.sittings[said["sitting"]]["sent"]
    if sent is not None:
        sent["answered"].add(said["by"])


def _answered(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["requests"].pop(said["request"], None)


def _passed(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["passed"][said["step"]] = entry["at"]


def _reworded(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["passed"].clear()


def _reopened(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held["signed"].clear()
    held["sent"] = None


def _counted(table: str) -> Callable[[Telling, Entry, Facts], None]:
    """One more thing was done about a task, or one more paper handed in for an item."""
    subject = "item" if table == "items" else "task"

    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        held = getattr(told, table)[said[subject]]
        held.setdefault(entry["type"], []).append(entry["at"])

    return told_so


def _task(**changes: Any) -> Callable[[Telling, Entry, Facts], None]:
    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.tasks[said["task"]] |= changes

    return told_so


def _granted(told: Telling, entry: Entry, said: Facts) -> None:
    told.adjustments[said["adjustment"]]["status"] = "granted"
    if said.get("due_on"):
        told.tasks[said["task"]]["due_on"] = said["due_on"]


def _settled(told: Telling, entry: Entry, said: Facts) -> None:
    talk = told.talk(entry)
    talk["settled"][said["member"]] = said["stance"]
    talk["said"].append((said["member"], said["stance"], True))


def _stated(told: Telling, entry: Entry, said: Facts) -> None:
    talk = told.talk(entry)
    talk["positions"].append(said)
    talk["said"].append((said["member"], said["stance"], False))


def _listed(name: str, *keys: str) -> Callable[[Telling, Entry, Facts], None]:
    """What somebody did in a deliberation joins one of its lists."""

    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.talk(entry)[name].append(said if not keys else said[keys[0]])

    return told_so


TOLD: dict[str, Callable[[Telling, Entry, Facts], None]] = {
    "institution_founded": lambda t, e, s: setattr(t, "founded", s["on"]),
    "numbers_brought_in": _numbers_brought_in,
    "sitting_brought_in": _sitting_brought_in,
    "decision_brought_in": _decision_brought_in,
    "task_brought_in": lambda t, e, s: _assigned(t, e, s),
    "unit_opened": lambda t, e, s: t.units.update({s["unit"]: dict(s)}),
    "unit_closed": lambda t, e, s: t.units[s["unit"]].update(until=s["until"]),
    "person_entered": lambda t, e, s: t.people.add(s["person"]),
    "post_filled": lambda t, e, s: t.posts.append(dict(s)),
    "post_vacated": _post_vacated,
    "charter_enacted": _charter_enacted,
    "charter_repealed": _charter_repealed,
    "charter_received": lambda t, e, s: t.receipts.add((s["body"], s["digest"], s["unit"])),
    "calendar_confirmed": _calendar_confirmed,
    "gap_explained": lambda t, e, s: t.explained.append((s["body"], s["period"])),
    "practice_started": lambda t, e, s: _practised(t, s, s["since"], [(s["since"], "9999")]),
    "practice_ended": lambda t, e, s: _practised(t, s, s["until"], []),
    "paper_supplied": _counted("items"),
    "task_checked": _counted("tasks"),
    "owner_reminded": _counted("tasks"),
    "minutes_signed": lambda t, e, s: t.sittings[s["sitting"]]["signed"].append(s["by"]),
    "item_submitted": _item_submitted,
    "item_carried": _item_carried,
    "item_revised": _item_revised,
    "item_collated": _status("collated"),
    "item_returned": _status("returned"),
    "item_approved": _item_approved,
    "late_item_admitted": lambda t, e, s: t.items[s["item"]].update(late_admitted=True),
    "item_put_off": _status("put_off"),
    "item_refused": _status("refused"),
    "item_withdrawn": _item_withdrawn,
    "sitting_convened": _sitting_convened,
    "sitting_passed_on": _passed_on,
    "paper_entry_begun": lambda t, e, s: t.sittings[s["sitting"]].update(on_paper=True),
    "paper_entry_ended": lambda t, e, s: t.sittings[s["sitting"]].update(on_paper=False),
    "agenda_set": _agenda_set,
    "notice_given": _notice_given,
    "sitting_moved": _sitting_moved,
    "sitting_called_off": _called_off,
    "items_carried_on": _carried_on,
    "others_invited": _invited,
    "substitute_named": lambda t, e, s: t.sittings[s["sitting"]].update(substitute=s["person"]),
    "leave_requested": _leave("requested"),
    "leave_granted": _leave("granted"),
    "leave_refused": _leave("refused"),
    "office_told": _leave("told"),
    "presence_noted": _presence,
    "presence_corrected": _presence_corrected,
    "member_recused": _listed("recused", "person"),
    "sitting_opened": _opened,
    "chair_taken": _chair_taken,
    "item_begun": _begun,
    "item_presented": _presented,
    "position_stated": _stated,
    "speaker_called": lambda t, e, s: None,
    "speaker_asked": _asked("asked"),
    "chair_answered": _asked("answered"),
    "turn_passed": _listed("passed", "member"),
    "position_settled": _settled,
    "work_reported": lambda t, e, s: t.sittings[s["sitting"]]["reports"].update(
        {s["unit"]: s["by"]}
    ),
    "sitting_closed": _closed,
    "recess_called": lambda t, e, s: t.sittings[s["sitting"]].update(resting=True),
    "sitting_resumed": lambda t, e, s: t.sittings[s["sitting"]].update(resting=False),
    "floor_item_admitted": _admitted,
    "floor_item_declined": _status("declined"),
    "item_decided": _decided,
    "decision_restated": _restated,
    "item_postponed": _postponed,
    "task_assigned": _assigned,
    "task_set": lambda t, e, s: t.tasks[s["task"]].update(s),
    "task_handed_over": lambda t, e, s: t.tasks[s["task"]].update(owner=s["owner"]),
    "posting_proposed": lambda t, e, s: t.postings.update(
        {s["posting"]: {**s, "status": "proposed"}}
    ),
    "posting_confirmed": lambda t, e, s: t.postings[s["posting"]].update(
        status="confirmed", on=e["at"]
    ),
    "posting_declined": lambda t, e, s: t.postings[s["posting"]].update(status="declined"),
    "record_noted": lambda t, e, s: t.sittings[s["sitting"]]["notes"].append(dict(s)),
    "record_corrected": lambda t, e, s: t.sittings[s["sitting"]]["notes"].append(dict(s)),
    "record_closed": lambda t, e, s: t.sittings[s["sitting"]].update(recorded=True),
    "minutes_issued": _issued,
    "minutes_corrected": _corrected,
    "publication_proposed": _proposed,
    "publication_declined": lambda t, e, s: t.sittings[s["sitting"]].update(proposal=None),
    "minutes_published": _published,
    "publication_withdrawn": lambda t, e, s: t.sittings[s["sitting"]].update(public=None),
    "corrigendum_drafted": _correcting,
    "corrigendum_dropped": _next_draft,
    **dict.fromkeys(("minutes_worded", "point_worded", "point_moved"), _reworded),
    "draft_reopened": _reopened,
    "minutes_circulated": _sent,
    "correction_requested": _requested,
    "draft_agreed": _agreed,
    "correction_answered": _answered,
    "minutes_passed": _passed,
    "decision_published": lambda t, e, s: t.decisions[s["decision"]].update(_public(s)),
    "task_completed": _task(status="completed"),
    "task_closed": _task(status="closed"),
    "task_sent_back": _task(status="open"),
    "task_ended": _task(status="ended"),
    "adjustment_requested": lambda t, e, s: t.adjustments.update(
        {s["adjustment"]: {**s, "status": "requested"}}
    ),
    "adjustment_granted": _granted,
    "adjustment_refused": lambda t, e, s: t.adjustments[s["adjustment"]].update(status="refused"),
}
"""How each type of entry is told; the others change nothing that an invariant looks at."""

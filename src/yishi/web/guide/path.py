"""The guided path of one meeting: each step with something of the state to try it on.

Nothing here is about certain people or meetings: what stands in the state just now, and for whose
act it waits, says where a step is to be tried and as whom.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec
from django.urls import reverse

from yishi.procedure.act import Act, Deed
from yishi.procedure.decide import place
from yishi.procedure.deliberation import StatePosition
from yishi.procedure.duties import Duty, duties_of
from yishi.procedure.followup import RemindOwner
from yishi.procedure.offers import Withheld, ask
from yishi.procedure.seats import holders
from yishi.procedure.speaking import queue
from yishi.procedure.state import Sitting
from yishi.procedure.supervising import overdue
from yishi.procedure.verdict import Citation, Rejected
from yishi.web.office import Office
from yishi.web.sittings.tally import setting_of


class Place(msgspec.Struct, frozen=True):
    """Where a step can be tried just now, and as whom."""

    people: tuple[str, ...]
    page: str
    citation: Citation | None = None


class Step(msgspec.Struct, frozen=True):
    """One step of the path."""

    key: str
    n: int
    lists: str
    """Where such things are listed."""
    place: Place | None = None
    """None where there is nothing to try it on: it has been done already."""


Find = Callable[[Office], Place | None]


def path_of(office: Office) -> dict[str, list[Step]]:
    """The steps by chapter; only a demonstration says where and as whom to try them."""
    shown = office.state.demonstration
    found: dict[str, list[Step]] = {}
    for n, (chapter, key, lists, find) in enumerate(PATH, 1):
        step = Step(key, n, reverse(lists), find(office) if shown else None)
        found.setdefault(chapter, []).append(step)
    return found


# ── before the meeting ───────────────────────────────────────────────────────────────────────


def _item(act: str) -> Find:
    def find(office: Office) -> Place | None:
        found = (d for i in _waiting(office) for d in _owed(office, "item", i, act))
        return _place(found, lambda duty: reverse("item", args=[duty.subject]))

    return find


def _waiting(office: Office) -> list[str]:
    """Items not yet at an end, the latest first."""
    state = office.state
    every = [state.items[i] for log in state.bodies.values() for i in log.waiting]
    return [i.id for i in sorted(every, key=lambda i: (i.submitted_at, i.id), reverse=True)]


def _sitting(act: str, page: str = "sitting") -> Find:
    def find(office: Office) -> Place | None:
        found = (d for s in _planned(office) for d in _owed(office, "sitting", s.id, act))
        return _place(found, lambda duty: reverse(page, args=[duty.subject]))

    return find


def _planned(office: Office) -> list[Sitting]:
    """Meetings in hand, the latest first."""
    state = office.state
    every = [state.sittings[s] for log in state.bodies.values() for s in log.planned]
    return sorted(every, key=lambda s: (s.starts_at, s.id), reverse=True)


def _owed(office: Office, kind: str, subject: str, act: str) -> list[Duty]:
    return [d for d in duties_of(office.state, kind, subject, office.now) if d.act == act]


def _place(found: Iterable[Duty], page: Callable[[Duty], str]) -> Place | None:
    duty = next(iter(found), None)
    return Place(duty.people[:1], page(duty), duty.citation) if duty else None


# ── in the meeting ───────────────────────────────────────────────────────────────────────────


def _open(office: Office) -> Sitting | None:
    """The meeting in progress."""
    return next((s for s in _planned(office) if s.status == "open"), None)


def _room(sitting: Sitting, *people: str | None) -> Place | None:
    there = tuple(p for p in people if p)
    return Place(there, reverse("room", args=[sitting.id])) if there else None


def _looking(office: Office) -> Place | None:
    sitting = _open(office)
    return _room(sitting, sitting.secretary) if sitting else None


def _too_early(office: Office) -> Place | None:
    """The chair before the others have spoken, where a rule holds the chair back."""
    sitting = _open(office)
    if sitting is None or sitting.current is None or sitting.chair is None:
        return None
    about = {"sitting": sitting.id, "item": sitting.current, "member": sitting.chair}
    answer = ask(office.state, sitting.chair, office.now, StatePosition, about)
    if not isinstance(answer, Withheld) or not _unheard(office, sitting):
        return None
    found = _room(sitting, sitting.chair)
    return msgspec.structs.replace(found, citation=answer.grounds[0].citation) if found else None


def _speaking(office: Office) -> Place | None:
    sitting = _open(office)
    return _room(sitting, *_unheard(office, sitting)) if sitting else None


def _unheard(office: Office, sitting: Sitting) -> list[str]:
    """Who is to speak and has neither spoken nor passed, in turn; the chair is not waited for."""
    if sitting.current is None:
        return []
    talk = sitting.talk_on(sitting.current)
    return [p for p in queue(setting_of(office, sitting.id, sitting.current)) if not talk.heard(p)]


def _guest(office: Office) -> Place | None:
    """Who was called in for what is being deliberated, and is there: may read it just now."""
    sitting = _open(office)
    if sitting is None or sitting.current is None:
        return None
    here = (p for p in sitting.guests(sitting.current) if sitting.is_present(p))
    return Place(tuple(here)[:1], reverse("item", args=[sitting.current])) if here else None


def _deciding(office: Office) -> Place | None:
    sitting = _open(office)
    return _room(sitting, sitting.chair) if sitting and sitting.current else None


def _closing(office: Office) -> Place | None:
    sitting = _open(office)
    return _room(sitting, sitting.chair) if sitting else None


# ── after the meeting ────────────────────────────────────────────────────────────────────────


def _setting(office: Office) -> Place | None:
    """A matter whose unit, owner or day is missing."""
    tasks = (t for s in _planned(office) for t in s.tasks)
    found = (d for t in tasks for d in _owed(office, "task", t, "set_task"))
    return _place(found, lambda duty: reverse("task", args=[duty.subject]))


def _late(office: Office) -> Iterator[str]:
    """Tasks under way: the late ones, then the others."""
    state = office.state
    every = [state.tasks[t] for t in sorted(state.open_tasks)]
    out = [t for t in every if state.sittings[t.sitting].minutes and t.status == "open"]
    return (t.id for t in sorted(out, key=lambda t: not overdue(t, office.now)))


def _reporting(office: Office) -> Place | None:
    found = (d for t in _late(office) for d in _owed(office, "task", t, "complete_task"))
    return _place(found, lambda duty: reverse("task", args=[duty.subject]))


def _reminding(office: Office) -> Place | None:
    late = (t for t in _late(office) if any(_owed(office, "task", t, "complete_task")))
    task = next(late, None)
    if task is None:
        return None
    people, citation = _whose(office, RemindOwner(task=task))
    return Place(people[:1], reverse("task", args=[task]), citation) if people else None


def _whose(office: Office, act: Act) -> tuple[tuple[str, ...], Citation | None]:
    """Who may do an act, by the seats that the rules reserve it to, and by which clause."""
    deed = Deed(act=act, actor=office.person, at=office.now)
    setting = place(deed, office.state)
    if isinstance(setting, Rejected):
        return (), None
    book, name = setting.book, act.name()
    people = (p for seat in book.seats_for(name) for p in holders(setting, seat))
    return tuple(people), next((b.citation for b in book.for_act(name)), None)


def _striking(office: Office) -> Place | None:
    done = (t for t in sorted(office.state.open_tasks))
    found = (d for t in done for d in _owed(office, "task", t, "close_task"))
    return _place(found, lambda duty: reverse("task", args=[duty.subject]))


def _ledger(office: Office) -> Place | None:
    return _as_chair(office, reverse("tasks") + "?state=late")


def _compliance(office: Office) -> Place | None:
    return _as_chair(office, reverse("reports"))


def _as_chair(office: Office, page: str) -> Place | None:
    chair = next((s.chair for s in _planned(office) if s.chair), None)
    return Place((chair,), page) if chair else None


Row = tuple[str, str, str, Find]
"""Chapter, key, where such things are listed, how to find one."""

PATH: Final[tuple[Row, ...]] = (
    ("before", "collate", "items", _item("collate_item")),
    ("before", "approve", "items", _item("approve_item")),
    ("before", "notice", "sittings", _sitting("receive_notice")),
    ("before", "leave", "sittings", _sitting("grant_leave")),
    ("during", "room", "sittings", _looking),
    ("during", "early", "sittings", _too_early),
    ("during", "guest", "sittings", _guest),
    ("during", "speak", "sittings", _speaking),
    ("during", "decide", "sittings", _deciding),
    ("during", "close", "sittings", _closing),
    ("after", "record", "sittings", _sitting("close_record", "record")),
    ("after", "set", "tasks", _setting),
    ("after", "minutes", "sittings", _sitting("issue_minutes", "minutes")),
    ("followup", "report", "tasks", _reporting),
    ("followup", "remind", "tasks", _reminding),
    ("followup", "strike", "tasks", _striking),
    ("followup", "ledger", "tasks", _ledger),
    ("followup", "compliance", "reports", _compliance),
)
"""The whole path, in order."""


def posts(office: Office) -> dict[str, Any]:
    """What each person is, for the buttons that step into them."""
    return {role.value: role for role in office.roles}

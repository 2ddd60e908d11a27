"""What can be chosen for a field of an act, out of the state and the rules that bind it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final

import msgspec

from yishi.procedure.act import Act, Deed
from yishi.procedure.adjusting import RequestAdjustment, old_tasks
from yishi.procedure.calling import Cadence, period_of
from yishi.procedure.charters import GENERAL, EnactCharter, RepealCharter
from yishi.procedure.decide import place
from yishi.procedure.enact import INSTITUTION_WIDE, Rulebook, book_of, digests_on, version_on
from yishi.procedure.followup import ReportUp
from yishi.procedure.offers import Offer
from yishi.procedure.practice import TOPICS
from yishi.procedure.resting import changeable, stands_alone
from yishi.procedure.scope import Scope
from yishi.procedure.seats import SECTION, holders
from yishi.procedure.state import Sitting, Task
from yishi.procedure.supervising import ReportedTo
from yishi.procedure.verdict import Message, Rejected
from yishi.register.models import DecisionRow
from yishi.web.acts.grounds import reads_item
from yishi.web.acts.inputs import Choice
from yishi.web.lists import readable
from yishi.web.office import Office
from yishi.wording import Names
from yishi.wording.formats import placed

MOST: Final = 200
"""Decisions that a form lets one choose among."""


class Asked:
    """A form being made: whose, of which act, on which subject."""

    def __init__(self, office: Office, kind: type[Act], subject: dict[str, str]) -> None:
        self.office, self.kind, self.subject = office, kind, subject
        self.state = office.state
        self.made: dict[str, tuple[Choice, ...]] = {}
        self.adjustment = self.state.adjustments.get(subject.get("adjustment", ""))
        self.sitting: Sitting | None = self.state.sittings.get(self._sitting())

    def _sitting(self) -> str:
        if "sitting" in self.subject:
            return self.subject["sitting"]
        if self.adjustment is not None:
            return self.state.tasks[self.adjustment.task].sitting
        for name, held in (("task", self.state.tasks), ("item", self.state.items)):
            found: Any = held.get(self.subject.get(name, ""))
            if found is not None and found.sitting:
                return str(found.sitting)
        return ""

    @property
    def body(self) -> str:
        """The body that the act concerns; empty while the form is to choose it."""
        if self.sitting is not None:
            return self.sitting.body
        for name, held in (("item", self.state.items), ("task", self.state.tasks)):
            found: Any = held.get(self.subject.get(name, ""))
            if found is not None:
                return str(found.body)
        wide = self.kind.name() in INSTITUTION_WIDE
        return self.subject.get("body", GENERAL if wide else "")

    @property
    def book(self) -> Rulebook | None:
        """The rules that will judge the act; a change follows those of the day it is asked for."""
        asked, changing = self.adjustment, self.kind is RequestAdjustment
        if self.sitting is not None and asked is None and not changing:
            return book_of(self.state, self.sitting.charters)
        day = (asked.asked_on if asked else None) or self.office.now.date()
        if self.body in self.state.bodies and (asked or changing):
            day = self.state.bodies[self.body].last_day(day)
        if not self.body or version_on(self.state, self.body, day) is None:
            return None
        return book_of(self.state, digests_on(self.state, self.body, day))

    @property
    def names(self) -> Names:
        """Names as the charter of that body prints them."""
        return self.office.names_for(self.body) if self.body else self.office.names


def choices(asked: Asked, field: msgspec.structs.FieldInfo) -> tuple[Choice, ...]:
    """What can be chosen for a field; nothing where it is written freely."""
    return choices_named(asked, field.name)


def choices_named(asked: Asked, name: str) -> tuple[Choice, ...]:
    """What can be chosen for a field by its name."""
    if name not in CHOICES:
        return ()
    if name not in asked.made:
        asked.made[name] = tuple(CHOICES[name](asked))
    return asked.made[name]


def people(asked: Asked, ids: Iterable[str]) -> list[Choice]:
    """People with their posts."""
    return [Choice(p, asked.office.names.person(p), posts(asked, p)) for p in dict.fromkeys(ids)]


def posts(asked: Asked, person: str) -> str:
    """What a person is, in the sitting or on the roster today."""
    sitting, names = asked.sitting, asked.names
    if sitting is not None:
        for seat in (*sitting.members, *sitting.in_attendance):
            if seat.person == person:
                unit = names.unit(seat.unit) if seat.unit else ""
                return placed(unit, seat.post)
    held = asked.state.roster.posts_of(person, asked.office.now.date())
    return asked.office.catalogue.word("shapes", "join").join(
        dict.fromkeys(placed(names.unit(a.unit) if a.unit else "", a.post) for a in held)
    )


def _attendees(asked: Asked) -> list[Choice]:
    sitting = asked.sitting
    if asked.kind.new == "posting":
        return people(asked, sorted(asked.state.roster.people))
    if sitting is None or asked.kind.name() == "name_substitute":
        return _everybody(asked)
    guests = (p for held in sitting.invited.values() for p in held)
    chair = (sitting.chair,) if sitting.chair else ()
    return people(asked, (*sitting.people, *chair, *guests))


def _everybody(asked: Asked) -> list[Choice]:
    today = asked.office.now.date()
    roster = asked.state.roster
    active = [p for p in roster.people if any(True for _ in roster.posts_of(p, today))]
    return people(asked, sorted(active, key=lambda p: (posts(asked, p) or "~", p)))


def _receivers(asked: Asked) -> list[Choice]:
    """Whom the rules let the office report to; everybody where they say nothing of it."""
    office, task = asked.office, asked.subject.get("task", "")
    if task not in asked.state.tasks:
        return _everybody(asked)
    act = ReportUp(task=task, to=office.person, words="…")
    setting = place(Deed(act=act, actor=office.person, at=office.now), asked.state)
    rule = None if isinstance(setting, Rejected) else setting.book.rule(ReportedTo)
    if rule is None or isinstance(setting, Rejected):
        return _everybody(asked)
    return people(asked, (p for seat in rule.any_of for p in holders(setting, seat)))


def _owners(asked: Asked) -> list[Choice]:
    return _everybody(asked)


def _units(asked: Asked) -> list[Choice]:
    if asked.kind.name() == "receive_charter":
        return _own_units(asked)
    if asked.kind.name() in ("propose_post", "close_unit"):
        return [*_sections(asked), *_counters(asked)]
    return _sections(asked)


def _sections(asked: Asked) -> list[Choice]:
    units = asked.state.roster.open_units(SECTION, asked.office.now.date())
    return [Choice(u.id, u.name) for u in units]


def _own_units(asked: Asked) -> list[Choice]:
    mine = asked.state.roster.units_of(asked.office.person, asked.office.now.date())
    every = _sections(asked)
    return sorted(every, key=lambda c: c.value not in mine)


def _counters(asked: Asked) -> list[Choice]:
    today = asked.office.now.date()
    return [
        Choice(u.id, u.name)
        for _, u in sorted(asked.state.roster.units.items())
        if u.kind != SECTION and (u.until is None or today <= u.until)
    ]


def _bodies(asked: Asked) -> list[Choice]:
    found = (b for b in sorted(asked.state.bodies) if b != GENERAL)
    return [Choice(b, asked.office.names.body(b)) for b in found]


def _matters(asked: Asked) -> list[Choice]:
    if asked.book is None:
        return []
    words = asked.office.catalogue
    return [
        Choice(r.matter, r.label, words.text(f"page.form.judged_{r.judged}") if r.judged else "")
        for r in asked.book.all_of(Scope)
    ]


def _agenda(asked: Asked) -> list[Choice]:
    sitting, state = asked.sitting, asked.state
    if sitting is None:
        return []
    waiting = (i for i in state.bodies[sitting.body].waiting if state.items[i].status == "approved")
    return _titled(asked, (*sitting.agenda, *(i for i in waiting if reads_item(asked.office, i))))


def _titled(asked: Asked, items: Iterable[str]) -> list[Choice]:
    """Items by their titles; by their place alone where whoever asks may not read them."""
    every = enumerate(dict.fromkeys(items), 1)
    return [
        Choice(i, asked.state.items[i].title, _raised_by(asked, i))
        if reads_item(asked.office, i)
        else Choice(i, asked.office.catalogue.text("page.sittings.item_at", n=n))
        for n, i in every
    ]


def _raised_by(asked: Asked, item: str) -> str:
    lead = asked.state.items[item].lead_unit
    return asked.names.unit(lead) if lead else ""


def _decisions(asked: Asked) -> list[Choice]:
    """The latest decisions of the body that may be read.

    Rules may be made and ended by the decision of another body.
    """
    rows = DecisionRow.objects.filter(
        readable(asked.office, "decision"), institution=asked.office.institution
    ).order_by("-at", "-id")
    if asked.kind not in (EnactCharter, RepealCharter):
        rows = rows.filter(body=asked.body)
    latest = rows.values_list("subject", flat=True)[:MOST]
    made = (asked.state.decisions[d] for d in latest if d in asked.state.decisions)
    return [Choice(d.id, asked.state.items[d.item].title, d.words[:40]) for d in made]


def _changeable(asked: Asked) -> list[Choice]:
    """The decisions that an item may change, each with its meeting: titles come again and again."""
    words, names, state = asked.office.catalogue, asked.names, asked.state
    found = []
    for one in _decisions(asked):
        decision = state.decisions[one.value]
        if changeable(state, decision):
            sitting = words.sentence(Message("page.named_sitting", {"s": decision.sitting}), names)
            hint = words.word("shapes", "phrases").join((sitting, one.hint))
            found.append(msgspec.structs.replace(one, hint=hint))
    return found


def _changeable_tasks(asked: Asked) -> list[Choice]:
    """The tasks in hand that come from no decision of the body's, for those who may read them."""
    state = asked.state
    mine = (state.tasks[key] for key in state.open_tasks)
    alone = (one for one in mine if one.body == asked.body and stands_alone(state, one))
    return [_a_task(asked, one) for one in alone if asked.office.reads("task", one.id).allowed]


def _items_here(asked: Asked) -> list[Choice]:
    """Items that stand on the meeting's agenda, and those it has put off since."""
    sitting = asked.sitting
    return _titled(asked, (*sitting.agenda, *sitting.deliberations)) if sitting else []


def _corrects(asked: Asked) -> list[Choice]:
    """What stands in the record, for those who may read it."""
    sitting = asked.sitting
    if sitting is None or not asked.office.reads("record", sitting.id).allowed:
        return []
    record = sitting.record
    notes = [Choice(key, words[:60]) for key, _, words in (*record.notes, *record.corrections)]
    talks = [Choice(i, asked.state.items[i].title) for i in sitting.taken]
    return [*notes, *talks]


def _requests(asked: Asked) -> list[Choice]:
    """What members asked to have corrected and nobody answered, for those who answer it."""
    sitting = asked.sitting
    if sitting is None or not isinstance(asked.office.ask(asked.kind, asked.subject), Offer):
        return []
    return [Choice(one.id, one.words[:60]) for one in sitting.pending.open]


def _old_tasks(asked: Asked) -> list[Choice]:
    """Tasks in hand of the decision that the item changes: by whom and until when.

    Where the form has yet to choose the item, it is the one before the meeting.
    """
    before = asked.sitting.current if asked.sitting is not None else None
    item = asked.state.items.get(asked.subject.get("item", before or ""))
    old = old_tasks(asked.state, item) if item else ()
    return [_a_task(asked, asked.state.tasks[key]) for key in old]


def _a_task(asked: Asked, task: Task) -> Choice:
    """A task with who carries it out, and until when."""
    office, words = asked.office, asked.office.catalogue
    unit = task.unit or task.counter
    said = [asked.names.unit(unit)] if unit else []
    said += [office.names.person(task.owner)] if task.owner else []
    if task.due_on:
        said.append(words.text("page.tasks.due_by", day=task.due_on))
    return Choice(task.id, task.words, words.word("shapes", "join").join(said))


def _periods(asked: Asked) -> list[Choice]:
    rule = asked.book.rule(Cadence) if asked.book else None
    every = rule.every if rule else "month"
    today, step = asked.office.now.date(), 7 if every == "week" else 28
    found = dict.fromkeys(period_of(today - timedelta(days=step * n), every) for n in range(54))
    explained = asked.state.bodies[asked.body].explained if asked.body else {}
    words = asked.office.catalogue

    def named(period: str) -> str:
        told = "period_explained" if period in explained else "period"
        return words.text(f"page.form.{told}", p=period)

    return [Choice(p, named(p)) for p in sorted(found, key=lambda p: p in explained)]


def _posts(asked: Asked) -> list[Choice]:
    """Every printed name of a post: what the charters name, and what anybody holds or held."""
    state, names = asked.state, asked.office.names
    found: dict[str, str] = {}
    for body in sorted(state.bodies, key=lambda b: (b == GENERAL, b)):
        for _, digest in state.bodies[body].versions:
            for posts in state.charters[digest].posts.values():
                found |= {post: names.body(body) for post in posts if post not in found}
    found |= {post: "" for post in state.roster.appointments if post not in found}
    return [Choice(post, post, hint) for post, hint in found.items()]


def _literal(table: str, *values: str) -> Callable[[Asked], list[Choice]]:
    def made(asked: Asked) -> list[Choice]:
        return [Choice(v, asked.office.catalogue.word(table, v)) for v in values]

    return made


def _presences(asked: Asked) -> list[Choice]:
    every = ("unknown", "present", "left") if asked.kind.name() == "correct_presence" else ()
    return _literal("states.presence", *every, "leave", "absent")(asked)


CHOICES: Final[dict[str, Callable[[Asked], list[Choice]]]] = {
    "person": _attendees,
    "member": _attendees,
    "rapporteur": _attendees,
    "owner": _owners,
    "to": _receivers,
    "people": _everybody,
    "unit": _units,
    "lead_unit": _own_units,
    "co_units": _units,
    "counter": _counters,
    "body": _bodies,
    "matter": _matters,
    "item": _items_here,
    "items": _agenda,
    "changes": _changeable,
    "changes_task": _changeable_tasks,
    "decision": _decisions,
    "corrects": _corrects,
    "request": _requests,
    "continues": _old_tasks,
    "ends": _old_tasks,
    "period": _periods,
    "post": _posts,
    "change": _literal("changes", "appoint", "remove"),
    "unit_kind": _literal("unit_kinds", "section", "counter"),
    "kind": _literal("sitting_kinds", "ordinary", "extra"),
    "stance": _literal("stances", "for", "against", "abstain", "none"),
    "outcome": _literal("outcomes", "adopt", "agree_in_principle", "reject", "postpone", "noted"),
    "status": _presences,
    "parts": _literal("parts", "content", "proposal"),
    "practice": _literal("practices", *TOPICS),
}
"""For each field that is chosen, its choices."""

"""Kinds of rules that keep changes of people in check (任免复核, 管理员不兼职, 移交, 代行)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from yishi.charter.model import Charter
from yishi.procedure.requests import Posting
from yishi.procedure.rule import KEPT, Check, Kind, View
from yishi.procedure.setting import Setting
from yishi.procedure.verdict import Message
from yishi.roster.model import Appointment
from yishi.values.text import Id


class SecondPerson(Kind, frozen=True, kw_only=True):
    """A change of posts takes effect by a second person: not who proposed it, nor whom it is about.

    The report shows every change of a post that the body's charter names.
    """

    topic: ClassVar[str] = "second_person"
    governs: ClassVar[tuple[str, ...]] = ("confirm_post",)

    def judge(self, setting: Setting) -> Message | None:
        asked = setting.posting
        assert asked is not None
        if setting.actor == asked.by:
            return Message("second_person.proposer", {"person": asked.by})
        if setting.actor == asked.person:
            return Message("second_person.concerned", {"person": asked.person})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset()

    def inspect(self, view: View) -> Iterator[Check]:
        if view.period is None:
            return
        named = _posts_named(view)
        for asked in view.state.postings.values():
            at = asked.settled_at
            made = asked.status == "confirmed" and asked.post in named
            if made and at is not None and view.period[0] <= at <= view.period[1]:
                yield Check("kept", asked.id, _told(asked))


def _posts_named(view: View) -> frozenset[str]:
    """The printed names of the posts that the body's charter declares."""
    log = view.state.bodies.get(view.body)
    charters = (view.state.charters[digest] for _, digest in log.versions) if log else ()
    return frozenset(n for charter in charters for names in charter.posts.values() for n in names)


def _told(asked: Posting) -> Message:
    on = (asked.since if asked.change == "appoint" else asked.until) or date.min
    appointed = asked.change == "appoint"
    return Message(
        "second_person.appointed" if appointed else "second_person.removed",
        {
            "person": asked.person,
            "post": asked.post,
            "on": on,
            "by": asked.by,
            "second": asked.settled_by or "",
        },
    )


class KeptApart(Kind, frozen=True, kw_only=True):
    """Who holds this post holds none that the rules of a body name, and the other way round."""

    topic: ClassVar[str] = "separation"
    governs: ClassVar[tuple[str, ...]] = ("propose_post", "confirm_post")
    post: Id
    """Key of a post that the header declares."""

    def judge(self, setting: Setting) -> Message | None:
        asked = setting.posting or setting.act
        if asked.change != "appoint":
            return None
        kept = setting.book.post_names(self.post)
        named = setting.book.posts_of_bodies()
        others = named if asked.post in kept else kept if asked.post in named else ()
        held = _held_after(setting, asked.person, asked.since or setting.on)
        clash = sorted({a.post for a in held if a.post in others})
        if not clash:
            return KEPT
        return Message(
            "kept_apart.both",
            {"person": asked.person, "post": asked.post, "held": tuple(clash)},
        )

    def hinges(self) -> frozenset[str]:
        return frozenset({"change", "person", "post"})

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        if self.post not in charter.posts:
            yield "post", Message("lint.unknown_post", {"post": self.post})


def _held_after(setting: Setting, person: str, since: date) -> Iterator[Appointment]:
    """What a person holds on a day, or will hold later."""
    for held in setting.state.roster.appointments.values():
        for one in held:
            if one.person == person and (one.until is None or one.until >= since):
                yield one


class PostHeld(Kind, frozen=True, kw_only=True):
    """A post is given to who does not hold it, ended for who does, and begins before it ends.

    One in a unit is held while the unit is there.
    """

    topic: ClassVar[str] = "posts"
    governs: ClassVar[tuple[str, ...]] = ("propose_post", "confirm_post")

    def judge(self, setting: Setting) -> Message | None:
        asked = setting.posting or setting.act
        first, last = asked.since, asked.until
        if first is not None and last is not None and last < first:
            return Message("post_held.ends_first", {"since": first, "until": last})
        if asked.change == "remove":
            return _ended(setting, asked, last)
        if first is None:
            return Message("post_held.no_first_day", {"person": asked.person, "post": asked.post})
        if _same(setting, asked, first):
            return Message("post_held.held_already", {"person": asked.person, "post": asked.post})
        return _while_it_is_there(setting, asked.unit, first, last) or KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"change", "person", "post", "unit", "since", "until"})


def _while_it_is_there(
    setting: Setting, name: str | None, first: date, last: date | None
) -> Message | None:
    """What stands against a post in a unit for that time; nothing for one in no unit."""
    if name is None:
        return None
    unit = setting.state.roster.units[name]
    if unit.since > first:
        return Message("post_held.unit_ahead", {"unit": name, "since": unit.since})
    if unit.until is not None and (last is None or last > unit.until):
        return Message("post_held.unit_ends", {"unit": name, "until": unit.until})
    return None


def _ended(setting: Setting, asked: Posting, last: date | None) -> Message:
    if last is None:
        return Message("post_held.no_last_day", {"person": asked.person, "post": asked.post})
    if _same(setting, asked, last):
        return KEPT
    return Message("post_held.not_held", {"person": asked.person, "post": asked.post})


def _same(setting: Setting, asked: Posting, on: date) -> bool:
    """Whether the person holds this very post on the day."""
    held = setting.state.roster.holding((asked.post,), on)
    return any(a.person == asked.person and a.unit == asked.unit for a in held)


class UnitFree(Kind, frozen=True, kw_only=True):
    """A unit is closed when nobody holds a post in it any more and no task waits for it.

    Its last day is none before its first.
    """

    topic: ClassVar[str] = "units"
    governs: ClassVar[tuple[str, ...]] = ("close_unit",)

    def judge(self, setting: Setting) -> Message | None:
        state, unit, last = setting.state, setting.act.unit, setting.act.until
        since = state.roster.units[unit].since
        if last < since:
            return Message("unit_free.ends_first", {"unit": unit, "since": since, "until": last})
        people = {
            a.person
            for held in state.roster.appointments.values()
            for a in held
            if a.unit == unit and (a.until is None or a.until > last)
        }
        if people:
            return Message("unit_free.posts", {"unit": unit, "people": tuple(sorted(people))})
        carried = (state.tasks[t] for t in sorted(state.open_tasks))
        left = [t.words for t in carried if unit in (t.unit, t.counter)]
        if left:
            return Message("unit_free.tasks", {"unit": unit, "count": len(left)})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"unit", "until"})


class NewOwner(Kind, frozen=True, kw_only=True):
    """A task is handed over to somebody else, who holds a post."""

    topic: ClassVar[str] = "handing_over"
    governs: ClassVar[tuple[str, ...]] = ("hand_over_task",)

    def judge(self, setting: Setting) -> Message | None:
        owner, task = setting.act.owner, setting.task
        if task is not None and owner == task.owner:
            return Message("new_owner.same", {"person": owner})
        if not any(True for _ in setting.state.roster.posts_of(owner, setting.on)):
            return Message("new_owner.no_post", {"person": owner})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"owner"})


class AbleToCarry(Kind, frozen=True, kw_only=True):
    """A task is given to a unit that there is, and to an owner who holds a post (承办条件).

    A unit whose end is settled takes on only what is due before it; minutes name nobody who has
    left since the task was given.
    """

    topic: ClassVar[str] = "carriers"
    happens: ClassVar[bool] = False
    governs: ClassVar[tuple[str, ...]] = (
        "decide_item",
        "assign_task",
        "draft_task",
        "set_task",
        "issue_minutes",
        "bring_task",
    )

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "issue_minutes":
            return self._in_minutes(setting)
        drafts = getattr(setting.act, "tasks", (setting.act,))
        for draft in drafts:
            due = draft.due_on or (setting.task.due_on if setting.task else None)
            found = _unfit(setting, draft, due)
            if found is not None:
                return found
        return KEPT if any(d.unit or d.counter or d.owner for d in drafts) else None

    def _in_minutes(self, setting: Setting) -> Message | None:
        tasks = [setting.state.tasks[t] for t in setting.sitting.tasks] if setting.sitting else []
        for task in tasks:
            found = _unfit(setting, task, task.due_on)
            if found is not None:
                return Message(f"{found.id}_in_minutes", {**found.params, "task": task.id})
        return KEPT if tasks else None

    def hinges(self) -> frozenset[str]:
        return frozenset({"unit", "counter", "owner", "due_on", "tasks"})


def _unfit(setting: Setting, task: Any, due: date | None) -> Message | None:
    """What stands against the unit, the counter or the owner that a task names."""
    roster, on = setting.state.roster, setting.on
    for name in filter(None, (task.unit, task.counter)):
        unit = roster.units[name]
        if unit.since > on:
            return Message("able_to_carry.unit_ahead", {"unit": name, "since": unit.since})
        last = unit.until
        if last is not None and (last < on or due is None or due > last):
            which = "unit_closed" if last < on else "unit_ends"
            return Message(f"able_to_carry.{which}", {"unit": name, "until": last})
    if task.owner and task.owner not in roster.in_office(on):
        return Message("able_to_carry.no_post", {"person": task.owner})
    return None


class StandsIn(Kind, frozen=True, kw_only=True):
    """A substitute is named while the secretary is away: on leave, absent, or out of the room."""

    topic: ClassVar[str] = "substitute"
    governs: ClassVar[tuple[str, ...]] = ("name_substitute",)
    modalities: ClassVar[tuple[str, ...]] = ("must", "presumed")

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        assert sitting is not None
        secretary = sitting.secretary
        if secretary is None:
            return KEPT
        leave, there = sitting.leaves.get(secretary), sitting.presence.get(secretary)
        granted = leave is not None and leave.status == "granted"
        away = there is not None and there.status in ("left", "leave", "absent")
        if away or (granted and there is None):
            return KEPT
        return Message("stands_in.secretary_here", {"person": secretary})

    def hinges(self) -> frozenset[str]:
        return frozenset()

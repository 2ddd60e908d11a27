"""What every story knows: the state so far, the time, chance, and who may do what."""

from collections.abc import Callable, Generator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeAlias, TypeVar

import msgspec

from yishi.cases.simulating.habits import Habits, days
from yishi.cases.simulating.phrases import Phrases, Subject
from yishi.charter.workdays import WorkCalendar
from yishi.chronicle.history import followed
from yishi.procedure import seats
from yishi.procedure.act import Act, Deed
from yishi.procedure.charters import GENERAL
from yishi.procedure.composition import PresidedBy, RecordedBy
from yishi.procedure.decide import judge, place
from yishi.procedure.enact import Rulebook, book_of, digests_on, version_on
from yishi.procedure.order import ReservedTo
from yishi.procedure.paper import enterable
from yishi.procedure.rule import Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Accepted, Refused, Rejected, Verdict

T = TypeVar("T")


class Do(msgspec.Struct, frozen=True):
    """Somebody does something now; of what is entered from paper, somebody did it before."""

    act: Act
    actor: str
    reason: str | None = None
    behalf: str | None = None
    held_at: datetime | None = None


class Entering(msgspec.Struct, frozen=True):
    """A sitting is being entered from paper: by whom, and when that is (纸质补录)."""

    sitting: str
    hand: str
    at: datetime


class Begin(msgspec.Struct, frozen=True):
    """Another story goes its own way from now on."""

    story: Any


Step: TypeAlias = datetime | Do | Begin
"""What a story yields: to go on at a time, an act, another story."""

Story: TypeAlias = Generator[Step, Verdict | None, T]


class Dice:
    """Chance, with the bags and the words that are drawn by it."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.phrases = rng, Phrases(rng)
        self.bags: dict[str, list[bool]] = {}


class Office:
    """The institution as its people know it, kept up by what the verdicts say happened."""

    def __init__(self, state: State, seed: str, start: datetime, habits: Habits) -> None:
        self.state, self.now, self.habits = state, start, habits
        self._dice = Dice(Random(seed))
        self._apart = Dice(Random(f"{seed}/apart"))
        self.entering: Entering | None = None
        self.subjects: dict[str, Subject] = {}
        self.heard: set[tuple[str, str]] = set()
        self.place_of: Callable[[str], str] | None = None
        self.package_of: Callable[[str], str] | None = None
        self.staying: frozenset[str] = frozenset()
        self._numbers: dict[str, int] = {}

    # ── chance ────────────────────────────────────────────────────────────────────────────────

    def chance(self, name: str) -> bool:
        """Whether something that happens so often happens this time.

        Drawn from a bag that holds it once (or lacks it once), so that what is rare does come.
        """
        often = int(getattr(self.habits.chance, name))
        rare = min(often, 100 - often)
        bags = self._dice.bags
        if not bags.get(name):
            bag = [False] * (round(100 / rare) if rare else 1)
            bag[self._dice.rng.randrange(len(bag))] = rare > 0
            bags[name] = bag
        return bags[name].pop() == (often <= 50)

    def rarely(self, name: str) -> bool:
        """The same, drawn with the dice that leave all others as they fall.

        Within a story that has those already it is drawn with the others.
        """
        self._swap()
        try:
            return self.chance(name)
        finally:
            self._swap()

    def apart(self, story: "Story[T]") -> "Story[T]":
        """The story, told with dice of its own: what is thrown elsewhere falls as without it."""
        told: Verdict | None = None
        while True:
            self._swap()
            try:
                step = story.send(told)
            except StopIteration as end:
                found: T = end.value
                return found
            finally:
                self._swap()
            told = yield step

    def _swap(self) -> None:
        self._dice, self._apart = self._apart, self._dice

    @property
    def phrases(self) -> Phrases:
        """The words in use."""
        return self._dice.phrases

    def pick(self, among: Sequence[T]) -> T:
        """One of them."""
        return self._dice.rng.choice(among)

    def weighed(self, among: Sequence[T], weights: Sequence[int]) -> T:
        """One of them, some likelier than others."""
        return self._dice.rng.choices(among, weights)[0]

    def between(self, least: int, most: int) -> int:
        """A number from least to most, both possible."""
        return self._dice.rng.randint(least, most)

    # ── what is so ────────────────────────────────────────────────────────────────────────────

    def take(self, deed: Deed, verdict: Verdict) -> None:
        """Go on from what the verdict says happened."""
        if not isinstance(verdict, Rejected):
            events = verdict.events if isinstance(verdict, Accepted) else ()
            self.state = followed(self.state, events, deed.at, deed.held_at)

    def governed(self) -> tuple[str, ...]:
        """The bodies that have rules of their own, in force already or from some day on."""
        return tuple(sorted(body for body in self.state.bodies if body != GENERAL))

    def bodies(self) -> tuple[str, ...]:
        """The bodies that have rules of their own just now."""
        on = self.now.date()
        return tuple(body for body in self.governed() if version_on(self.state, body, on))

    def begins(self, body: str) -> date:
        """Today, or the later day from which a body has rules."""
        since, _ = self.state.bodies[body].versions[0]
        return max(since, self.now.date())

    def book(self, body: str) -> Rulebook:
        """The rules that bind a body today."""
        return book_of(self.state, digests_on(self.state, body, self.now.date()))

    def rules_of(self, sitting: str) -> Rulebook:
        """The rules under which a sitting was convened."""
        return book_of(self.state, self.state.sittings[sitting].charters)

    def sitting(self, subject: str) -> Sitting:
        """The sitting as it stands."""
        return self.state.sittings[subject]

    def sections(self) -> tuple[str, ...]:
        """The sections that exist today."""
        return tuple(u.id for u in self.state.roster.open_units(seats.SECTION, self.now.date()))

    def setting(self, act: Act, actor: str | None = None) -> Setting | None:
        """What the rules would look at, were the act done now; from paper, were it entered."""
        who = actor or next(iter(self.state.roster.people))
        step = self.as_entered(Do(act, who, "…"))
        deed = deed_of(step, self.entering.at if self.entering else self.now)
        found = place(deed, self.state)
        return found if isinstance(found, Setting) else None

    def as_entered(self, step: Do) -> Do:
        """What somebody does, as it is entered from paper where one is just now doing that.

        Without a reason where the act needs none: with one it stands, whatever the rules say.
        """
        now = self.entering
        if now is None or not enterable(self.rules_of(now.sitting), step.act.name()):
            return step
        reason = step.reason if type(step.act).reasoned else None
        return Do(step.act, now.hand, reason, step.actor, self.now)

    def entitled(self, act: Act) -> tuple[str, ...]:
        """Everybody in whose hands the rules put the act; nobody when they name no one."""
        setting = self.setting(act)
        if setting is None:
            return ()
        named = [_named(b.rule, setting) for b in setting.book.for_act(act.name())]
        asked = [people for people in named if people is not None]
        if not asked:
            return ()
        return tuple(p for p in asked[0] if all(p in people for people in asked))

    def would(self, act: Act, actor: str) -> Accepted | Refused | None:
        """The verdict, were the act done now with a reason."""
        setting = self.setting(act, actor)
        return judge(setting) if setting else None

    # ── what is done ──────────────────────────────────────────────────────────────────────────

    def do(
        self, act: Act, by: str | None = None, reason: str | None = None, after: int = 0
    ) -> Story[Verdict | None]:
        """Somebody does the act, some minutes from now; nobody does when nobody may."""
        if after:
            yield self.now + timedelta(minutes=after)
        if by is None:
            people = self.entitled(act)
            by = self.pick(people) if people else None
        if by is None:
            return None
        return (yield Do(act, by, reason))

    def new(self, sort: str) -> str:
        """An id that nothing has yet."""
        there: Any = getattr(self.state, f"{sort}s", {})
        number = self._numbers.get(sort, len(there)) + 1
        while f"{sort}-{number:04d}" in there:
            number += 1
        self._numbers[sort] = number
        return f"{sort}-{number:04d}"

    # ── days and hours ────────────────────────────────────────────────────────────────────────

    def is_workday(self, day: date) -> bool:
        """Whether the office is open, as far as anybody knows yet."""
        calendar: WorkCalendar = self.state.calendar
        if not calendar.is_confirmed(day.year) and f"{day:%m-%d}" in days().always:
            return False
        return calendar.is_workday(day)

    def workday(self, day: date, step: int = 1) -> date:
        """The day itself if it is worked, else the next one, or the last before it."""
        while not self.is_workday(day):
            day += timedelta(days=step)
        return day

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A time of a day in the institution's own offset."""
        return datetime.combine(day, time(hour, minute), self.now.tzinfo)

    def later(self, least: int, most: int) -> datetime:
        """An hour of work some days from now."""
        day = self.workday(self.now.date() + timedelta(days=self.between(least, most)))
        hour = self.pick((9, 10, 11, 15, 16))
        return max(self.now, self.moment(day, hour, self.between(0, 59)))

    def in_hours(self, day: date) -> datetime:
        """An hour of work on that day, or the first workday after it."""
        found = self.moment(self.workday(day), self.pick((9, 10, 11, 15, 16)), self.between(0, 59))
        return max(self.now, found)


def stands(verdict: Verdict | None) -> bool:
    """Whether the act was done."""
    return isinstance(verdict, Accepted)


def deed_of(step: Do, at: datetime) -> Deed:
    """What a story does, as a deed of that moment."""
    return Deed(
        act=step.act,
        actor=step.actor,
        at=at,
        reason=step.reason,
        behalf=step.behalf,
        held_at=step.held_at,
    )


def _named(rule: Kind, setting: Setting) -> tuple[str, ...] | None:
    """The people a rule names for the act; None when it is about something else."""
    sitting = setting.sitting
    if isinstance(rule, RecordedBy):
        return sitting.keepers[-1:] if sitting else ()
    if isinstance(rule, PresidedBy):
        return (sitting.chair,) if sitting and sitting.chair else ()
    if not isinstance(rule, ReservedTo):
        return None
    if "anyone" in rule.by:
        return tuple(sorted(setting.state.roster.people))
    return tuple(dict.fromkeys(p for seat in rule.by for p in seats.holders(setting, seat)))

"""Who asks, of which institution, and what is the case just now: made once for each request."""

from collections.abc import Container, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from django.http import HttpRequest
from django.utils import timezone

from yishi.accounts.models import Account
from yishi.chronicle.history import Transaction
from yishi.clerk.memory import MEMORY, Held
from yishi.procedure.access import EVERYBODY, Access, may_read, readers
from yishi.procedure.act import Act
from yishi.procedure.bringing import BEFORE
from yishi.procedure.decide import SUBJECTS
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, Withheld, alone, ask, questions
from yishi.procedure.reading import Thing
from yishi.procedure.state import Sitting, State
from yishi.profiles.models import Held as Version
from yishi.profiles.models import versions_of
from yishi.profiles.templates import Own, templates_of
from yishi.roster.model import Appointment
from yishi.web.answers import REMEMBERED, Answers
from yishi.wording import Catalogue, Names
from yishi.wording.source import LANGUAGES

NAMED: Final = (*SUBJECTS, "body")
"""Fields that say what an act is about."""

CATALOGUES = {language: Catalogue(language) for language in LANGUAGES}
"""The words of every language, read once for the whole process."""


class Role(msgspec.Struct, frozen=True):
    """Somebody whom a demonstration lets one step into."""

    value: str
    label: str
    hint: str


class Office:
    """What a page may know: the state as it stands, the person who asks, and their language."""

    past: Iterable[Transaction] | None = None
    """What tells of the past where that is not in the journal yet; None: the journal."""

    def __init__(self, account: Account, language: str) -> None:
        self.account = account
        self.institution = account.institution
        self.person = account.person
        self.language = language
        self.catalogue = CATALOGUES[language]

    @cached_property
    def held(self) -> Held:
        """The state and its place in the chain: one query."""
        return MEMORY.at(self.institution)

    @property
    def state(self) -> State:
        """The institution as its journal tells it."""
        return self.held.state

    @property
    def seq(self) -> int:
        """The place in the chain that this page shows."""
        return self.held.head.seq

    @cached_property
    def zone(self) -> ZoneInfo:
        """The institution's own time zone."""
        return ZoneInfo(self.state.zone or "Asia/Shanghai")

    @cached_property
    def now(self) -> datetime:
        """Now, on the institution's clock, never before what has already happened."""
        moment = timezone.now().astimezone(self.zone).replace(microsecond=0)
        latest = self.state.latest
        return max(moment, latest) if latest is not None else moment

    @cached_property
    def profiles(self) -> tuple[Version, ...]:
        """Every version of how this institution's papers look: one query."""
        return versions_of(self.institution)

    @cached_property
    def templates(self) -> tuple[Own, ...]:
        """Every version of its Word templates, without their bytes: one query."""
        return templates_of(self.institution)

    @cached_property
    def names(self) -> Names:
        """Names of people, units, bodies."""
        return Names(self.state)

    @cached_property
    def apart(self) -> Names:
        """The same, as papers write them: two people of one name are told apart."""
        shape, join = (self.catalogue.word("shapes", one) for one in ("told_apart", "join"))
        return self.names.apart(self.now.date(), shape, join)

    def names_for(self, body: str, on: date | None = None) -> Names:
        """Names as the body's charter prints them, posts and matters included.

        It is the one that binds on a day; without a day, or where none did, the latest.
        """
        log = self.state.bodies.get(body)
        latest = log.versions[-1][1] if log and log.versions else ""
        bound = log.version_on(on) if log and on else None
        return Names(self.state, self.state.charters.get(bound or latest))

    def matter(self, key: str, body: str) -> str:
        """The label under which a body's charter lists a matter; what was before has none."""
        if key == BEFORE:
            return self.catalogue.word("item_origins", BEFORE)
        return self.names_for(body).matter(key)

    @cached_property
    def roles(self) -> list[Role]:
        """Everybody whom a demonstration lets one step into, with what they are."""
        if not self.state.demonstration:
            return []
        today, roster = self.now.date(), self.state.roster
        every = {person: list(roster.posts_of(person, today)) for person in roster.people}
        placed = sorted((_standing(held), person) for person, held in every.items() if held)
        called_in = _called_in(self.state)
        return [self._role(person, every[person], person in called_in) for _, person in placed]

    def _role(self, person: str, held: list[Appointment], called_in: bool) -> Role:
        posts = [f"{self.names.unit(a.unit)} {a.post}" if a.unit else a.post for a in held]
        if called_in:
            posts.append(self.catalogue.word("archive_roles", "guest"))
        return Role(
            person, self.names.person(person), self.catalogue.word("shapes", "join").join(posts)
        )

    @cached_property
    def answers(self) -> Answers:
        """What the rules have answered to this person just now, for this page or one before."""
        return REMEMBERED.of(self.institution, self.held.head, self.now, self.person)

    @cached_property
    def parts(self) -> Answers:
        """Parts of pages as they read just now in this language, whoever looks."""
        return REMEMBERED.of(self.institution, self.held.head, self.now, f"*{self.language}")

    @cached_property
    def own_parts(self) -> Answers:
        """Parts of pages as they read just now in this language to this person."""
        asker = f"{self.person}*{self.language}"
        return REMEMBERED.of(self.institution, self.held.head, self.now, asker)

    @cached_property
    def facts(self) -> Answers:
        """What has been looked up of what happened, whoever asks."""
        return REMEMBERED.of(self.institution, self.held.head, self.now, "")

    def ask(self, kind: type[Act], subject: dict[str, str]) -> Offer | Withheld | None:
        """Whether this person may do an act on a subject just now, and why not."""
        return self.answers.to(
            (kind, *sorted(subject.items())),
            lambda: ask(self.state, self.person, self.now, kind, dict(subject)),
        )

    def offered(self, kind: type[Act], subject: dict[str, str]) -> Offer | None:
        """The offer to do an act on a subject just now; None where it is withheld.

        Of an act that belongs to others alone the rules are asked once, for everybody.
        """
        answer = self.ask(kind, subject) if self.may_have(kind, subject) else None
        return answer if isinstance(answer, Offer) else None

    def may_have(self, kind: type[Act], subject: dict[str, str], others: bool = False) -> bool:
        """Whether an act on a subject may be this person's at all: it is not others' alone.

        With `others`, an act about somebody else.
        """
        about = {name: value for name, value in subject.items() if name in NAMED}
        theirs = self.facts.to(
            ("alone", others, kind, *sorted(about.items())),
            lambda: alone(self.state, self.now, kind, about, others),
        )
        return theirs is None or self.person in theirs

    def may(
        self, about: dict[str, str], wanted: Container[str] = ACTS
    ) -> tuple[Offer | Withheld, ...]:
        """What this person may do about a subject just now, of the acts wanted, and why not."""
        given = (self.ask(*question) for question in questions(self.state, about, wanted))
        return tuple(answer for answer in given if answer is not None)

    def called_for(self, sitting: Sitting, item: str) -> bool:
        """Whether this person is called in for an item."""
        return self.person in sitting.guests(item)

    def readers(self, thing: Thing, subject: str) -> frozenset[str]:
        """Everyone who may read a thing just now, or `EVERYBODY`: asked once, whoever asks."""
        return self.facts.to(
            ("readers", thing, subject), lambda: readers(self.state, thing, subject, self.now)
        )

    def is_open(self, thing: Thing, subject: str) -> bool:
        """Whether a thing is open to this person: the same as `reads`, without the clause."""
        may, me = self.readers(thing, subject), self.person
        return me in may or (may == EVERYBODY and me in self.state.roster.people)

    def reads(self, thing: Thing, subject: str) -> Access:
        """Whether this person may read a thing, and by which clause."""
        return self.answers.to(
            (thing, subject),
            lambda: may_read(self.state, self.person, thing, subject, self.now),
        )


def _standing(held: list[Appointment]) -> tuple[str, date]:
    """Those who hold a post of the whole institution first, then unit by unit, the older first."""
    first = min(held, key=lambda a: (a.unit or "", a.since))
    return first.unit or "", first.since


def _called_in(state: State) -> set[str]:
    """Whom the chair of a meeting to come, or in progress, has called in for some item of it."""
    ahead = (state.sittings[s] for log in state.bodies.values() for s in log.planned)
    asked = [s.invited for s in ahead if s.status in ("convened", "open")]
    return {person for called in asked for people in called.values() for person in people}


class OfficeRequest(HttpRequest):
    """A request of somebody who is signed in."""

    office: Office
    user: Account

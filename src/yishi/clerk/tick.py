"""What time has made due: reminders by the rules, a new day's rights and duties, mail to deliver.

May run late, twice, or in several processes at once: everything it does is keyed by what it is
about, so that nothing is said twice.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction
from django.utils import timezone

from yishi.accounts import locking
from yishi.clerk.memory import MEMORY
from yishi.clerk.models import Tick
from yishi.jobs import queue
from yishi.journal.tables.models import Chain
from yishi.journal.tables.store import TableStore
from yishi.outbox.delivery import deliver
from yishi.outbox.models import Message
from yishi.outbox.owed import Owed
from yishi.outbox.queue import put
from yishi.papers.sweeping import sweep
from yishi.procedure.charters import GENERAL
from yishi.procedure.enact import book_of, digests_on
from yishi.procedure.report import Reminder, reminders
from yishi.procedure.state import State
from yishi.register.follow import refresh

LOG: Final = logging.getLogger(__name__)


def tick_all(at: datetime | None = None) -> tuple[int, int, int]:
    """Look at every institution: reminders told, mails sent, and what failed."""
    told = sent = failed = 0
    locking.sweep()
    queue.sweep()
    for slug in Chain.objects.order_by("slug").values_list("slug", flat=True):
        try:
            told += tick(slug, at)
            went, broke = deliver(slug, MEMORY.at(slug).state)
        except Exception:
            # What is wrong with one institution must not keep the timer from the others.
            LOG.exception("tick", extra={"institution": slug})
            went, broke = 0, 1
        sent, failed = sent + went, failed + broke
    return told, sent, failed


def tick(institution: str, at: datetime | None = None) -> int:
    """Look at one institution; how many reminders were told that had not been told before."""
    with transaction.atomic():
        TableStore(institution).lock()
        state = MEMORY.at(institution).state
        now = (at or timezone.now()).astimezone(ZoneInfo(state.zone or "Asia/Shanghai"))
        if state.latest is not None and now < state.latest:
            now = state.latest
        seen, _ = Tick.objects.get_or_create(institution=institution)
        fresh = seen.day != now.date()
        if fresh:
            refresh(institution, state, now)
        told = _remind(institution, state, now)
        seen.day, seen.at = now.date(), now
        seen.save()
    if fresh:
        sweep(institution)
    return told


def _remind(institution: str, state: State, now: datetime) -> int:
    """Each reminder once a week to each person, for as long as it is due."""
    year, week, _ = now.isocalendar()
    begun = f"{year}-W{week:02d}/"
    before = _told(institution, begun)
    told = 0
    for key, owed in _due(state, now):
        place = f"{begun}{key}"[:150]
        people = tuple(p for p in owed.people if (p, f"{place}/0/{owed.kind}") not in before)
        fresh = msgspec.structs.replace(owed, people=people)
        told += put(institution, [fresh], now, place) if people else 0
    return told


def _told(institution: str, begun: str) -> set[tuple[str, str]]:
    """Whom the timer has reminded of what this week."""
    rows = Message.objects.filter(institution=institution, channel="desk", key__startswith=begun)
    return set(rows.values_list("person", "key"))


def _due(state: State, now: datetime) -> Iterator[tuple[str, Owed]]:
    for body in sorted(state.bodies):
        if body == GENERAL:
            continue
        for reminder in reminders(state, body, now):
            people = reminder.people or _office(state, body, now)
            yield f"{reminder.citation.rule}/{reminder.subject}", _owed(state, reminder, people)


def _owed(state: State, reminder: Reminder, people: tuple[str, ...]) -> Owed:
    said = {k: list(v) if isinstance(v, tuple) else v for k, v in reminder.message.params.items()}
    said = {k: v if isinstance(v, str | int | list) else v.isoformat() for k, v in said.items()}
    return Owed(people, reminder.message.id, said, _page(state, reminder.subject))


def _page(state: State, subject: str) -> str:
    """Where what is reminded of stands."""
    for kind in ("items", "sittings", "tasks"):
        if subject in getattr(state, kind):
            return f"/{kind}/{subject}"
    return "/"


def _office(state: State, body: str, now: datetime) -> tuple[str, ...]:
    """The staff of the body's secretariat: whom a reminder without a name is for."""
    day = state.bodies[body].last_day(now.date())
    book = book_of(state, digests_on(state, body, day))
    units = state.roster.named(book.unit_names("secretariat"))
    return tuple(p for unit in units for p in state.roster.staff(unit.id, now.date()))

"""Jobs wait, are taken by one process each, and end; what was made of them is kept for a week."""

import os
import threading
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yishi.jobs import places
from yishi.jobs.models import DONE, FAILED, RUNNING, WAITING, Job
from yishi.jobs.places import place_of
from yishi.journal import ERASURE
from yishi.journal.tables.models import Chain, Entry

LEASE: Final = timedelta(seconds=60)
"""For so long a job is one process's own; whoever is still at it says so in time."""

TRIES: Final = 3
"""After so many processes that died over it a job is given up."""

KEPT: Final = timedelta(days=7)
"""For so long what was made is kept."""

WAITS: Final = 100
"""Jobs of one kind that one person may have waiting."""

GIVEN_UP: Final = "jobs.given_up"
ERASED: Final = "jobs.erased"
WAKE: Final = threading.Event()
"""Set when a job was asked for in this process."""


class Made(msgspec.Struct, frozen=True):
    """What came of a job."""

    name: str = ""
    type: str = ""
    holds: tuple[tuple[str, str], ...] = ()
    remarks: tuple[dict[str, Any], ...] = ()


class NotMade(RuntimeError):  # noqa: N818
    """Nothing came of it and nothing would; `args[0]` is the id of the sentence that says why,
    `args[1]` what it names, if anything."""


class Lost(RuntimeError):  # noqa: N818
    """The job is another process's by now, or nobody's any more."""


class Overtaken(Lost):
    """Something was erased after the job was begun: it is to be made anew."""


class TooMany(RuntimeError):  # noqa: N818
    """Somebody would have too many of a kind waiting; `args` are how many wait, and the most."""


def ask(institution: str, person: str, kind: str, subject: str, **wanted: Any) -> Job:
    """Ask for something to be made. Raises `TooMany`."""
    return ask_all(institution, person, kind, subject, (wanted,))[0]


def ask_all(
    institution: str, person: str, kind: str, subject: str, every: Sequence[dict[str, Any]]
) -> list[Job]:
    """Ask for several of a kind at once; the same that still waits is not asked for twice.

    Raises `TooMany`, and then asks for none.
    """
    with transaction.atomic():
        _alone(institution)
        waiting = list(
            Job.objects.filter(
                institution=institution, person=person, kind=kind, state__in=(WAITING, RUNNING)
            )
        )
        same = [_same(waiting, subject, wanted) for wanted in every]
        if same.count(None) and len(waiting) + same.count(None) > WAITS:
            raise TooMany(len(waiting), WAITS)
        transaction.on_commit(WAKE.set)
        fresh = {"institution": institution, "person": person, "kind": kind, "subject": subject}
        return [
            one or Job.objects.create(**fresh, wanted=wanted)
            for one, wanted in zip(same, every, strict=True)
        ]


def _same(waiting: list[Job], subject: str, wanted: dict[str, Any]) -> Job | None:
    found = (job for job in waiting if job.subject == subject and job.wanted == wanted)
    return next(found, None)


def _alone(institution: str) -> None:
    """Until the transaction ends, nobody else asks or finishes here, and nothing is erased."""
    Chain.objects.select_for_update().filter(slug=institution).first()


def _due() -> Q:
    return Q(state=WAITING) | Q(state=RUNNING, until__lt=timezone.now())


def _in_turn() -> QuerySet[Job]:
    """What is due: first of whoever had to wait longest for a job of that kind, then by age."""
    of_theirs = Job.objects.filter(
        institution=OuterRef("institution"), person=OuterRef("person"), kind=OuterRef("kind")
    )
    latest = of_theirs.order_by().values("kind").annotate(at=Max("taken_at")).values("at")
    due = Job.objects.filter(_due()).annotate(latest=Subquery(latest))
    return due.order_by(F("latest").asc(nulls_first=True), "id")


def take(worker: str) -> Job | None:
    """The next job that nobody is at, for this process alone; None where there is none."""
    for key, institution in _in_turn().values_list("id", "institution")[:WAITS]:
        # Where the journal stood is asked before the job looks into it.
        stood = Chain.objects.filter(slug=institution).values_list("seq", flat=True).first()
        now = timezone.now()
        mine = Job.objects.filter(_due(), id=key).update(
            state=RUNNING,
            worker=worker,
            until=now + LEASE,
            upon=stood or 0,
            taken_at=now,
            tries=F("tries") + 1,
            done=0,
            steps=0,
        )
        if not mine:
            continue
        job = Job.objects.get(id=key)
        if job.tries <= TRIES:
            return job
        fail(job, GIVEN_UP)
    return None


def _own(job: Job, **told: Any) -> None:
    """Write of a job while it is this process's own. Raises `Lost`."""
    mine = Job.objects.filter(id=job.id, state=RUNNING, worker=job.worker)
    if not mine.update(**told):
        raise Lost(job.id)


def renew(job: Job) -> None:
    """Say that this process is still at it. Raises `Lost`."""
    _own(job, until=timezone.now() + LEASE)


def step(job: Job, done: int, steps: int) -> None:
    """Say how far it is. Raises `Lost`."""
    _own(job, done=done, steps=steps, until=timezone.now() + LEASE)


def finish(job: Job, made: Made, file: Path | None) -> None:
    """Keep what was made. Raises `Lost`, and then keeps nothing."""
    kept, size = _placed(job, file) if file is not None else ("", 0)
    try:
        with transaction.atomic():
            _alone(job.institution)
            _nothing_erased(job)
            _own(
                job,
                state=DONE,
                ended_at=timezone.now(),
                file=kept,
                size=size,
                name=made.name,
                type=made.type,
                holds=[list(one) for one in made.holds],
                remarks=list(made.remarks),
            )
    except Exception as error:
        if kept:
            places.remove(place_of(kept))
        if isinstance(error, Overtaken):
            _own(job, state=WAITING, worker="", tries=0)
            WAKE.set()
        raise


def _placed(job: Job, file: Path) -> tuple[str, int]:
    kept = places.named(job)
    place = place_of(kept)
    place.parent.mkdir(parents=True, exist_ok=True)
    size = file.stat().st_size
    os.chmod(file, settings.FILE_UPLOAD_PERMISSIONS)
    os.replace(file, place)
    return kept, size


def _nothing_erased(job: Job) -> None:
    """Nothing may have been erased since the job was begun. Raises `Overtaken`."""
    since = Entry.objects.filter(chain=job.institution, seq__gt=job.upon, type=ERASURE)
    if since.exists():
        raise Overtaken(job.id)


def fail(job: Job, failure: str, named: dict[str, Any] | None = None) -> None:
    """Give it up, with the sentence that says why, and what it names. Raises `Lost`."""
    remarks = [named] if named else []
    _own(job, state=FAILED, ended_at=timezone.now(), failure=failure, remarks=remarks)


def forget(institution: str) -> None:
    """Something was erased: nothing stays that was, or is being, made of what there was before.

    To be called by whoever holds the chain. A job that is begun before the erasure is committed
    still sees what there was: `finish` refuses it.
    """
    mine = Job.objects.filter(institution=institution)
    made = mine.filter(state=DONE).exclude(file="")
    left = {*places.of(institution), *map(place_of, made.values_list("file", flat=True))}
    for path in left:
        transaction.on_commit(partial(places.remove, path))
    made.update(state=FAILED, failure=ERASED, file="", size=0, name="", remarks=[])
    # Of what failed, the reason stays, and the words that it named go.
    mine.filter(state=FAILED).exclude(remarks=[]).update(remarks=[], failure=ERASED)
    # Whoever is at one loses it; it is taken up once more, with what is left.
    mine.filter(state=RUNNING).update(state=WAITING, worker="", tries=0)


def sweep() -> int:
    """Remove jobs that ended a week ago, with what was made of them; how many went."""
    limit = timezone.now() - KEPT
    gone = Job.objects.filter(ended_at__lt=limit)
    for job in gone:
        if job.file:
            places.remove(place_of(job.file))
    went, _ = gone.delete()
    places.sweep(limit.timestamp())
    return went

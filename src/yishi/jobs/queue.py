"""Jobs wait, are taken by one process each, and end; what was made of them is kept for a week."""

import os
import shutil
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from yishi.jobs.models import DONE, FAILED, RUNNING, WAITING, Job

LEASE: Final = timedelta(seconds=60)
"""For so long a job is one process's own; whoever is still at it says so in time."""

TRIES: Final = 3
"""After so many processes that died over it a job is given up."""

KEPT: Final = timedelta(days=7)
"""For so long what was made is kept."""

WAITS: Final = 100
"""Jobs that one person may have waiting."""

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
    """Nothing came of it and nothing would; `args[0]` is the id of the sentence that says why."""


class Lost(RuntimeError):  # noqa: N818
    """The job is another process's by now, or nobody's any more."""


class TooMany(RuntimeError):  # noqa: N818
    """Somebody has too many jobs waiting."""


def ask(institution: str, person: str, kind: str, subject: str, **wanted: Any) -> Job:
    """Ask for something to be made; the same that still waits is not asked for twice.

    Raises `TooMany`.
    """
    with transaction.atomic():
        mine = Job.objects.filter(
            institution=institution, person=person, state__in=(WAITING, RUNNING)
        )
        for same in mine.filter(kind=kind, subject=subject):
            if same.wanted == wanted:
                return same
        if mine.count() >= WAITS:
            raise TooMany
        transaction.on_commit(WAKE.set)
        return Job.objects.create(
            institution=institution, person=person, kind=kind, subject=subject, wanted=wanted
        )


def _due() -> Q:
    return Q(state=WAITING) | Q(state=RUNNING, until__lt=timezone.now())


def take(worker: str) -> Job | None:
    """The oldest job that nobody is at, for this process alone; None where there is none."""
    for key in Job.objects.filter(_due()).order_by("id").values_list("id", flat=True)[:WAITS]:
        mine = Job.objects.filter(_due(), id=key).update(
            state=RUNNING,
            worker=worker,
            until=timezone.now() + LEASE,
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
    kept = uuid4().hex if file is not None else ""
    size = 0
    if file is not None:
        place = place_of(kept)
        place.parent.mkdir(parents=True, exist_ok=True)
        size = file.stat().st_size
        os.chmod(file, settings.FILE_UPLOAD_PERMISSIONS)
        os.replace(file, place)
    try:
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
    except Lost:
        if kept:
            place_of(kept).unlink(missing_ok=True)
        raise


def fail(job: Job, failure: str) -> None:
    """Give it up, with the sentence that says why. Raises `Lost`."""
    _own(job, state=FAILED, ended_at=timezone.now(), failure=failure)


def forget(institution: str) -> None:
    """Something was erased: nothing stays that was, or is being, made of what there was before."""
    made = Job.objects.filter(institution=institution, state=DONE).exclude(file="")
    for file in made.values_list("file", flat=True):
        transaction.on_commit(partial(_remove, file))
    made.update(state=FAILED, failure=ERASED, file="", size=0, name="", remarks=[])
    # Whoever is at one loses it; it is taken up once more, with what is left.
    Job.objects.filter(institution=institution, state=RUNNING).update(state=WAITING, worker="")


def _remove(file: str) -> None:
    place_of(file).unlink(missing_ok=True)


def place_of(file: str) -> Path:
    """Where a result lies."""
    return Path(settings.RESULTS) / file


def sweep() -> int:
    """Remove jobs that ended a week ago, with what was made of them; how many went."""
    limit = timezone.now() - KEPT
    gone = Job.objects.filter(ended_at__lt=limit)
    for job in gone:
        if job.file:
            place_of(job.file).unlink(missing_ok=True)
    went, _ = gone.delete()
    _sweep_orphans(limit.timestamp())
    return went


def _sweep_orphans(before: float) -> None:
    """Remove what lies among the results and no job names, once it is old: a dead worker's too."""
    home = Path(settings.RESULTS)
    found = [path for path in home.glob("*") if path.stat().st_mtime < before]
    named = set(Job.objects.filter(file__in=[p.name for p in found]).values_list("file", flat=True))
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in named:
            path.unlink(missing_ok=True)

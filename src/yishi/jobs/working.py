"""The worker: takes one job after the other and makes what is asked for.

Runs in a process of its own (`yishi work`) and in a thread of each process that serves the pages;
a job is one worker's at a time, whichever comes first.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from yishi.jobs import places, queue
from yishi.jobs.models import Job
from yishi.jobs.queue import Lost, Made, NotMade

LOG: Final = logging.getLogger(__name__)

EVERY: Final = 5.0
"""Seconds between two looks, where nothing was asked for in this process."""

BEAT: Final = 15.0
"""Seconds between two signs that a job is still being worked on."""

LONGEST: Final = 1800.0
"""Seconds after which no more signs are given: whatever still goes on does not end."""

BROKE: Final = "jobs.broke"


class Work:
    """One job at hand: where its file is to be written, and how to say how far it is."""

    def __init__(self, job: Job, place: Path) -> None:
        """Begin."""
        self.job = job
        self.place = place
        self.file = place / "made"

    def step(self, done: int, steps: int) -> None:
        """Say how far it is. Raises `Lost` where another process has taken it over."""
        queue.step(self.job, done, steps)


Maker = Callable[[Work], Made]


def makers() -> Mapping[str, Maker]:
    """What makes each kind of job, as the site is put together."""
    found: Mapping[str, Maker] = import_string(settings.JOBS)
    return found


def named() -> str:
    """What this worker is called, unlike any other."""
    return f"{socket.gethostname()[:24]}-{os.getpid()}-{uuid4().hex[:12]}"


def work_one(worker: str) -> bool:
    """Do one job; False where there is none."""
    job = queue.take(worker)
    if job is None:
        return False
    try:
        _make(job)
    except Lost:
        LOG.warning("lost", extra={"job": job.id})
    return True


def _make(job: Job) -> None:
    home = places.place_of("")
    home.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(dir=home, prefix=places.at(job)) as place, _beating(job):
            work = Work(job, Path(place))
            made = makers()[job.kind](work)
            queue.finish(job, made, work.file if work.file.exists() else None)
    except Lost:
        raise
    except NotMade as why:
        queue.fail(job, *why.args)
    except Exception:
        # Whatever is wrong with one job, whoever asked for it hears of it, and the others go on.
        LOG.exception("job", extra={"job": job.id, "kind": job.kind})
        queue.fail(job, BROKE)


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Say every now and then that the job is being worked on, for as long as it is."""
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(job, over), daemon=True)
    beat.start()
    try:
        yield
    finally:
        over.set()
        beat.join()


def _beat(job: Job, over: threading.Event) -> None:
    for _ in range(int(LONGEST / BEAT)):
        if over.wait(BEAT):
            return
        try:
            queue.renew(job)
        except Lost:
            return
        except Exception:
            # A database that does not answer now may answer before the job is taken by another.
            LOG.exception("beat", extra={"job": job.id})
        finally:
            connections.close_all()


def work_all(worker: str) -> int:
    """Do every job that waits; how many."""
    count = 0
    while work_one(worker):
        count += 1
    return count


def work_for_ever(stop: Any = None) -> None:
    """Work until stopped; look at once when something was asked for in this process."""
    worker, over = named(), stop or threading.Event()
    while not over.is_set():
        try:
            work_all(worker)
        except Exception:
            # A database that does not answer now may answer in a moment.
            LOG.exception("work")
        connections.close_all()
        queue.WAKE.wait(EVERY)
        queue.WAKE.clear()

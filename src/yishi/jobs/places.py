"""Where jobs are worked on and their results lie: one folder, each thing named by its job."""

import re
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from yishi.jobs.models import RUNNING, Job

_NAMED: Final = re.compile(r"(?:\.at-)?(\d{1,18})-")


def place_of(file: str) -> Path:
    """Where a result lies."""
    return Path(settings.RESULTS) / file


def named(job: Job) -> str:
    """A name for what was made of a job, unlike any other."""
    return f"{job.id}-{uuid4().hex}"


def at(job: Job) -> str:
    """How the name of a place begins where a job is worked on."""
    return f".at-{job.id}-"


def remove(path: Path) -> None:
    """Remove a result, or a place with all that is in it."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def of(institution: str) -> list[Path]:
    """Everything that lies there and is no other institution's job's: a dead worker's too."""
    found = _found()
    others = Job.objects.filter(id__in=set(found.values())).exclude(institution=institution)
    kept = set(others.values_list("id", flat=True))
    return [path for path, number in found.items() if number and number not in kept]


def sweep(before: float) -> None:
    """Remove what no job names and nobody is at any more: a worker that died left it.

    What bears no job's number only once it is old.
    """
    found = _found()
    # Asked in this order: whatever lay there is worked on, or else has its name by now.
    running = Job.objects.filter(id__in=set(found.values()), state=RUNNING)
    live = set(running.filter(until__gte=timezone.now()).values_list("id", flat=True))
    kept = _named([path.name for path in found])
    for path, number in found.items():
        if path.name not in kept and number not in live and (number or _older(path, before)):
            remove(path)


def _found() -> dict[Path, int]:
    """What lies there, with the number of its job; 0 where it bears none."""
    every = {path: _NAMED.match(path.name) for path in Path(settings.RESULTS).glob("*")}
    return {path: int(match[1]) if match else 0 for path, match in every.items()}


def _named(names: Collection[str]) -> set[str]:
    return set(Job.objects.filter(file__in=names).values_list("file", flat=True))


def _older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except OSError:
        return False

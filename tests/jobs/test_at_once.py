"""Several workers at once, on both databases, in real threads."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.jobs.test_jobs import MAKERS, SAID, ask
from tests.journeys.place import database
from yishi.jobs import queue, working
from yishi.jobs.models import DONE, Job
from yishi.jobs.working import work_all

__all__ = ("MAKERS",)


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request, tmp_path: Path, settings, django_db_blocker) -> Iterator[None]:
    """A database of its own: threads see only what is committed."""
    SAID.clear()
    settings.RESULTS = tmp_path / "results"
    settings.JOBS = f"{__name__}.MAKERS"
    with django_db_blocker.unblock(), database(request.param, tmp_path):
        yield


def test_many_workers_at_once_do_each_job_once(both: None) -> None:
    for n in range(12):
        ask(subject=str(n))
    gate = threading.Barrier(4)

    def work(name: str) -> None:
        gate.wait()
        work_all(name)
        connections.close_all()

    workers = [threading.Thread(target=work, args=(f"worker {n}",)) for n in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sorted(SAID, key=int) == [str(n) for n in range(12)]
    assert set(Job.objects.values_list("state", "tries")) == {(DONE, 1)}


def test_a_thread_beside_the_pages_does_what_is_asked_for_at_once(both: None) -> None:
    stop = threading.Event()
    beside = threading.Thread(target=working.work_for_ever, args=(stop,), daemon=True)
    beside.start()
    job = ask()
    for _ in range(100):
        job.refresh_from_db()
        if job.ended:
            break
        threading.Event().wait(0.05)
    stop.set()
    queue.WAKE.set()
    beside.join(10)

    assert job.state == DONE
    assert not beside.is_alive()

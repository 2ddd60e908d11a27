"""Several workers at once, on both databases, in real threads."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections, transaction

from tests.jobs.test_jobs import MAKERS, SAID, ask
from tests.journeys.place import database
from yishi.jobs import queue, working
from yishi.jobs.models import DONE, WAITING, Job
from yishi.jobs.queue import Made, Overtaken
from yishi.jobs.working import work_all
from yishi.journal import ERASURE
from yishi.journal.tables.models import Chain, Entry
from yishi.journal.tables.store import TableStore

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


def test_a_double_press_makes_one_job(both: None) -> None:
    TableStore("demo").create()
    gate = threading.Barrier(4)

    def press() -> None:
        gate.wait()
        queue.ask_all("demo", "li", "letter", "one", [{"for": "li"}, {"for": "chen"}])
        connections.close_all()

    together(*[threading.Thread(target=press) for _ in range(4)])

    assert Job.objects.count() == 2


def together(*threads: threading.Thread) -> None:
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)


def erase(begun: threading.Event, go_on: threading.Event) -> None:
    """An erasure that is at it for a while, as the clerk does it: it holds the chain."""
    with transaction.atomic():
        head = TableStore("demo").lock()
        seq = head.seq + 1
        said = {"stream": "s", "type": ERASURE, "actor": "chen", "at": "", "hash": "", "body": b""}
        Entry.objects.create(chain_id="demo", seq=seq, **said)
        Chain.objects.filter(slug="demo").update(seq=seq)
        queue.forget("demo")
        begun.set()
        go_on.wait(10)
    connections.close_all()


@pytest.mark.parametrize("both", ["postgresql"], indirect=True)
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_was_begun_while_something_is_being_erased_is_made_anew(
    both: None, when: str, tmp_path: Path
) -> None:
    """It reads what there was: the erasure is not committed; it ends before that, or after."""
    TableStore("demo").create()
    job = ask()
    begun, go_on = threading.Event(), threading.Event()
    erasing = threading.Thread(target=erase, args=(begun, go_on))
    erasing.start()
    begun.wait(10)
    mine = queue.take("me")
    assert mine is not None
    made = tmp_path / "made"
    made.write_bytes(b"words that are being erased")
    if when == "after":
        go_on.set()
        erasing.join(10)
    else:
        threading.Timer(0.5, go_on.set).start()

    with pytest.raises(Overtaken):
        queue.finish(mine, Made("x", "text/plain"), made)

    erasing.join(10)
    job.refresh_from_db()
    assert (job.state, job.tries, list((tmp_path / "results").iterdir())) == (WAITING, 0, [])
    assert work_all("me") == 1
    job.refresh_from_db()
    assert job.state == DONE

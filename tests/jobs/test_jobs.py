"""Jobs: one worker each, taken again when a process died over one, and swept away in the end."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from yishi.clerk.tick import tick_all
from yishi.jobs import queue, working
from yishi.jobs.models import DONE, FAILED, RUNNING, WAITING, Job
from yishi.jobs.queue import LEASE, TRIES, Lost, Made, NotMade
from yishi.jobs.working import Work, work_all, work_one

pytestmark = pytest.mark.django_db

SAID: list[str] = []


def letter(work: Work) -> Made:
    work.step(1, 2)
    SAID.append(work.job.subject)
    work.file.write_bytes(b"made of " + work.job.subject.encode())
    return Made("信.txt", "text/plain", (("item", "budget"),), ({"title": "a", "why": "gone"},))


def nothing(work: Work) -> Made:
    raise NotMade("jobs.no_program")


def broken(work: Work) -> Made:
    raise ZeroDivisionError


def taken_over(work: Work) -> Made:
    Job.objects.filter(id=work.job.id).update(worker="another")
    work.file.write_bytes(b"too late")
    return Made("x", "text/plain")


MAKERS = {"letter": letter, "nothing": nothing, "broken": broken, "taken_over": taken_over}


@pytest.fixture(autouse=True)
def _place(settings, tmp_path: Path) -> None:
    SAID.clear()
    settings.RESULTS = tmp_path / "results"
    settings.JOBS = f"{__name__}.MAKERS"


def ask(kind: str = "letter", subject: str = "one", person: str = "li") -> Job:
    return queue.ask("demo", person, kind, subject)


def later(monkeypatch, by: timedelta) -> None:
    now = timezone.now() + by
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def test_a_job_is_made_and_what_was_made_is_kept(settings) -> None:
    job = ask()

    assert work_one("me")

    job.refresh_from_db()
    assert (job.state, job.done, job.steps, job.name) == (DONE, 1, 2, "信.txt")
    assert (job.holds, job.remarks) == ([["item", "budget"]], [{"title": "a", "why": "gone"}])
    assert queue.place_of(job.file).read_bytes() == b"made of one"
    assert job.size == len(b"made of one")
    assert files(settings.RESULTS) == [queue.place_of(job.file)]
    assert not work_one("me")


def test_jobs_are_taken_in_their_order_and_the_same_is_asked_for_once() -> None:
    first, again, other = ask(), ask(), ask(subject="two")
    ask(person="chen")

    assert first.id == again.id != other.id
    assert work_all("me") == 3
    assert SAID == ["one", "one", "two"]
    assert ask().id != first.id


def test_nobody_fills_the_queue_alone(monkeypatch) -> None:
    monkeypatch.setattr(queue, "WAITS", 2)
    ask(), ask(subject="two")

    with pytest.raises(queue.TooMany):
        ask(subject="three")
    ask(person="chen")
    ask("nothing")
    assert ask().id == ask().id


def test_where_not_all_may_wait_none_is_asked_for(monkeypatch) -> None:
    monkeypatch.setattr(queue, "WAITS", 2)
    ask()

    with pytest.raises(queue.TooMany) as why:
        queue.ask_all("demo", "li", "letter", "two", [{"n": 1}, {"n": 2}])

    assert why.value.args == (1, 2)
    assert Job.objects.count() == 1
    assert len(queue.ask_all("demo", "li", "letter", "one", [{}, {"n": 2}])) == 2
    assert Job.objects.count() == 2


def test_whoever_asks_for_one_does_not_wait_for_all_that_another_asked_for() -> None:
    """Also where one worker does them all, and more comes while it is at work."""
    for n in range(4):
        ask(subject=f"li {n}")
    work_one("me")
    ask(subject="chen 0", person="chen")
    ask("nothing", subject="a preview")
    chens, other = Job.objects.get(person="chen"), Job.objects.get(kind="nothing")

    work_one("me"), work_one("me")
    chens.refresh_from_db(), other.refresh_from_db()
    assert chens.ended
    assert other.ended

    ask(subject="chen 1", person="chen")
    work_all("me")
    assert SAID == ["li 0", "chen 0", "li 1", "chen 1", "li 2", "li 3"]


def test_a_job_that_somebody_is_at_is_nobody_elses() -> None:
    ask()

    assert queue.take("me") is not None
    assert queue.take("you") is None


def test_a_job_whose_worker_died_is_taken_again_but_not_for_ever(monkeypatch) -> None:
    job = ask()
    for n in range(TRIES):
        taken = queue.take(f"worker {n}")
        assert taken is not None
        assert taken.tries == n + 1
        later(monkeypatch, LEASE + timedelta(seconds=1))

    assert queue.take("the last") is None
    job.refresh_from_db()
    assert (job.state, job.failure) == (FAILED, queue.GIVEN_UP)


def test_whoever_says_in_time_to_be_still_at_it_keeps_the_job(monkeypatch) -> None:
    ask()
    mine = queue.take("me")
    assert mine is not None
    later(monkeypatch, LEASE - timedelta(seconds=1))
    queue.renew(mine)
    later(monkeypatch, LEASE - timedelta(seconds=1))

    assert queue.take("you") is None


def test_what_a_worker_makes_that_was_thought_dead_is_not_kept(monkeypatch, settings) -> None:
    ask()
    mine = queue.take("me")
    assert mine is not None
    later(monkeypatch, LEASE + timedelta(seconds=1))
    assert queue.take("you") is not None

    made = settings.RESULTS / "late"
    settings.RESULTS.mkdir()
    made.write_bytes(b"late")
    for late in (lambda: queue.renew(mine), lambda: queue.finish(mine, Made(), made)):
        with pytest.raises(Lost):
            late()
    assert files(settings.RESULTS) == []
    assert Job.objects.get().state == RUNNING


def test_one_that_is_taken_over_meanwhile_ends_quietly(settings) -> None:
    ask("taken_over")

    assert work_one("me")

    assert Job.objects.get().state == RUNNING
    assert files(settings.RESULTS) == []


@pytest.mark.parametrize(
    ("kind", "failure"), [("nothing", "jobs.no_program"), ("broken", working.BROKE)]
)
def test_what_cannot_be_made_says_why_and_holds_nobody_up(kind: str, failure: str) -> None:
    job = ask(kind)
    ask()

    assert work_all("me") == 2

    job.refresh_from_db()
    assert (job.state, job.failure) == (FAILED, failure)
    assert SAID == ["one"]


def test_old_results_are_swept_with_the_timer(monkeypatch, settings) -> None:
    job, waiting = ask(), ask(subject="two")
    work_one("me")
    orphan = settings.RESULTS / "orphan"
    orphan.write_bytes(b"nobody's")
    then = (timezone.now() - timedelta(days=8)).timestamp()
    dead = settings.RESULTS / ".at-dead"
    dead.mkdir()
    (dead / "made").write_bytes(b"of a worker that died")
    for path in (orphan, dead):
        os.utime(path, (then, then))
    tick_all()
    job.refresh_from_db()
    assert not dead.exists()
    assert files(settings.RESULTS) == [queue.place_of(job.file)]

    later(monkeypatch, timedelta(days=7, seconds=1))
    tick_all()

    assert files(settings.RESULTS) == []
    assert list(Job.objects.values_list("id", "state")) == [(waiting.id, WAITING)]


def dead(settings, job: Job) -> tuple[Path, Path]:
    """What a worker leaves that dies over a job: its place, and a result that no job names."""
    place = settings.RESULTS / f".at-{job.id}-x" / "office-y"
    place.mkdir(parents=True)
    (place / "paper.docx").write_bytes(b"words")
    result = settings.RESULTS / f"{job.id}-0f"
    result.write_bytes(b"words")
    return place, result


def test_what_a_dead_worker_left_is_swept_as_soon_as_nobody_is_at_it(monkeypatch, settings) -> None:
    ask()
    mine = queue.take("me")
    assert mine is not None
    place, result = dead(settings, mine)
    queue.sweep()
    assert place.exists()
    assert result.exists()

    later(monkeypatch, LEASE + timedelta(seconds=1))
    queue.sweep()

    assert os.listdir(settings.RESULTS) == []


@pytest.mark.parametrize("state", [RUNNING, WAITING, FAILED, "gone"])
def test_what_a_dead_worker_left_goes_with_what_is_erased(
    state: str, settings, django_capture_on_commit_callbacks
) -> None:
    job, other = ask(), queue.ask("another", "li", "letter", "one")
    Job.objects.update(state=state)
    dead(settings, job)
    if state == "gone":
        job.delete()
    theirs = dead(settings, other)

    with django_capture_on_commit_callbacks(execute=True):
        queue.forget("demo")

    assert sorted(files(settings.RESULTS)) == sorted((theirs[0] / "paper.docx", theirs[1]))


def test_whoever_loses_their_place_to_an_erasure_ends_quietly_and_it_is_made_anew(
    settings, django_capture_on_commit_callbacks
) -> None:
    def erased_meanwhile(work: Work) -> Made:
        with django_capture_on_commit_callbacks(execute=True):
            queue.forget("demo")
        assert not work.place.exists()
        return letter(work)

    settings.JOBS = f"{__name__}.MAKERS"
    job = ask("erased")
    MAKERS["erased"] = erased_meanwhile
    try:
        assert work_one("me")
    finally:
        MAKERS["erased"] = letter
    job.refresh_from_db()
    assert (job.state, files(settings.RESULTS)) == (WAITING, [])
    work_all("me")
    job.refresh_from_db()
    assert job.state == DONE


def test_asking_is_part_of_what_it_is_asked_in() -> None:
    """What is undone has asked for nothing."""
    assert connection.in_atomic_block
    queue.WAKE.clear()
    ask()
    assert not queue.WAKE.is_set()

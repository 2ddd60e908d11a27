"""Long papers are made in the background, short ones at once; for nobody else than who asked."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.documents.reading import text as pdf_text
from tests.documents.reading import words
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import got
from tests.web.pressing import press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.jobs import queue
from yishi.jobs.models import FAILED, Job
from yishi.jobs.working import work_all
from yishi.originals.keeping import Altered
from yishi.procedure.minutes import SetTask
from yishi.procedure.verdict import Accepted
from yishi.web.documents import background

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path: Path) -> None:
    settings.RESULTS = tmp_path / "results"


@pytest.fixture
def long(monkeypatch) -> None:
    """Every paper is a long one."""
    monkeypatch.setattr(background, "LONG", 0)


def file_of(client: Client, key: int) -> bytes:
    return b"".join(client.get(f"/jobs/{key}/file").streaming_content)


def test_a_short_paper_is_had_at_once_and_begins_no_job() -> None:
    play_into(MONTH, "")

    assert got(client_of("xiao"), "bulletin", "chuwuhui").status_code == 200
    assert not Job.objects.exists()


def test_what_counts_as_long_is_a_matter_of_pages() -> None:
    from tests.documents.papers import minutes
    from yishi.documents.model import Cell, Table

    row = (Cell("完成大厅窗口整合方案并报主任办公会研究" * 3),)
    short = Table((1,), (row,) * 100)
    many = Table((1,), (row,) * 400)
    paper = minutes()
    assert not background.long(paper)
    assert not background.long(type(paper)(called="", dated=paper.dated, body=(short,)))
    assert background.long(type(paper)(called="", dated=paper.dated, body=(many,)))


@pytest.mark.parametrize(
    ("name", "about", "says", "back"),
    [
        ("bulletin", "", "督办通报", "/tasks/"),
        ("report", "2026", "议事合规报告", "/reports/?body=chuwuhui&amp;year=2026"),
    ],
)
def test_a_long_one_is_made_as_a_job_and_whoever_asked_is_led_to_it(
    long, name: str, about: str, says: str, back: str
) -> None:
    play_into(MONTH, "")
    client = client_of("xiao")

    asked = got(client, name, "chuwuhui", about)
    assert asked.status_code == 302
    assert got(client, name, "chuwuhui", about)["Location"] == asked["Location"]
    waits = client.get(asked["Location"])
    assert says in text(waits)
    assert "正在排队" in text(waits)
    assert f'href="{back}"' in waits.content.decode()
    docx = got(client, name, "chuwuhui", about, "docx")

    assert work_all("me") == 2

    done = client.get(asked["Location"]).content.decode()
    key = Job.objects.earliest("id").id
    assert f'href="/jobs/{key}/file" data-lead' in done
    assert says in pdf_text(file_of(client, key))
    other = Job.objects.latest("id")
    assert docx["Location"] == f"/jobs/{other.id}"
    assert says in words(file_of(client, other.id))
    assert client_of("chen").get(asked["Location"]).status_code == 404


def test_what_one_may_not_read_any_more_is_not_handed_out(long, monkeypatch) -> None:
    play_into(MONTH, "")
    client = client_of("xiao")
    got(client, "bulletin", "chuwuhui")
    work_all("me")
    job = Job.objects.get()
    assert ["task", "t-budget"] in job.holds

    with monkeypatch.context() as narrowed:
        narrowed.setattr("yishi.web.documents.bulletin.readable", lambda office, body: set())
        assert client.get(f"/jobs/{job.id}/file").status_code == 404
        assert "现在不能查阅" in text(client.get(f"/jobs/{job.id}"))
    assert client.get(f"/jobs/{job.id}/file").status_code == 200


def test_whoever_may_not_have_the_paper_begins_no_job(long) -> None:
    play_into(MONTH, "")

    for person in ("he", "guan"):
        assert got(client_of(person), "report", "chuwuhui", "2026").status_code == 404
    assert not Job.objects.exists()


def test_who_lost_the_right_meanwhile_is_told_and_gets_nothing(long, monkeypatch) -> None:
    play_into(MONTH, "")
    client = client_of("xiao")
    job = got(client, "report", "chuwuhui", "2026")["Location"]
    monkeypatch.setattr("yishi.web.reports.views._bodies", lambda office: [])

    work_all("me")
    assert Job.objects.get().state == FAILED
    assert "您现在不能查阅" in text(client.get(job))


def test_a_character_that_no_font_has_is_named_before_anything_is_begun(long, monkeypatch) -> None:
    play_into(MONTH, "")
    monkeypatch.setattr("yishi.documents.fonts.Faces.missing", lambda self, words: ("处",))

    answer = got(client_of("xiao"), "bulletin", "chuwuhui")
    assert answer.status_code == 409
    assert "U+5904" in text(answer)
    assert not Job.objects.exists()


@pytest.fixture
def ready() -> Client:
    """Long minutes with nothing missing, and the clerk who issues them."""
    play_into(MONTH, "recorded")
    due = SetTask(task="t-budget", due_on=date(2026, 12, 20))
    assert isinstance(do(PLACE, "xiao", due).verdict, Accepted)
    return client_of("xiao")


def test_a_long_draft_is_marked_where_no_font_has_a_character(long, ready, monkeypatch) -> None:
    monkeypatch.setattr(
        "yishi.documents.fonts.Faces.missing",
        lambda self, words: ("预",) if "预" in "".join(words) else (),
    )
    got(ready, "minutes", "oct")
    work_all("me")

    said = pdf_text(file_of(ready, Job.objects.get().id))
    assert "U+9884" in said
    assert "〓算" in said


def test_a_paper_that_went_out_while_its_draft_waited_is_what_went_out(long, ready) -> None:
    got(ready, "minutes", "oct", form="docx")
    press(ready, ready.get("/sittings/oct/minutes"), "issue_minutes")
    work_all("me")

    digest = MEMORY.at(PLACE).state.sittings["oct"].minutes.original("minutes", "docx")
    content = file_of(ready, Job.objects.get().id)
    assert hashlib.sha256(content).hexdigest() == digest


def test_of_minutes_that_are_altered_the_job_says_so_and_names_no_paper_of_the_meeting(
    long, ready, monkeypatch
) -> None:
    def other(institution: str, digest: str) -> bytes:
        raise Altered(digest)

    got(ready, "minutes", "oct", form="docx")
    press(ready, ready.get("/sittings/oct/minutes"), "issue_minutes")
    monkeypatch.setattr("yishi.web.documents.kept.take", other)
    work_all("me")

    job = Job.objects.get()
    said = text(ready.get(f"/jobs/{job.id}"))
    assert (job.state, job.failure) == (FAILED, "jobs.altered")
    assert "”印发时保存的原件，现在与登记的摘要不符，所以没有给出" in said
    assert "yishi originals" in said
    assert "会议材料" not in said


def test_of_a_job_that_failed_the_reason_stays_when_something_is_erased_and_its_words_go() -> None:
    play_into(MONTH, "")
    job = queue.ask(PLACE, "xiao", "archive", "oct", key="k")
    taken = queue.take("me")
    assert taken is not None
    queue.fail(taken, "archive.file_lost", {"title": "预算测算表"})
    client = client_of("xiao")
    assert "“预算测算表”的文件不见了" in text(client.get(f"/jobs/{job.id}"))

    queue.forget(PLACE)
    assert "预算测算表" not in text(client.get(f"/jobs/{job.id}"))
    assert MEMORY.at(PLACE).state.sittings["oct"].archived == ()

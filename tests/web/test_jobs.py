"""Previews and jobs on their pages: for whoever asked and may read, and nobody else."""

import stat
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from tests.papers import made
from tests.playing import PLACE, client_of, play_into
from yishi.clerk import door
from yishi.jobs import queue
from yishi.jobs.models import DONE, Job
from yishi.jobs.working import work_all
from yishi.journal.tables.models import SealedText
from yishi.papers import shelf
from yishi.papers.models import Paper
from yishi.papers.sweeping import sweep
from yishi.procedure.charters import EraseText

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path: Path) -> None:
    """A shelf of one's own, and a program in place of LibreOffice that makes a PDF at once."""
    settings.MEDIA_ROOT, settings.RESULTS = tmp_path / "papers", tmp_path / "results"
    (tmp_path / "ready.pdf").write_bytes(made.SOUND)
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nmkdir -p out && cp {tmp_path}/ready.pdf out/paper.pdf\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    settings.OFFICE = str(program)


def hand_in(until: str = "approved") -> Paper:
    play_into(until=until)
    out = BytesIO()
    Document().save(out)
    form = {"subject.item": "budget", "title": "预算测算表", "reason": "数字有误。"}
    form["file"] = SimpleUploadedFile("测算表.docx", out.getvalue())
    assert client_of("li").post("/do/supply_paper", form).status_code == 302
    return Paper.objects.get()


def address(paper: Paper) -> str:
    return f"/papers/{paper.item}/{paper.paper}/preview"


def test_a_document_has_its_preview_soon_after_it_was_handed_in() -> None:
    paper = hand_in()
    assert address(paper) in client_of("chen").get("/items/budget").content.decode()

    work_all("me")

    answer = client_of("chen").get(address(paper))
    said = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text()
    assert "Estimate" in said
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_before_it_is_ready_one_may_ask_and_watch_it_being_made() -> None:
    paper = hand_in()
    Job.objects.all().delete()
    chen = client_of("chen")
    page = chen.get(address(paper))
    assert "还没有 PDF 预览" in page.content.decode()
    assert Job.objects.count() == 0

    asked = chen.post(address(paper))

    job = Job.objects.get()
    assert asked.headers["Location"] == f"/jobs/{job.id}"
    waiting = chen.get(f"/jobs/{job.id}").content.decode()
    assert "正在排队" in waiting
    refresh = f'content="3; url=/jobs/{job.id}?watch=again"'
    assert f'<noscript><meta http-equiv="refresh" {refresh}>' in waiting
    now = {"state": "waiting", "done": 0, "steps": 0}
    assert chen.get(f"/jobs/states?job={job.id}").json() == {str(job.id): now}
    work_all("me")
    ready = chen.get(f"/jobs/{job.id}").content.decode()
    assert "做好了" in ready
    assert address(paper) in ready
    assert "http-equiv" not in ready


def test_a_job_is_there_for_whoever_asked_and_nobody_else() -> None:
    hand_in()
    job = Job.objects.get()
    work_all("me")

    assert client_of("li").get(f"/jobs/{job.id}").status_code == 200
    for person in ("chen", "xiao", "luo"):
        assert client_of(person).get(f"/jobs/states?job={job.id}").json() == {}
        for place in ("", "/file"):
            assert client_of(person).get(f"/jobs/{job.id}{place}").status_code == 404
    assert client_of("li").get("/jobs/999999").status_code == 404
    assert client_of("li").post(f"/jobs/{job.id}").status_code == 405


def test_the_states_of_all_are_one_question_and_nonsense_is_none(
    django_assert_max_num_queries,
) -> None:
    hand_in()
    li = client_of("li")
    jobs = [queue.ask(PLACE, "li", "pack", "oct", n=n).id for n in range(20)]
    asked = "&".join(f"job={key}" for key in [*jobs, "x", "²", "9" * 40, "-1"])
    li.get("/jobs/states")

    with django_assert_max_num_queries(5):
        said = li.get(f"/jobs/states?{asked}").json()

    assert sorted(map(int, said)) == jobs


def test_a_page_that_waits_does_not_prolong_the_session(settings) -> None:
    hand_in()
    job = Job.objects.get()
    li = client_of("li")
    for address, prolongs in (
        (f"/jobs/states?job={job.id}", False),
        (f"/jobs/{job.id}?watch=again", False),
        (f"/jobs/{job.id}", True),
    ):
        session = li.session
        ago = session["seen"] = (timezone.now() - timedelta(seconds=300)).timestamp()
        session.save()
        assert li.get(address).status_code == 200
        assert (li.session["seen"] > ago) == prolongs, address


def test_who_may_not_read_the_paper_gets_no_preview_of_it() -> None:
    state_before = hand_in()
    work_all("me")

    for person in ("luo", "guan"):
        assert client_of(person).get(address(state_before)).status_code == 404
        assert client_of(person).post(address(state_before)).status_code == 404
    assert client_of("chen").get("/papers/budget/none/preview").status_code == 404


def test_with_too_much_waiting_a_paper_comes_in_all_the_same(monkeypatch) -> None:
    monkeypatch.setattr(queue, "WAITS", 0)

    paper = hand_in()

    assert Job.objects.count() == 0
    page = client_of("chen").post(address(paper))
    assert page.status_code == 409
    assert "许多任务在排队" in page.content.decode()


def test_without_the_program_there_is_the_file_to_download_and_no_preview(settings) -> None:
    settings.OFFICE = ""
    paper = hand_in()

    page = client_of("chen").get("/items/budget").content.decode()

    assert Job.objects.count() == 0
    assert "PDF 预览" not in page
    assert "?download" in page
    assert client_of("chen").get(address(paper)).status_code == 404


def test_where_the_program_makes_nothing_the_page_says_what_to_do(settings, tmp_path: Path) -> None:
    hand_in()
    (tmp_path / "soffice").write_text("#!/bin/sh\nexit 0\n")

    work_all("me")

    page = client_of("li").get(f"/jobs/{Job.objects.get().id}").content.decode()
    assert "没有能转成 PDF" in page
    assert "请下载原文件" in page


def test_a_preview_goes_with_its_file(django_capture_on_commit_callbacks) -> None:
    paper = hand_in()
    work_all("me")
    place = shelf.preview_of(PLACE, paper.sha256)
    assert place.is_file()
    assert sweep(PLACE) == 0

    ref = SealedText.objects.get(words="预算测算表").ref
    with django_capture_on_commit_callbacks(execute=True):
        door.do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="含有个人信息。")

    assert not shelf.place_of(PLACE, paper.sha256).exists()
    assert not place.exists()


def test_the_state_of_every_job_is_said_in_words() -> None:
    hand_in()
    job = Job.objects.get()
    for failure in ("jobs.given_up", "jobs.broke", "jobs.no_font", "of an older version"):
        Job.objects.update(state="failed", failure=failure)
        assert 'role="alert"' in client_of("li").get(f"/jobs/{job.id}").content.decode()
    Job.objects.update(state=DONE)
    assert client_of("li").get(f"/jobs/{job.id}/file").status_code == 404

"""Packs: one PDF with everything, for each recipient what that one may read, and no more."""

import stat
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pypdf import PdfReader

from tests.papers import made
from tests.playing import PLACE, client_of, play_into
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.jobs import queue
from yishi.jobs.models import Job
from yishi.jobs.working import work_all
from yishi.journal.tables.models import SealedText
from yishi.papers import shelf
from yishi.papers.apart import Bounds
from yishi.papers.models import Paper
from yishi.procedure.charters import EraseText
from yishi.procedure.convening import InviteOthers
from yishi.procedure.verdict import Accepted
from yishi.web.answers import REMEMBERED
from yishi.web.packs import gathering, making

pytestmark = pytest.mark.django_db

ASK = "/sittings/oct/pack"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.RESULTS = tmp_path / "papers", tmp_path / "results"
    settings.OFFICE = ""


def hand_in(item: str, by: str, title: str, name: str, data: bytes) -> None:
    form = {"subject.item": item, "title": title, "reason": "补充。"}
    form["file"] = SimpleUploadedFile(name, data)
    answer = client_of(by).post("/do/supply_paper", form)
    assert answer.status_code == 302, answer.context["error"]


def word_file() -> bytes:
    out = BytesIO()
    Document().save(out)
    return out.getvalue()


def pack_of(client: Client, address: str = ASK, **form: object) -> tuple[PdfReader, Job]:
    """The pack that somebody asks for, and its job."""
    answer = client.post(address, form)
    assert answer.status_code == 302
    job = Job.objects.filter(kind="pack").latest("id")
    work_all("me")
    job.refresh_from_db()
    assert job.state == "done", job.failure
    file = client.get(f"/jobs/{job.id}/file")
    assert file.status_code == 200
    return PdfReader(BytesIO(b"".join(file.streaming_content))), job


def bare(reader: PdfReader) -> list[str]:
    return ["".join(page.extract_text().split()) for page in reader.pages]


def outline(reader: PdfReader, held: list | None = None, depth: int = 0) -> list[tuple]:
    """The bookmarks: depth, title, page."""
    found: list[tuple] = []
    for one in reader.outline if held is None else held:
        if isinstance(one, list):
            found += outline(reader, one, depth + 1)
        else:
            found.append((depth, one.title, reader.get_destination_page_number(one)))
    return found


def test_everything_of_a_meeting_is_in_one_pdf_with_contents_bookmarks_and_numbers() -> None:
    play_into(until="noticed")
    hand_in("budget", "li", "测算说明", "a.pdf", made.stamped())
    hand_in("budget", "li", "平面图", "b.png", made.png(60, 40))
    hand_in("budget", "li", "补充说明", "c.txt", "第一段。\n第二段。".encode("gb18030"))

    reader, job = pack_of(client_of("chen"), forms="yes")

    pages, marks = bare(reader), outline(reader)
    assert "会议材料汇编" in pages[0]
    assert "陈" in pages[0]
    assert [title for depth, title, _ in marks if depth == 0][:2] == ["会议通知", "会议议程"]
    assert [title for depth, title, _ in marks if depth == 0][-2:] == ["签到表", "会议记录用纸"]
    budget = next(n for n, mark in enumerate(marks) if "议题" in mark[1] and "预算" in mark[1])
    assert [title for _, title, _ in marks[budget + 1 : budget + 5]] == [
        "议题申报表",
        "测算说明",
        "平面图",
        "补充说明",
    ]
    for _, title, page in marks:
        assert "".join(title.split()) in pages[page], title
        assert f"{'.'}{page + 1}" in pages[1] or str(page + 1) in pages[1]
    for n, said in enumerate(pages[1:], 2):
        assert f"第{n}页共{len(pages)}页" in said
        assert "供" in said
    assert any("Estimate" in said for said in pages)
    assert any("第一段。第二段。" in said for said in pages)
    assert [one["why"] for one in job.remarks] == ["on_paper"] * len(job.remarks)


def test_a_pack_of_our_own_papers_keeps_the_standards_and_one_with_others_claims_none() -> None:
    play_into(until="noticed")
    own, _ = pack_of(client_of("chen"))
    hand_in("budget", "li", "测算说明", "a.pdf", made.SOUND)
    mixed, _ = pack_of(client_of("chen"))

    claimed = [reader.xmp_metadata.stream.get_data() for reader in (own, mixed)]
    assert [b"pdfaid:part" in said and b"pdfuaid:part" in said for said in claimed] == [True, False]
    for reader in (own, mixed):
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_a_pack_with_a_text_of_somebody_claims_none_either() -> None:
    play_into(until="noticed")
    hand_in("budget", "li", "补充说明", "a.txt", "第一段。\n第二段。".encode())
    reader, _ = pack_of(client_of("chen"))

    assert "第一段。" in "".join(bare(reader))
    assert b"pdfaid:part" not in reader.xmp_metadata.stream.get_data()


def test_what_is_not_in_it_is_listed_with_its_reason() -> None:
    play_into(until="noticed")
    hand_in("budget", "li", "说明", "a.docx", word_file())
    hand_in("budget", "li", "旧件", "b.pdf", made.SOUND)
    shelf.place_of(PLACE, Paper.objects.get(name="b.pdf").sha256).write_bytes(b"altered")
    hand_in("budget", "li", "坏件", "c.pdf", made.stamped())
    broken, _ = shelf.put(PLACE, BytesIO(b"%PDF-1.4 nothing"))
    Paper.objects.filter(name="c.pdf").update(sha256=broken)

    hand_in("budget", "li", "坏图", "d.png", made.png(40, 40, drawn=False))

    client = client_of("chen")
    reader, job = pack_of(client)

    why = {one["title"]: one["why"] for one in job.remarks}
    assert (why["说明"], why["旧件"], why["坏件"]) == ("no_program", "altered", "unreadable")
    assert why["坏图"] == "unreadable"
    contents = bare(reader)[1]
    assert "没有收入或者没有收全的材料" in contents
    assert "没有安装LibreOffice" in contents
    assert "说明" in client.get(f"/jobs/{job.id}").content.decode()


def test_a_text_of_which_not_all_is_printed_says_so_at_its_end_and_in_the_contents(
    monkeypatch,
) -> None:
    monkeypatch.setattr(making, "LONGEST", 8)
    play_into(until="noticed")
    hand_in("budget", "li", "全文", "a.txt", "一二三四五六七八".encode())
    hand_in("budget", "li", "长文", "b.txt", "甲乙丙丁戊己庚辛壬".encode())
    hand_in("budget", "li", "更长", "c.txt", ("子丑寅卯辰巳午未" * 9).encode("gb18030"))

    reader, job = pack_of(client_of("chen"))

    cut = [one["title"] for one in job.remarks if one["why"] == "cut"]
    assert cut == ["长文", "更长"]
    said = "".join(bare(reader))
    assert "庚辛（文字太长，只印了前20万字" in said
    assert "壬" not in said
    assert "六七八（" not in said
    assert "只印了前20万字，全文请另行打印" in bare(reader)[1]


def test_a_document_goes_in_where_the_program_is_there(settings, tmp_path: Path) -> None:
    (tmp_path / "ready.pdf").write_bytes(made.SOUND)
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nmkdir -p out && cp {tmp_path}/ready.pdf out/paper.pdf\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    settings.OFFICE = str(program)
    play_into(until="noticed")
    hand_in("budget", "li", "说明", "a.docx", word_file())

    reader, _ = pack_of(client_of("chen"))

    assert any("Estimate" in said for said in bare(reader))


def test_each_gets_what_they_may_read_and_nothing_of_the_rest() -> None:
    """Whoever was called in for one item has that one in the pack, and no other's title."""
    play_into(until="noticed")
    hand_in("budget", "li", "测算说明", "a.pdf", made.SOUND)
    invited = do(PLACE, "chen", InviteOthers(sitting="oct", item="budget", people=("luo",)))
    assert isinstance(invited.verdict, Accepted)
    state = MEMORY.at(PLACE).state
    for person in ("chen", "xiao", "li", "luo"):
        client = client_of(person)
        page = client.get("/sittings/oct")
        reader, _ = pack_of(client, **{"for": person})
        said = "".join(bare(reader))
        for line in (one["line"] for one in page.context["agenda"]):
            title = "".join(state.items[line.item].title.split())
            assert (title in said) == (line.held is not None), (person, title)
            reads = any("Estimate" in text for text in bare(reader))
            if line.item == "budget":
                assert reads == bool(line.papers), person


def test_a_pack_is_for_whoever_has_a_place_in_the_meeting() -> None:
    play_into(until="noticed")

    assert client_of("luo").get(ASK).status_code == 404
    assert client_of("luo").post(ASK).status_code == 404
    assert client_of("chen").get("/sittings/none/pack").status_code == 404
    assert Job.objects.count() == 0
    page = client_of("chen").get("/sittings/oct").content.decode()
    assert ASK in page
    assert "/documents/record-sheet/oct/docx" in page
    assert ASK in client_of("xiao").get("/sittings/oct/room").content.decode()


def test_the_secretary_has_packs_made_for_others_and_nobody_else_does() -> None:
    play_into(until="noticed")
    xiao = client_of("xiao")
    assert 'value="chen"' in xiao.get(ASK).content.decode()

    answer = xiao.post(ASK, {"for": ["chen", "liu"]})

    assert answer.headers["Location"] == ASK
    work_all("me")
    jobs = list(Job.objects.filter(kind="pack").order_by("id"))
    assert [(job.person, job.wanted["for"], job.state) for job in jobs] == [
        ("xiao", "chen", "done"),
        ("xiao", "liu", "done"),
    ]
    said = bare(PdfReader(BytesIO(b"".join(xiao.get(f"/jobs/{jobs[0].id}/file")))))
    assert "供陈" in said[1]
    assert client_of("chen").get(f"/jobs/{jobs[0].id}/file").status_code == 404
    # Others get their own whatever they send.
    client_of("liu").post(ASK, {"for": ["chen"]})
    assert Job.objects.latest("id").wanted["for"] == "liu"


def test_nothing_chosen_and_strangers_are_refused_with_a_sentence() -> None:
    play_into(until="noticed")
    for chosen in ([], ["nobody"], ["chen", "luo"]):
        page = client_of("xiao").post(ASK, {"for": chosen, "forms": "yes"})
        assert page.status_code == 422
        assert "请选择给谁" in page.content.decode()
        assert 'name="forms" value="yes" checked' in page.content.decode()
    assert Job.objects.count() == 0


def test_what_one_may_not_read_any_more_is_not_given_out_though_it_was_made(monkeypatch) -> None:
    play_into(until="noticed")
    chen = client_of("chen")
    _, job = pack_of(chen)
    Job.objects.filter(id=job.id).update(holds=[["item", "no such item"]])

    assert chen.get(f"/jobs/{job.id}/file").status_code == 404
    page = chen.get(f"/jobs/{job.id}").content.decode()
    assert "您现在不能查阅的内容" in page
    assert f"/jobs/{job.id}/file" not in page


def test_where_not_all_may_wait_that_is_said_before_any_is_begun(monkeypatch) -> None:
    play_into(until="noticed")
    monkeypatch.setattr(queue, "WAITS", 2)
    xiao = client_of("xiao")
    xiao.post(ASK, {"for": ["xiao"]})

    page = xiao.post(ASK, {"for": ["chen", "liu"]})

    assert page.status_code == 409
    assert "这次选了 2 份，您已经有 1 份在排队；同时最多排 2 份" in page.content.decode()
    assert 'value="liu" checked' in page.content.decode()
    assert Job.objects.count() == 1


def test_what_is_being_ticked_is_not_lost_by_a_refresh() -> None:
    """Without a script a link leads on; with one, only the list is replaced."""
    play_into(until="noticed")
    xiao = client_of("xiao")
    xiao.post(ASK, {"for": ["chen", "liu"]})

    page = xiao.get(ASK).content.decode()

    assert "http-equiv" not in page
    assert "看看做到哪里了" in page
    form, _, listed = page.partition('data-jobs="/jobs/states"')
    assert "<form" in form
    assert listed.count("data-job=") == 2
    assert "<form" not in listed.partition("</section>")[0]


def test_nobody_takes_along_a_pack_whose_recipient_may_not_read_it_any_more(monkeypatch) -> None:
    play_into(until="noticed")
    hand_in("budget", "li", "测算说明", "a.pdf", made.SOUND)
    xiao = client_of("xiao")
    invited = do(PLACE, "chen", InviteOthers(sitting="oct", item="budget", people=("luo",)))
    assert isinstance(invited.verdict, Accepted)
    _, job = pack_of(xiao, **{"for": "luo"})
    reads = [one for one in job.holds if one[0] in ("item", "paper")]
    assert sorted(reads) == [["item", "budget"]]
    # What whoever asks may read, and the recipient not.
    other = next(i for i in MEMORY.at(PLACE).state.sittings["oct"].agenda if i != "budget")
    Job.objects.filter(id=job.id).update(holds=[*job.holds, ["item", other]])
    assert xiao.get(f"/jobs/{job.id}/file").status_code == 404
    Job.objects.filter(id=job.id).update(holds=job.holds)
    assert xiao.get(f"/jobs/{job.id}/file").status_code == 200

    # Whoever has no place in the meeting any more.
    monkeypatch.setattr(gathering, "everybody", lambda office, sitting: ())
    REMEMBERED.forget()

    assert xiao.get(f"/jobs/{job.id}/file").status_code == 404
    assert f"/jobs/{job.id}/file" not in xiao.get(ASK).content.decode()
    assert "现在不能查阅" in xiao.get(ASK).content.decode()


def test_whoever_left_the_office_takes_along_no_pack_of_others(monkeypatch) -> None:
    play_into(until="noticed")
    staff = client_of("xiao")
    _, others = pack_of(staff, **{"for": "liu"})
    assert staff.get(f"/jobs/{others.id}/file").status_code == 200

    monkeypatch.setattr(gathering, "of_secretariat", lambda office: False)
    sitting = MEMORY.at(PLACE).state.sittings["oct"]
    monkeypatch.setattr(type(sitting), "keepers", ())
    REMEMBERED.forget()

    assert staff.get(f"/jobs/{others.id}/file").status_code == 404


def test_a_pack_notes_all_that_its_papers_tell_of() -> None:
    """Decisions too, which the forms of the items tell once they are made."""
    play_into(until="")
    chen = client_of("chen")
    state = MEMORY.at(PLACE).state
    decided = next(s for s in state.sittings.values() if s.status == "closed" and s.agenda)
    chen.post(f"/sittings/{decided.id}/pack")
    work_all("me")

    job = Job.objects.filter(kind="pack").latest("id")
    assert job.state == "done"
    made_then = {state.items[item].decision for item in decided.agenda} - {None}
    assert {subject for thing, subject in job.holds if thing == "decision"} >= made_then
    assert made_then


def test_where_all_of_it_is_too_much_that_is_said(monkeypatch) -> None:
    play_into(until="noticed")
    monkeypatch.setattr(making, "BIND", Bounds(memory=16, seconds=5))
    chen = client_of("chen")
    chen.post(ASK)

    work_all("me")

    page = chen.get(f"/jobs/{Job.objects.get().id}").content.decode()
    assert "材料合在一起太大" in page
    assert "逐份下载、打印" in page


def test_when_something_is_erased_no_pack_from_before_is_given_out(
    settings, django_capture_on_commit_callbacks
) -> None:
    play_into(until="noticed")
    hand_in("budget", "li", "测算说明", "a.pdf", made.SOUND)
    chen = client_of("chen")
    _, job = pack_of(chen)
    chen.post(ASK, {"forms": "yes"})
    running = queue.take("another")
    assert running is not None
    ref = SealedText.objects.get(words="测算说明").ref

    with django_capture_on_commit_callbacks(execute=True):
        erase = EraseText(body="chuwuhui", ref=ref)
        assert isinstance(do(PLACE, "chen", erase, reason="误录。").verdict, Accepted)

    assert chen.get(f"/jobs/{job.id}/file").status_code == 404
    assert "依法删除" in chen.get(f"/jobs/{job.id}").content.decode()
    assert [path for path in settings.RESULTS.rglob("*") if path.is_file()] == []
    with pytest.raises(queue.Lost):
        queue.renew(running)
    work_all("me")
    running.refresh_from_db()
    assert running.state == "done"


def test_the_sheet_for_the_record_lets_the_chair_speak_where_the_rules_have_it() -> None:
    play_into(until="noticed")
    sheet = PdfReader(BytesIO(client_of("xiao").get("/documents/record-sheet/oct/pdf").content))

    said = "".join(bare(sheet))
    names = MEMORY.at(PLACE).state.roster.people
    chair, others = names["chen"], [names[p] for p in ("liu", "zeng", "zhou")]
    body = said.partition("发言要点")[2].partition("决定")[0]
    assert all(body.index(other) < body.index(chair) for other in others)
    assert "□赞成" in body


def test_a_character_that_no_font_has_is_marked_and_said(monkeypatch) -> None:
    play_into(until="noticed")
    hand_in("budget", "li", "说明", "a.txt", "符号\U000f0000在此".encode())

    reader, _ = pack_of(client_of("chen"))

    said = bare(reader)
    assert any("符号〓在此" in text for text in said)
    assert "U+F0000" in said[1]


def test_asking_twice_while_it_is_made_makes_one() -> None:
    play_into(until="noticed")
    chen = client_of("chen")

    first, second = chen.post(ASK), chen.post(ASK)

    assert first.headers["Location"] == second.headers["Location"]
    page = chen.get(ASK).content.decode()
    assert "正在排队" in page
    assert "data-job" in page

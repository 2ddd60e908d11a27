"""Papers: handed in with their file, checked by its content, read by those who may."""

import hashlib
import os
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile, ZipInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.papers import made
from tests.playing import PLACE, client_of, play_into
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.clerk.tick import tick
from yishi.journal import encode_line, verify
from yishi.journal.tables.models import Entry, SealedText
from yishi.journal.tables.store import TableStore
from yishi.outbox.models import Message
from yishi.papers import content, shelf
from yishi.papers.models import Paper
from yishi.papers.sweeping import sweep
from yishi.procedure.access import readers
from yishi.procedure.act import Act
from yishi.procedure.attendance import LeaveRoom, MarkPresent
from yishi.procedure.charters import EraseText
from yishi.procedure.convening import InviteOthers
from yishi.procedure.deliberation import BeginItem
from yishi.procedure.verdict import Accepted
from yishi.procedure.voting import DecideItem
from yishi.register.models import Reader
from yishi.web.office import CATALOGUES

pytestmark = pytest.mark.django_db

PDF = made.SOUND
FORM = "/do/supply_paper"


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def office_file(kind: str, more: tuple[str, ...] = (), macro: bool = False) -> bytes:
    """The least that is a document of an office program."""
    main = f"{kind}.main+xml".replace(".main", ".macroEnabled.main" if macro else ".main")
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr(ZipInfo("[Content_Types].xml"), f'<Override ContentType="{main}"/>')
        for name in more:
            packed.writestr(ZipInfo(name), "x")
    return out.getvalue()


def open_document(*more: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr(ZipInfo("mimetype"), content.ODT)
        for name in more:
            packed.writestr(ZipInfo(name), "x")
    return out.getvalue()


def hand_in(client: Client, data: bytes | None = PDF, name: str = "测算表.pdf", **more):
    form = {"subject.item": "budget", "title": "预算测算表", "next": "/items/budget", **more}
    if data is not None:
        form["file"] = SimpleUploadedFile(name, data)
    return client.post(FORM, form)


def only_paper() -> Paper:
    return Paper.objects.get()


def address(paper: Paper) -> str:
    return f"/papers/{paper.item}/{paper.paper}"


# ── handing in ────────────────────────────────────────────────────────────────────────────────


def test_a_paper_is_handed_in_with_its_file_and_the_journal_keeps_its_digest() -> None:
    play_into(until="approved")

    answer = hand_in(client_of("li"))

    digest = hashlib.sha256(PDF).hexdigest()
    assert answer.headers["Location"] == "/items/budget"
    lines = list(TableStore(PLACE).read())
    assert lines[-1].entry.type == "paper_supplied"
    assert lines[-1].entry.payload["digest"] == digest
    assert verify(map(encode_line, lines)).first_bad is None
    row = only_paper()
    assert (row.sha256, row.size, row.name, row.uploader) == (digest, len(PDF), "测算表.pdf", "li")
    assert MEMORY.at(PLACE).state.items["budget"].papers == (row.paper,)
    with shelf.take(PLACE, digest) as kept:
        assert kept.read() == PDF


def test_every_way_to_the_act_leads_to_the_form_that_takes_a_file() -> None:
    play_into(until="approved")
    li = client_of("li")

    page = li.get(f"{FORM}?item=budget")

    assert 'enctype="multipart/form-data"' in page.content.decode()
    assert f"{FORM}?item=budget" in li.get("/items/budget").content.decode()


def test_a_paper_without_a_file_is_registered_as_one_on_paper() -> None:
    play_into(until="approved")

    answer = hand_in(client_of("li"), None, on_paper="yes")

    assert answer.status_code == 302
    assert Paper.objects.count() == 0
    assert "digest" not in list(TableStore(PLACE).read())[-1].entry.payload
    assert "纸质材料" in client_of("li").get("/items/budget").content.decode()


def called(value: bytes | str) -> str:
    """A name for a case, the same in every process: what is in a made file is not."""
    return value if isinstance(value, str) else "file"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "a.pdf", content.PDF),
        (office_file(content.DOCX), "a.docx", content.DOCX),
        (office_file(content.XLSX), "a.xlsx", content.XLSX),
        (office_file(content.PPTX), "a.pptx", content.PPTX),
        (open_document(), "a.odt", content.ODT),
        (made.png(), "a.png", content.PNG),
        (made.jpeg(), "a.jpg", content.JPEG),
        ("会议材料".encode(), "a.txt", "text/plain; charset=utf-8"),
        ("会议材料，一九九八年".encode("gb18030"), "a.txt", "text/plain; charset=gb18030"),
    ],
    ids=called,
)
def test_each_kind_is_known_by_its_content(data: bytes, name: str, kind: str) -> None:
    assert content.checked(BytesIO(data)) == kind
    play_into(until="approved")

    assert hand_in(client_of("li"), data, name).status_code == 302
    assert only_paper().type == kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03", "unknown"),
        (b"\x7fELF\x02\x01\x01\x00", "unknown"),
        (b"PK\x03\x04 no zip", "unknown"),
        (made.locked(), "encrypted"),
        (made.with_action("JavaScript", JS="x"), "active"),
        (made.packed({"../x.xml": b"x"}), "paths"),
        (made.packed({"x.xml": b" " * 80_000_000}), "bomb"),
        (made.SOUND[:200], "broken"),
        (b"GIF89a" + made.SOUND, "twofold"),
        (made.png(60_000, 60_000, drawn=False), "too_fine"),
        (office_file("application/vnd.other"), "unknown"),
        (office_file(content.DOCX, macro=True), "macros"),
        (office_file(content.DOCX, ("word/vbaProject.bin",)), "macros"),
        (office_file(content.XLSX, ("xl/VBAPROJECT.BIN",)), "macros"),
        (open_document("Basic/Standard/Module1.xml"), "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old_office"),
    ],
    ids=called,
)
def test_what_is_not_taken_is_told_apart_and_nothing_typed_is_lost(data: bytes, why: str) -> None:
    play_into(until="approved")
    entries = Entry.objects.count()

    # Its name says PDF; only the content counts.
    page = hand_in(client_of("li"), data, "表.pdf")

    said = page.context["error"]
    assert page.status_code == 422
    assert said
    assert said == client_words(f"page.papers.{why}")
    assert said in page.content.decode()
    assert 'value="预算测算表"' in page.content.decode()
    assert (Paper.objects.count(), Entry.objects.count()) == (0, entries)


def client_words(key: str) -> str:
    return CATALOGUES["zh"].text(key)


def test_a_file_beyond_the_limit_is_passed_over_and_the_title_stays(settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    play_into(until="approved")
    li = client_of("li")

    page = hand_in(li, PDF + b" " * 1024 * 1024)

    assert page.status_code == 422
    assert "最大 1 MB" in page.context["error"]
    assert 'value="预算测算表"' in page.content.decode()
    assert hand_in(li, PDF + b" " * (1024 * 1024 - len(PDF))).status_code == 302


def test_without_a_title_the_file_is_kept_and_need_not_be_chosen_again() -> None:
    play_into(until="approved")
    li = client_of("li")
    page = hand_in(li, title="")
    assert page.status_code == 422
    assert "已收到“测算表.pdf”" in page.content.decode()

    answer = hand_in(li, None, kept=page.context["token"])

    assert answer.status_code == 302
    assert only_paper().name == "测算表.pdf"


def test_a_second_file_that_is_not_taken_leaves_the_first_one_kept() -> None:
    play_into(until="approved")
    li = client_of("li")
    token = hand_in(li, title="").context["token"]

    page = hand_in(li, b"MZ\x00\x00", "b.exe", kept=token)
    assert page.status_code == 422
    assert page.context["error"] == client_words("page.papers.unknown")
    assert "已收到“测算表.pdf”" in page.content.decode()

    assert hand_in(li, None, kept=page.context["token"]).status_code == 302
    assert only_paper().name == "测算表.pdf"


def test_a_kept_file_is_for_whoever_sent_it_and_nobody_else() -> None:
    play_into(until="approved")
    token = hand_in(client_of("li"), title="").context["token"]

    for forged in (token + "x", "nonsense", ""):
        assert hand_in(client_of("li"), None, kept=forged).status_code == 422
    assert hand_in(client_of("deng"), None, kept=token).status_code == 422
    assert Paper.objects.count() == 0


def test_neither_file_nor_paper_is_asked_for_again() -> None:
    play_into(until="approved")

    page = hand_in(client_of("li"), None)

    assert page.status_code == 422
    assert page.context["error"] == client_words("page.papers.nothing")


def test_before_it_is_approved_the_clause_says_so_and_no_byte_is_kept(tmp_path: Path) -> None:
    play_into(until="collated")
    assert client_of("li").get(f"{FORM}?item=budget").context["withheld"] is not None

    page = hand_in(client_of("li"))

    assert page.status_code == 409
    assert [g.citation.label for g in page.context["form"].grounds] == ["五(一)"]
    assert 'value="预算测算表"' in page.content.decode()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_the_office_reads_the_item_but_hands_in_nothing_for_it() -> None:
    play_into(until="approved")

    page = hand_in(client_of("xiao"))

    assert page.status_code == 409
    assert Paper.objects.count() == 0


def test_who_may_not_read_the_item_finds_no_form_for_it() -> None:
    play_into(until="approved")
    luo = client_of("luo")

    assert luo.get(f"{FORM}?item=budget").status_code == 404
    assert hand_in(luo).status_code == 404
    assert luo.get(f"{FORM}?item=none").status_code == 404
    assert luo.get(FORM).headers["Location"] == "/items/"


def test_the_same_form_sent_twice_hands_in_one_paper() -> None:
    play_into(until="approved")
    li = client_of("li")

    hand_in(li, key="once")
    again = hand_in(li, key="once")

    assert again.status_code == 302
    assert Paper.objects.count() == 1


def test_a_wrong_kind_of_next_leads_nowhere_else() -> None:
    play_into(until="approved")

    answer = hand_in(client_of("li"), next="https://elsewhere.example/")

    assert answer.headers["Location"] == "/items/budget"


# ── versions ──────────────────────────────────────────────────────────────────────────────────


def test_a_new_version_is_a_new_paper_and_the_old_one_stays_readable() -> None:
    play_into(until="approved")
    li = client_of("li")
    hand_in(li)
    hand_in(li, PDF + b"% changed\n", "测算表二.pdf")
    hand_in(li, made.png(), "图.png", title="平面图")

    documents = li.get("/items/budget").context["documents"]

    assert [(d.latest.title, d.latest.number, len(d.earlier)) for d in documents] == [
        ("预算测算表", 2, 1),
        ("平面图", 1, 0),
    ]
    for version in documents[0].versions:
        assert li.get(f"/papers/budget/{version.paper}").status_code == 200
    assert documents[0].latest.name == "测算表二.pdf"


# ── after the notice ──────────────────────────────────────────────────────────────────────────


def test_after_the_notice_a_new_version_wants_its_reason_and_keeps_the_file_meanwhile() -> None:
    play_into(until="noticed")
    li = client_of("li")

    page = hand_in(li)

    assert page.status_code == 409
    assert [(g.citation.label, g.rule) for g in grounds(page)] == [("第三条", "papers_settled")]
    said = page.content.decode()
    assert "已收到“测算表.pdf”" in said
    assert 'name="reason"' in said
    assert Paper.objects.count() == 0

    more = {"kept": page.context["token"], "key": page.context["form"].key}
    answer = hand_in(li, None, reason="第二页的数字有误。", **more)

    assert answer.status_code == 302
    shown = li.get("/items/budget").content.decode()
    assert "通知发出以后更换、增加，理由：第二页的数字有误。" in shown
    assert "第 2 版" in shown


class Named:
    """A ground with the name of its rule."""

    def __init__(self, ground) -> None:
        self.citation = ground.citation
        self.rule = ground.citation.rule.rpartition("/")[2]


def grounds(page) -> list[Named]:
    return [Named(ground) for ground in page.context["form"].grounds]


def test_those_who_may_read_the_papers_are_told_of_it_and_nobody_else() -> None:
    state = play_into(until="noticed").history.state
    assert hand_in(client_of("li"), reason="第二页的数字有误。").status_code == 302

    rows = Message.objects.filter(kind="outbox.paper_changed", channel="desk")

    told = set(rows.values_list("person", flat=True))
    sitting = state.sittings["oct"]
    may = {p for p in sitting.people if client_of(p).get(address(only_paper())).status_code == 200}
    assert told == may - {"li"}
    assert "chen" in told
    assert set(state.roster.people) - told
    assert "有了新的材料" in client_of("chen").get("/messages").content.decode()


def test_the_agenda_names_the_latest_version_alone() -> None:
    play_into(until="noticed")
    hand_in(client_of("li"), reason="第二页的数字有误。")

    agenda = client_of("chen").get("/sittings/oct").context["agenda"]

    (line,) = [one["line"] for one in agenda if one["line"].item == "budget"]
    assert line.papers == ((only_paper().paper, "预算测算表", True),)


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def test_a_pdf_is_shown_as_it_is_and_kept_nowhere() -> None:
    play_into(until="approved")
    hand_in(client_of("li"))

    answer = client_of("chen").get(address(only_paper()))

    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert quote("测算表.pdf") in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("data", "name", "shown"),
    [
        (b"<script>alert(1)</script>", "页.html", "inline"),
        (made.png(), "图.png", "inline"),
        (office_file(content.DOCX), "方案.docx", "attachment"),
    ],
)
def test_what_a_browser_cannot_show_safely_is_downloaded(
    data: bytes, name: str, shown: str
) -> None:
    play_into(until="approved")
    hand_in(client_of("li"), data, name)

    answer = client_of("li").get(address(only_paper()))

    assert answer.headers["Content-Disposition"].startswith(shown)
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert "html" not in answer.headers["Content-Type"]
    again = client_of("li").get(address(only_paper()) + "?download")
    assert again.headers["Content-Disposition"].startswith("attachment")


def test_only_those_read_it_who_may_and_the_others_learn_nothing() -> None:
    state = play_into(until="approved").history.state
    hand_in(client_of("li"))
    may = {"li", "deng", "zhou", "chen", "xiao", "tan", "wang"}

    for person in state.roster.people:
        status = client_of(person).get(address(only_paper())).status_code
        assert status == (200 if person in may else 404), person
    assert Client().get(address(only_paper())).status_code == 302


def test_who_is_called_in_reads_them_only_while_the_item_runs_and_in_the_room() -> None:
    play_into(until="noted")
    hand_in(client_of("li"), reason="第二页的数字有误。")
    named, content = {"sitting": "oct"}, "明年大厅运行经费测算表"

    def done(person: str, act: Act) -> tuple[int, bool]:
        """What the file then answers to 罗平, and whether the item's page has its content."""
        verdict = do(PLACE, person, act, reason="补登。").verdict
        assert isinstance(verdict, Accepted), verdict
        rows = Reader.objects.filter(thing="paper", subject="budget")
        may = readers(MEMORY.at(PLACE).state, "paper", "budget", timezone.now())
        assert set(rows.values_list("person", flat=True)) == may
        luo = client_of("luo")
        page = luo.get("/items/budget")
        assert page.status_code == 200
        return luo.get(address(only_paper())).status_code, content in page.content.decode()

    assert done("chen", InviteOthers(**named, item="budget", people=("luo",))) == (404, False)
    assert done("xiao", MarkPresent(**named, person="luo")) == (404, False)
    assert done("chen", BeginItem(**named, item="budget")) == (200, True)
    assert done("luo", LeaveRoom(**named, person="luo")) == (404, False)
    assert done("luo", MarkPresent(**named, person="luo")) == (200, True)
    later = DecideItem(**named, item="budget", decision="x", outcome="postpone", words="缓议。")
    assert done("chen", later) == (404, False)
    assert client_of("liu").get(address(only_paper())).status_code == 200


@pytest.mark.parametrize("place", ["budget/none", "none/none", "platform/{paper}", "budget/..%2f"])
def test_a_paper_that_is_not_there_is_no_page(place: str) -> None:
    play_into(until="approved")
    hand_in(client_of("li"))

    here = place.format(paper=only_paper().paper)
    assert client_of("chen").get(f"/papers/{here}").status_code == 404


def test_a_file_that_was_altered_or_lost_is_never_shown() -> None:
    play_into(until="approved")
    hand_in(client_of("li"))
    place = shelf.place_of(PLACE, only_paper().sha256)
    place.write_bytes(PDF.replace(b"1.4", b"1.5"))

    page = client_of("chen").get(address(only_paper()))
    assert page.status_code == 404
    assert only_paper().sha256 in page.content.decode()

    place.unlink()
    assert client_of("chen").get(address(only_paper())).status_code == 404


def test_a_row_that_points_elsewhere_does_not_change_what_is_read() -> None:
    play_into(until="approved")
    hand_in(client_of("li"))
    other, _ = shelf.put(PLACE, BytesIO(b"%PDF-other"))
    Paper.objects.update(sha256=other)

    answer = client_of("chen").get(address(only_paper()))

    assert b"".join(answer.streaming_content) == PDF


def test_reading_is_asked_for_and_never_sent() -> None:
    play_into(until="approved")
    hand_in(client_of("li"))

    assert client_of("li").post(address(only_paper())).status_code == 405


def test_reading_changes_nothing_and_asks_a_fixed_number_of_questions(
    django_assert_num_queries,
) -> None:
    play_into(until="approved")
    li = client_of("li")
    for n in range(5):
        hand_in(li, PDF + b"%d" % n, title=f"表{n}")
    paper = Paper.objects.first()
    assert paper is not None
    li.get("/items/budget")
    before = Entry.objects.count()

    with django_assert_num_queries(5):
        li.get(address(paper))
    with django_assert_num_queries(10):
        li.get("/items/budget")
    with django_assert_num_queries(3):
        li.get(f"{FORM}?item=budget")
    assert Entry.objects.count() == before


# ── files that are no paper (any more) ────────────────────────────────────────────────────────


def kept_files(place: Path) -> set[str]:
    return {path.name for path in place.rglob("*") if path.is_file()}


def aged(place: Path, hours: float) -> None:
    """Let every file be so old."""
    then = time.time() - hours * 3600
    for path in place.rglob("*"):
        os.utime(path, (then, then))


def test_a_file_whose_form_was_given_up_goes_after_a_day_and_a_papers_file_stays(
    tmp_path: Path,
) -> None:
    play_into(until="approved")
    li = client_of("li")
    hand_in(li)
    hand_in(li, PDF + b"% given up\n", title="")
    (tmp_path / PLACE / ".new-broken").write_bytes(b"x")
    mine = only_paper().sha256
    assert len(kept_files(tmp_path)) == 3

    aged(tmp_path, 23)
    assert sweep(PLACE) == 0
    aged(tmp_path, 25)
    tick(PLACE)

    assert kept_files(tmp_path) == {mine}
    assert b"".join(li.get(address(only_paper())).streaming_content) == PDF


def test_the_timer_sweeps_once_a_day(tmp_path: Path) -> None:
    play_into(until="approved")
    tick(PLACE)
    hand_in(client_of("li"), title="")
    aged(tmp_path, 25)

    tick(PLACE)
    assert len(kept_files(tmp_path)) == 1
    tick(PLACE, timezone.now() + timedelta(days=1))

    assert kept_files(tmp_path) == set()


def test_a_form_that_is_sent_again_late_has_its_file_or_is_told(tmp_path: Path) -> None:
    play_into(until="approved")
    li = client_of("li")
    token = hand_in(li, title="").context["token"]
    aged(tmp_path, 25)

    again = hand_in(li, None, title="", kept=token)
    assert sweep(PLACE) == 0
    aged(tmp_path, 25)
    assert sweep(PLACE) == 1
    late = hand_in(li, None, kept=again.context["token"])

    assert late.status_code == 422
    assert Paper.objects.count() == 0


def erase_title(words: str) -> None:
    """Have the title erased, as whoever convenes the meeting."""
    ref = SealedText.objects.get(words=words).ref
    done = do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="含有个人信息。")
    assert isinstance(done.verdict, Accepted), done.verdict


def test_with_the_title_of_a_paper_its_file_is_erased(
    tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    play_into(until="approved")
    li = client_of("li")
    hand_in(li, name="王某某病历.pdf")
    place = address(only_paper())
    hand_in(li, PDF + b"% other\n", title="平面图")

    with django_capture_on_commit_callbacks(execute=True):
        erase_title("预算测算表")

    left = only_paper()
    assert left.name != "王某某病历.pdf"
    assert kept_files(tmp_path) == {left.sha256}
    assert li.get(place).status_code == 404
    page = li.get("/items/budget").content.decode()
    assert "文件已删除" in page
    assert "平面图" in page


def test_the_same_file_under_another_title_stays(
    tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    play_into(until="approved")
    li = client_of("li")
    hand_in(li)
    hand_in(li, title="平面图")

    with django_capture_on_commit_callbacks(execute=True):
        erase_title("预算测算表")

    assert kept_files(tmp_path) == {only_paper().sha256}
    with django_capture_on_commit_callbacks(execute=True):
        erase_title("平面图")
    assert kept_files(tmp_path) == set()


def test_an_erased_file_that_a_backup_brought_back_goes_again(
    tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    play_into(until="approved")
    hand_in(client_of("li"))
    with django_capture_on_commit_callbacks(execute=True):
        erase_title("预算测算表")
    shelf.put(PLACE, BytesIO(PDF))
    aged(tmp_path, 25)

    assert sweep(PLACE) == 1


def test_another_erasure_leaves_the_file(
    tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    play_into(until="approved")
    hand_in(client_of("li"))
    words = MEMORY.at(PLACE).state.items["budget"].title

    with django_capture_on_commit_callbacks(execute=True):
        for ref in SealedText.objects.filter(words=words).values_list("ref", flat=True):
            do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="误录。")

    assert kept_files(tmp_path) == {only_paper().sha256}


# ── names ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("C:\\秘密\\预算.pdf", content.PDF, "预算.pdf"),
        ("../../etc/passwd", content.TXT, "passwd.txt"),
        ("预算.exe", content.PDF, "预算.exe.pdf"),
        ("预算\r\n.pdf", content.PDF, "预算.pdf"),
        ("", content.PDF, "1.pdf"),
        (".pdf", content.PDF, "1.pdf"),
        ("图.JPEG", content.JPEG, "图.JPEG"),
        ("长" * 300 + ".pdf", content.PDF, "长" * 150 + ".pdf"),
    ],
)
def test_a_name_is_plain_short_and_ends_as_its_content_does(
    name: str, kind: str, kept: str
) -> None:
    assert content.named(name, kind) == kept

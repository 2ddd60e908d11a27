"""Minutes go out as files: made with their number, kept with the entry, then always the same."""

import hashlib
import io
import re
import zipfile
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.db import connection, transaction

from tests.clerk.test_erasure import erase
from tests.documents.reading import text as pdf_text
from tests.documents.reading import words as docx_words
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import got
from tests.web.pressing import forms, press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.documents import pdf
from yishi.journal.tables.models import Entry, SealedText
from yishi.originals.keeping import File, keep, sizes_of
from yishi.originals.models import Original
from yishi.originals.triggers import put_on_with_refs, take_off
from yishi.procedure.circulating import CirculateMinutes
from yishi.procedure.correcting import CorrectMinutes
from yishi.procedure.drafting import WordMinutes
from yishi.procedure.issued import Original as Named
from yishi.procedure.issuing import IssueMinutes
from yishi.procedure.items import SubmitItem
from yishi.procedure.minutes import SetTask
from yishi.procedure.verdict import Accepted, Refused, Rejected
from yishi.web.documents import going_out, issuing

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"
FORMS = [(name, form) for name in ("minutes", "minutes-general") for form in ("pdf", "docx")]


@pytest.fixture
def ready():
    """Minutes with nothing missing, and the office's clerk at the page that issues them."""
    play_into(MONTH, "recorded")
    done = do(PLACE, "xiao", SetTask(task="t-budget", due_on=date(2026, 12, 20)))
    assert isinstance(done.verdict, Accepted)
    return client_of("xiao")


def issued():
    return MEMORY.at(PLACE).state.sittings["oct"].minutes


def test_the_files_that_go_out_have_their_number_and_stand_in_the_journal(ready) -> None:
    assert press(ready, ready.get(MINUTES), "issue_minutes").status_code == 302

    assert [(one.paper, one.form) for one in issued().files] == FORMS
    for name, form in FORMS:
        paper = got(client_of("liu"), name, "oct", form=form)
        held = hashlib.sha256(paper.content).hexdigest()
        assert held == issued().original(name, form)
        said = docx_words(paper.content) if form == "docx" else pdf_text(paper.content)
        assert "〔2026〕1号" in said
        assert "印发时编定" not in said
        assert "2026年12月20日" in said
    assert Original.objects.count() == 4


def test_the_paper_is_those_bytes_whatever_a_later_version_would_write(ready, monkeypatch) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    before = got(client_of("liu"), "minutes", "oct").content
    monkeypatch.setattr(pdf, "write", lambda document, faces: b"another template")

    assert got(client_of("liu"), "minutes", "oct").content == before


def test_the_page_tells_the_digest_and_that_it_is_the_original(ready) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    said = text(client_of("liu").get(MINUTES))

    assert issued().original("minutes", "pdf") in said
    assert "不在本机" not in said


def test_minutes_issued_before_files_were_kept_are_made_anew_and_the_page_says_so() -> None:
    play_into(MONTH, "minutes")

    assert issued().files == ()
    assert "没有保存文件" in text(client_of("liu").get(MINUTES))
    assert got(client_of("liu"), "minutes", "oct").content.startswith(b"%PDF")


@pytest.mark.parametrize("person", ["he", "guan", "deng"])
def test_who_may_not_read_the_minutes_does_not_get_the_original_either(ready, person) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")

    assert got(client_of(person), "minutes", "oct").status_code == 404
    assert issued().original("minutes", "pdf") not in text(client_of(person).get(MINUTES))


def test_where_something_happens_meanwhile_the_files_are_made_again(ready, monkeypatch) -> None:
    times, made = [], issuing.made

    def meanwhile(office, act, reason):
        found = made(office, act, reason)
        if not times:
            do(PLACE, "xiao", SetTask(task="t-budget", due_on=date(2026, 12, 21)))
        times.append(1)
        return found

    monkeypatch.setattr(going_out, "made", meanwhile)
    assert press(ready, ready.get(MINUTES), "issue_minutes").status_code == 302

    assert len(times) == 2
    paper = got(client_of("liu"), "minutes", "oct", form="docx").content
    assert "2026年12月21日" in docx_words(paper)
    assert Original.objects.count() == 4


def test_where_too_much_happens_nothing_is_issued_and_one_is_told_to_press_again(
    ready, monkeypatch
) -> None:
    monkeypatch.setattr(going_out, "TRIES", 1)
    page = ready.get(MINUTES)
    made = issuing.made

    def meanwhile(office, act, reason):
        found = made(office, act, reason)
        do(PLACE, "xiao", SetTask(task="t-budget", due_on=date(2026, 12, 21)))
        return found

    monkeypatch.setattr(going_out, "made", meanwhile)
    answer = press(ready, page, "issue_minutes")

    assert answer.status_code == 409
    assert "没有印发" in text(answer)
    assert issued() is None
    assert Original.objects.count() == 0


def test_what_another_meeting_does_meanwhile_does_not_stop_the_issuing(ready, monkeypatch) -> None:
    times, made = [], issuing.made

    def meanwhile(office, act, reason):
        found = made(office, act, reason)
        plan = SubmitItem(
            item=f"busy{len(times)}", body="zhurenbangonghui", title="忙", matter="other",
            lead_unit="business", content="内容", proposal="建议", within_authority=True,
            written=True,
        )  # fmt: skip
        later = MEMORY.at(PLACE).state.latest + timedelta(seconds=1)
        assert isinstance(do(PLACE, "li", plan, at=later).verdict, Accepted)
        times.append(1)
        return found

    monkeypatch.setattr(going_out, "made", meanwhile)
    assert press(ready, ready.get(MINUTES), "issue_minutes").status_code == 302

    assert len(times) == 1
    assert len(issued().files) == 4
    assert issued().issued_at == MEMORY.at(PLACE).state.latest


def test_files_of_yesterday_are_made_again(ready, monkeypatch) -> None:
    times, made = [], issuing.made

    def meanwhile(office, act, reason):
        found = made(office, act, reason)
        if not times:
            plan = CirculateMinutes(sitting="oct")
            do(PLACE, "he", plan, at=MEMORY.at(PLACE).state.latest + timedelta(days=400))
        times.append(1)
        return found

    monkeypatch.setattr(going_out, "made", meanwhile)
    assert press(ready, ready.get(MINUTES), "issue_minutes").status_code == 302

    assert len(times) == 2
    assert issued().issued_at.year == 2028


def test_a_character_that_no_font_has_is_named_and_nothing_is_issued(ready, monkeypatch) -> None:
    lacking = SimpleNamespace(roles={"body": ["x"]}, missing=lambda words: ("预",))
    page = ready.get(MINUTES)
    monkeypatch.setattr("yishi.web.documents.writers.faces", lambda folder: lacking)
    before = Entry.objects.count()

    answer = press(ready, page, "issue_minutes")

    assert answer.status_code == 409
    assert "预 (U+9884)" in text(answer)
    assert "字体" in text(answer)
    assert (Entry.objects.count(), Original.objects.count()) == (before, 0)
    assert issued() is None


@pytest.mark.parametrize("character", ["\ue000", "\U0001f600"])
def test_a_character_that_no_font_has_is_named_on_the_draft_and_marked_in_its_files(
    ready, character: str
) -> None:
    page, code = ready.get(MINUTES), f"U+{ord(character):04X}"
    word = WordMinutes(sitting="oct", opening=f"会议研究了{character}事项。")
    assert isinstance(do(PLACE, "xiao", word).verdict, Accepted)
    told = ready.get(MINUTES)

    assert "内容已经齐全" not in text(told)
    assert "这些字哪一种字体都没有" in text(told)
    assert f"（{code}）" in text(told)
    first = told.context["proofs"][0]
    assert (first.where.id, first.words, first.ahead) == (
        "page.minutes.in_opening",
        character,
        "会议研究了",
    )
    assert forms(told, "issue_minutes") == []
    printed, docx = (got(ready, "minutes", "oct", form=form) for form in ("pdf", "docx"))
    assert (printed.status_code, docx.status_code) == (200, 200)
    for paper in (pdf_text(printed.content), docx_words(docx.content)):
        assert "会议研究了〓事项。" in paper
        assert code in paper
    answer = press(ready, page, "issue_minutes")
    assert answer.status_code == 409
    assert f"({code})" in text(answer)
    assert issued() is None


def test_files_without_their_bytes_are_not_issued(ready) -> None:
    named = IssueMinutes(sitting="oct", files=(Named("minutes", "pdf", "0" * 64),))
    done = do(PLACE, "xiao", named)

    assert isinstance(done.verdict, Rejected)
    assert done.verdict.field == "files"
    assert issued() is None


def test_minutes_are_not_issued_without_files_and_a_refusal_still_has_its_grounds(ready) -> None:
    before = Entry.objects.count()
    done = do(PLACE, "xiao", IssueMinutes(sitting="oct"))

    assert isinstance(done.verdict, Rejected)
    assert (done.verdict.field, done.verdict.message.id) == ("files", "clerk.files_missing")
    assert (issued(), Entry.objects.count()) == (None, before)
    assert isinstance(do(PLACE, "liu", IssueMinutes(sitting="oct")).verdict, Refused)


def test_a_correction_is_not_issued_without_files(ready) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    done = do(PLACE, "xiao", CorrectMinutes(sitting="oct", words="第一项有误。"), reason="写错。")

    assert isinstance(done.verdict, Rejected)
    assert done.verdict.field == "files"
    assert issued().corrected == ()


def test_files_with_a_number_that_is_not_the_next_are_not_issued(ready) -> None:
    done = do(PLACE, "xiao", IssueMinutes(sitting="oct", expects=2))

    assert (done.verdict.field, done.verdict.message.id) == ("expects", "minutes.number_gone")
    assert issued() is None


def test_bytes_and_entry_are_one_transaction(ready, monkeypatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("yishi.clerk.door.keep", broken)
    page = ready.get(MINUTES)
    with pytest.raises(RuntimeError), transaction.atomic():
        press(ready, page, "issue_minutes")

    MEMORY.forget(PLACE)
    assert issued() is None


def test_sent_twice_they_are_issued_once(ready) -> None:
    page = ready.get(MINUTES)
    press(ready, page, "issue_minutes")

    assert press(ready, page, "issue_minutes").status_code == 302
    assert Entry.objects.filter(type="minutes_issued").count() == 1


def test_an_erasure_reaches_the_files_that_hold_the_words(ready) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    words = MEMORY.at(PLACE).state.tasks["t-budget"].words

    assert erase(words) > 0

    assert not Original.objects.exclude(content=b"").exists()
    paper = got(client_of("liu"), "minutes", "oct", form="docx")
    assert words not in docx_words(paper.content)
    page = text(client_of("liu").get(MINUTES))
    assert "不在本机" in page
    assert "上面的下载就是印发时的文件" not in page


def headed(raw: bytes) -> str:
    """What a Word file says at the head of its pages."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        heads = [packed.read(n).decode() for n in packed.namelist() if "header" in n]
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)", "".join(heads)))


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_is_made_anew_for_an_erased_original_says_on_the_paper_that_it_is(ready, form) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    mark = "依法删除后重新生成，非印发原件"
    read = headed if form == "docx" else pdf_text
    assert mark not in read(got(client_of("liu"), "minutes", "oct", form=form).content)

    erase(MEMORY.at(PLACE).state.tasks["t-budget"].words)

    paper = got(client_of("liu"), "minutes", "oct", form=form)
    assert mark in read(paper.content)
    assert "非印发原件" in unquote(paper["Content-Disposition"])


def test_an_erasure_leaves_the_files_of_other_meetings_that_say_the_same(ready) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    title = MEMORY.at(PLACE).state.items["budget"].title
    others = [
        File(b"another meeting's", (f"会议讨论了《{title}》。",), ("0" * 64,)),
        File(b"kept before refs were", (f"会议讨论了《{title}》。",)),
    ]
    keep(PLACE, others, MEMORY.at(PLACE).state.latest)

    assert erase(title) > 0

    assert Original.objects.exclude(content=b"").count() == len(others)


def test_files_from_before_there_were_refs_go_with_the_words_of_their_own_meeting(ready) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    words = "\n".join(("二〇二六", MEMORY.at(PLACE).state.tasks["t-budget"].words))
    with connection.cursor() as cursor:
        take_off(connection)
        cursor.execute("UPDATE originals_original SET refs = '', words = %s", [words])
        put_on_with_refs(connection)

    assert erase(MEMORY.at(PLACE).state.tasks["t-budget"].words) > 0

    assert not Original.objects.exclude(content=b"").exists()


def test_a_correction_goes_with_its_own_words_and_the_minutes_stay(ready) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    form = "/do/correct_minutes?sitting=oct"
    press(ready, ready.get(form), "correct_minutes", words="应为一百万元。", reason="打字有误。")

    assert erase("应为一百万元") > 0

    files = issued().every_file
    sizes = sizes_of(PLACE, [one.digest for one in files])
    assert {one.paper for one in files if one.digest in sizes} == {"minutes", "minutes-general"}


def test_the_form_says_beforehand_how_many_files_go_with_the_words(ready) -> None:
    press(ready, ready.get(MINUTES), "issue_minutes")
    words = MEMORY.at(PLACE).state.tasks["t-budget"].words
    ref = SealedText.objects.filter(words=words).first().ref
    address = f"/do/erase_text?body=chuwuhui&ref={ref}"

    assert "这些文字印在 4 个印发的原件里" in text(client_of("chen").get(address))
    assert "个印发的原件里" not in text(client_of("liu").get(address))
    other = f"/do/erase_text?body=chuwuhui&ref={'0' * 64}"
    assert "个印发的原件里" not in text(client_of("chen").get(other))


def test_whoever_issues_is_back_at_the_minutes_afterwards() -> None:
    play_into(MONTH, "recorded")
    page = client_of("wang").get("/sittings/oct/minutes").content.decode()

    assert 'name="next" value="/sittings/oct/minutes"' in page
    assert 'name="next" value=""' not in page

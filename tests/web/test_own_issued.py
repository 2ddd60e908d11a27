"""Minutes that go out by an office's own template too: kept byte for byte, like the others."""

import hashlib
import io
from datetime import date
from urllib.parse import unquote

import pytest

from tests.clerk.test_erasure import erase
from tests.documents.reading import words
from tests.documents.test_own import template
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import got
from tests.web.pressing import press, text
from tests.web.test_archive import failed, files, made
from tests.web.test_templates import MINE, hand_in
from yishi.archive import check, container
from yishi.archive.check_known import Known
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry
from yishi.originals.models import Original
from yishi.procedure.correcting import DraftCorrigendum
from yishi.procedure.minutes import SetTask
from yishi.procedure.verdict import Accepted
from yishi.profiles.templates import keep
from yishi.web.documents import own as by_own

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"
CORRECTION = template("{{ 标题 }}{{ 编号 }}", "{{ 更正 }}", "因为{{ 理由 }}{{ 稿 }}")


@pytest.fixture(autouse=True)
def _own_places(settings, tmp_path) -> None:
    settings.MEDIA_ROOT, settings.ARCHIVE = tmp_path / "papers", tmp_path / "archive"


@pytest.fixture
def ready():
    """Minutes with nothing missing, by the office's clerk, who has a template of the house."""
    play_into(MONTH, "recorded")
    due = SetTask(task="t-budget", due_on=date(2026, 12, 20))
    assert isinstance(do(PLACE, "xiao", due).verdict, Accepted)
    xiao = client_of("xiao")
    assert "模板已经收下" in text(hand_in(xiao, MINE))
    return xiao


def minutes():
    return MEMORY.at(PLACE).state.sittings["oct"].minutes


def put_in(raw: bytes, paper: str = "minutes") -> None:
    """A version as a software of before took it."""
    keep(PLACE, "general", paper, "xiao", MEMORY.at(PLACE).state.latest, "旧.docx", raw)


def issue(client) -> object:
    return press(client, client.get(MINUTES), "issue_minutes")


def test_what_goes_out_by_the_template_is_kept_with_its_digest_and_is_those_bytes_for_ever(
    ready,
) -> None:
    assert issue(ready).status_code == 302

    out = [(one.paper, one.form) for one in minutes().files]
    assert out == [
        *(("minutes", "pdf"), ("minutes", "docx"), ("minutes", "own")),
        *(("minutes-general", "pdf"), ("minutes-general", "docx")),
    ]
    first = got(client_of("liu"), "minutes", "oct", form="own")
    digest = hashlib.sha256(first.content).hexdigest()
    assert digest == minutes().original("minutes", "own")
    assert Original.objects.filter(digest=digest).exists()
    assert words(first.content).startswith("处务会会议纪要〔2026〕1号一、")
    assert "到会的有郴州市政务服务中心陈志远" in words(first.content)

    hand_in(ready, template("第二版{{ 编号 }}"))
    assert got(client_of("liu"), "minutes", "oct", form="own").content == first.content
    ready.post("/profiles/general/templates", {"paper": "minutes", "take_out": "yes"})
    assert got(client_of("liu"), "minutes", "oct", form="own").content == first.content
    assert 'href="/documents/minutes/oct/own"' in ready.get(MINUTES).content.decode()


def test_it_has_a_name_of_its_own_and_the_page_tells_its_digest(ready) -> None:
    issue(ready)
    names = {
        unquote(got(ready, "minutes", "oct", form=form)["Content-Disposition"])
        for form in ("docx", "own")
    }
    page = text(ready.get(MINUTES))

    assert len(names) == 2
    assert any("（本单位模板）.docx" in name for name in names)
    assert "会议纪要 Word（按本单位模板）" in page
    assert minutes().original("minutes", "own") in page
    assert "不是印发的原件" not in page


def test_a_correction_goes_out_by_the_template_too(ready) -> None:
    hand_in(ready, CORRECTION, paper="correction")
    issue(ready)
    form = ready.get("/do/correct_minutes?sitting=oct")
    press(ready, form, "correct_minutes", words="应为一百万元。", reason="打字有误。")

    (corrected,) = minutes().corrected
    assert [one.form for one in corrected.files] == ["pdf", "docx", "own"]
    ready.post("/profiles/general/templates", {"paper": "correction", "take_out": "yes"})
    paper = got(ready, "correction", "oct", "2", form="own").content
    assert hashlib.sha256(paper).hexdigest() == corrected.files[-1].digest
    assert "〔2026〕2号应为一百万元。因为打字有误。" in words(paper)


def test_a_correction_that_is_only_drafted_is_had_by_the_template_and_says_so(ready) -> None:
    hand_in(ready, CORRECTION, paper="correction")
    issue(ready)
    drafted = DraftCorrigendum(sitting="oct", words="应为一百万元。")
    assert isinstance(do(PLACE, "xiao", drafted, reason="打字有误。").verdict, Accepted)

    said = words(got(ready, "correction", "oct", "draft", form="own").content)
    assert "应为一百万元。因为打字有误。" in said
    assert "稿" in said


def test_a_template_that_cannot_be_filled_is_told_with_its_place_and_nothing_goes_out(
    ready,
) -> None:
    put_in(template("到会的有{{ 出席人 }}"))
    before = Entry.objects.count()

    answer = issue(ready)

    assert answer.status_code == 409
    assert "“会议纪要”照本单位的模板做不出来，没有印发" in text(answer)
    assert "“到会的有{{ 出席人 }}”这一段里的“出席人”不是可以用的字段" in text(answer)
    assert "停用这个模板" in text(answer)
    assert (minutes(), Entry.objects.count(), Original.objects.count()) == (None, before, 0)
    ready.post("/profiles/general/templates", {"paper": "minutes", "take_out": "yes"})
    assert issue(ready).status_code == 302


def test_a_correction_whose_template_fails_keeps_what_was_written(ready) -> None:
    issue(ready)
    put_in(b"PK", paper="correction")
    form = ready.get("/do/correct_minutes?sitting=oct")
    answer = press(ready, form, "correct_minutes", words="应为一百万元。", reason="打字有误。")

    assert answer.status_code == 409
    assert "“会议纪要更正”照本单位的模板做不出来" in text(answer)
    assert "不是 Word 的 .docx 文件" in text(answer)
    assert "应为一百万元。" in answer.content.decode()
    assert "打字有误。" in answer.content.decode()
    assert minutes().corrected == ()


def test_a_template_that_takes_too_long_is_told_and_nothing_goes_out(ready, monkeypatch) -> None:
    monkeypatch.setattr("yishi.documents.own.apart._asked", lambda asked: None)
    answer = issue(ready)

    assert answer.status_code == 409
    assert "填写模板太费时间或者内存" in text(answer)
    assert minutes() is None


def test_minutes_that_went_out_without_it_are_had_by_it_as_no_original(ready) -> None:
    ready.post("/profiles/general/templates", {"paper": "minutes", "take_out": "yes"})
    issue(ready)
    assert got(ready, "minutes", "oct", form="own").status_code == 404
    hand_in(ready, template("{{ 稿 }}{{ 编号 }}"))

    assert "按现用模板（不是印发的原件）" in text(ready.get(MINUTES))
    paper = got(ready, "minutes", "oct", form="own")
    assert words(paper.content).startswith("按现用模板另行生成，非印发原件〔2026〕1号")
    assert "非印发原件" in unquote(paper["Content-Disposition"])
    assert minutes().original("minutes", "own") == ""


def test_erased_words_take_it_along_and_it_is_not_made_anew(ready) -> None:
    issue(ready)
    assert erase(MEMORY.at(PLACE).state.tasks["t-budget"].words) > 0

    kept = Original.objects.exclude(content=b"").values_list("digest", flat=True)
    assert minutes().original("minutes", "own") not in kept
    answer = got(ready, "minutes", "oct", form="own")
    assert answer.status_code == 409
    assert "按本单位模板印发的这一份已经没有" in text(answer)
    assert "请取 PDF 或者 Word" in text(answer)


def test_words_that_only_the_template_prints_take_its_file_along(ready, monkeypatch) -> None:
    given = by_own.values
    secret = MEMORY.at(PLACE).state.items["budget"].content
    monkeypatch.setattr(by_own, "values", lambda *of: {**given(*of), "会议": secret})
    issue(ready)

    assert erase(secret) > 0
    kept = Original.objects.exclude(content=b"").values_list("digest", flat=True)
    assert minutes().original("minutes", "own") not in kept
    assert minutes().original("minutes", "docx") in kept


def test_it_is_in_the_package_byte_for_byte_and_held_against_the_journal(ready) -> None:
    issue(ready)
    raw = made()

    mine = [name for name in files(raw) if name.endswith("（本单位模板）.docx")]
    digest = minutes().original("minutes", "own")
    assert [hashlib.sha256(files(raw)[name]).hexdigest() for name in mine] == [digest]
    assert failed(raw) == set()


def test_a_package_after_an_erasure_has_none_and_says_so(ready) -> None:
    issue(ready)
    erase(MEMORY.at(PLACE).state.tasks["t-budget"].words)
    raw = made()

    assert not [name for name in files(raw) if name.endswith("（本单位模板）.docx")]
    assert failed(raw) == set()
    told = check.run(container.read(io.BytesIO(raw)), Known())
    assert "archived.own_emptied" in {one.said for one in told if one.status == "human"}

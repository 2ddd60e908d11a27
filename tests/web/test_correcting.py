"""Issued minutes are corrected by a document of its own; they stay, and say so."""

import re
from datetime import datetime
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.documents.reading import words as docx_words
from tests.documents.test_own import template
from tests.playing import CHARTERS, MONTH, PLACE, client_of, keep, play_into
from tests.web.documents import got
from tests.web.pressing import forms, press, text
from tests.web.test_issuing import ready  # noqa: F401
from yishi.accounts.models import Account
from yishi.cases.runner import Runner
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.originals.keeping import checked
from yishi.outbox.models import Message
from yishi.procedure.correcting import DraftCorrigendum, MinutesCorrected
from yishi.procedure.delivering import ReceiveMinutes
from yishi.procedure.verdict import Accepted
from yishi.profiles.models import Version
from yishi.register.models import DutyRow
from yishi.web.archive.facts import _content
from yishi.web.documents.pen import Pen
from yishi.web.office import Office

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"
FORM = "/do/correct_minutes?sitting=oct"
WRONG = "第二项“180万元”应为“108万元”。"
STRICT = "general/cases/30-strict.yaml"
DRAFT = "/do/draft_corrigendum?sitting=oct"
FACTS = "责任人、办结时限以会议登记簿为准，不因本更正改变。"


def minutes():
    return MEMORY.at(PLACE).state.sittings["oct"].minutes


def corrected(client) -> None:
    press(client, client.get(FORM), "correct_minutes", words=WRONG, reason="打字有误。")


def test_a_correction_has_its_own_number_names_the_old_and_leaves_it_as_it_is(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    before = got(client_of("liu"), "minutes", "oct").content
    facts = MEMORY.at(PLACE).state.decisions, MEMORY.at(PLACE).state.tasks
    assert "写在这里也改不了" in text(ready.get(FORM))
    corrected(ready)
    assert (MEMORY.at(PLACE).state.decisions, MEMORY.at(PLACE).state.tasks) == facts
    paper = got(client_of("liu"), "correction", "oct", "2", "docx")
    said = docx_words(paper.content)

    for words in (
        "〔2026〕2号",
        "处务会会议纪要（〔2026〕1号）",
        WRONG,
        "更正理由：打字有误。",
        FACTS,
    ):
        assert words in said
    assert re.search(r"郴州市政务服务中心办公室2026年\d+月\d+日印发$", said), (
        "the foot, as minutes have one"
    )
    assert got(client_of("liu"), "minutes", "oct").content == before
    state = MEMORY.at(PLACE).state
    assert [one.status for one in checked(PLACE, state)] == ["sound"] * 6


def test_page_and_paper_of_the_old_say_that_it_is_corrected(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(ready)
    liu = client_of("liu")
    page, paper = text(liu.get(MINUTES)), got(liu, "minutes", "oct")

    assert "这份纪要已由〔2026〕2号更正" in page
    assert WRONG in page
    assert minutes().corrected[0].files[0].digest in page
    assert "更正会议纪要" in text(liu.get("/sittings/oct"))
    assert "已更正，见〔2026〕2号" in unquote(paper["Content-Disposition"])


def test_the_name_of_the_file_names_the_latest_correction_only(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(ready)
    more = {"words": "第三项“十月”应为“十一月”。", "reason": "打字又有误。"}
    press(ready, ready.get(FORM), "correct_minutes", **more)
    name = unquote(got(ready, "minutes", "oct")["Content-Disposition"])

    assert name.count("已更正") == name.count("已更正，见〔2026〕3号")
    assert "已更正，见〔2026〕3号" in name


def test_a_template_of_the_offices_own_gets_what_is_corrected_and_why(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(ready)
    raw = SimpleUploadedFile("a.docx", template("{{ 编号 }}：{{ 更正 }}（{{ 理由 }}）"))
    ready.post("/profiles/general/templates", {"paper": "correction", "file": raw})

    said = docx_words(got(client_of("liu"), "correction", "oct", "2", "own").content)
    assert said == f"〔2026〕2号：{WRONG}（打字有误。）"
    assert got(client_of("he"), "correction", "oct", "2", "own").status_code == 404


def test_a_drafted_correction_is_had_by_the_offices_own_template_too(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    raw = SimpleUploadedFile("a.docx", template("{{ 编号 }}：{{ 更正 }}（{{ 理由 }}）"))
    ready.post("/profiles/general/templates", {"paper": "correction", "file": raw})
    drafted(ready)
    link = "/documents/correction/oct/draft/own"
    assert link in ready.get(MINUTES).content.decode()

    said = docx_words(ready.get(link).content)
    plain = docx_words(got(ready, "correction", "oct", "draft", "docx").content)
    assert not plain.endswith("印发"), "what is not out names no day on which it went out"
    assert said == f"〔2026〕2号（印发时编定）：{WRONG}（打字有误。）"
    assert client_of("liu").get(link).status_code == 404


@pytest.mark.parametrize("person", ["he", "guan", "deng"])
def test_who_may_not_read_the_minutes_reads_no_correction(ready, person) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(ready)

    assert got(client_of(person), "correction", "oct", "2").status_code == 404


def test_a_correction_that_there_is_not_is_no_page() -> None:
    play_into(MONTH, "minutes")

    for number in ("2", "1", "x"):
        assert got(client_of("liu"), "correction", "oct", number).status_code == 404


def test_without_words_or_reason_it_comes_back_with_what_was_typed() -> None:
    play_into(MONTH, "minutes")
    clerk = client_of("xiao")
    answer = press(clerk, clerk.get(FORM), "correct_minutes", words=WRONG)

    assert answer.status_code in (409, 422)
    assert "108万元" in answer.content.decode()
    assert minutes().corrected == ()


def drafted(client) -> None:
    press(client, client.get(DRAFT), "draft_corrigendum", words=WRONG, reason="打字有误。")


def test_it_can_be_drafted_first_looked_at_passed_and_then_issued(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    drafted(ready)
    assert WRONG in text(ready.get(MINUTES))
    assert "打字有误。" in ready.get(DRAFT).content.decode()
    assert WRONG in docx_words(got(ready, "correction", "oct", "draft", "docx").content)
    press(ready, ready.get("/do/circulate_minutes?sitting=oct"), "circulate_minutes", answer_by="")
    told = Message.objects.filter(kind="outbox.corrigendum", channel="desk")
    assert "liu" in told.values_list("person", flat=True)
    liu = client_of("liu")
    press(liu, liu.get(MINUTES), "agree_minutes")
    chen = client_of("chen")
    assert "核对更正稿" in text(ready.get(MINUTES))
    assert "核对会议纪要" not in text(ready.get(MINUTES))
    press(chen, chen.get(MINUTES), "sign_off_minutes")
    press(ready, ready.get(MINUTES), "issue_corrigendum")
    (made,) = minutes().corrected

    assert (made.number, made.words) == (2, WRONG)
    assert [(one.step, one.by) for one in made.passed] == [("sign_off", "chen")]
    assert "签批（" in text(liu.get(MINUTES))
    assert "〔2026〕2号" in docx_words(got(liu, "correction", "oct", "2", "docx").content)
    state = MEMORY.at(PLACE).state
    assert state.sittings["oct"].corrigendum is None
    assert [one.status for one in checked(PLACE, state)] == ["sound"] * 6


def asked_of(client, words: str) -> None:
    """What somebody would have otherwise in the draft that was sent round."""
    form = client.get("/do/request_correction?sitting=oct")
    press(client, form, "request_correction", words=words, reason="听错了。")


def sent_round(client) -> None:
    form = client.get("/do/circulate_minutes?sitting=oct")
    press(client, form, "circulate_minutes", answer_by="")


def test_what_nobody_answered_is_told_before_they_go_out_and_stays_to_be_seen(ready) -> None:  # noqa: F811
    sent_round(ready)
    asked_of(client_of("zeng"), "第一项应当写明日期。")
    asked_of(client_of("zhou"), "第二项应当写明科目。")
    requests = MEMORY.at(PLACE).state.sittings["oct"].draft.corrections
    subject = {"subject.sitting": "oct", "subject.request": requests[1].id}
    form = ready.get(f"/do/decline_correction?sitting=oct&request={requests[1].id}")
    press(ready, form, "decline_correction", reason="科目已经写明。", **subject)
    assert "曾建国提出的修改意见还没有答复" in text(ready.get(MINUTES))
    press(ready, ready.get(MINUTES), "issue_minutes")

    office, zeng, zhou = (
        text(c.get(MINUTES)) for c in (ready, client_of("zeng"), client_of("zhou"))
    )
    for said in (office, zeng):
        assert "第一项应当写明日期。 印发以前没有答复" in said
    for said in (office, zhou):
        assert "第二项应当写明科目。 未采纳" in said
        assert "不采纳的理由：科目已经写明。" in said
    assert "写明科目" not in zeng
    assert "写明日期" not in zhou
    assert "征求意见时提出的修改意见" not in text(client_of("liu").get(MINUTES))
    assert forms(ready.get(MINUTES), "take_correction") == []


def test_what_was_asked_of_a_drafted_correction_stays_with_it_when_it_is_out(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    drafted(ready)
    sent_round(ready)
    asked_of(client_of("zeng"), "应为一百零八万元。")
    assert "曾建国提出的修改意见还没有答复" in text(ready.get(MINUTES))
    press(ready, ready.get(MINUTES), "issue_corrigendum")

    for person in ("xiao", "zeng"):
        said = text(client_of(person).get(MINUTES))
        assert "应为一百零八万元。 印发以前没有答复" in said
    assert "应为一百零八万元" not in text(client_of("liu").get(MINUTES))
    assert [one.words for one in minutes().corrected[0].asked] == ["应为一百零八万元。"]


@pytest.mark.parametrize("person", ["liu", "he", "guan"])
def test_nobody_else_finds_the_drafted_correction(ready, person) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    drafted(ready)
    other = client_of(person)

    assert WRONG not in text(other.get(MINUTES))
    assert got(other, "correction", "oct", "draft").status_code == 404
    assert WRONG not in text(other.get(DRAFT))


def test_it_waits_on_the_desk_of_the_office_until_it_is_out_or_dropped(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    drafted(ready)
    waiting = DutyRow.objects.filter(act="issue_corrigendum", subject="oct")
    assert "xiao" in waiting.values_list("person", flat=True)
    form = ready.get("/do/drop_corrigendum?sitting=oct")
    press(ready, form, "drop_corrigendum", reason="没有写错。")

    assert not waiting.exists()
    assert minutes().corrected == ()
    assert "撤销更正稿" in text(ready.get("/sittings/oct"))


def test_a_charter_that_asks_for_steps_asks_for_them_of_a_correction_too() -> None:
    play_into(STRICT, "corrigendum")
    sun, page = client_of("sun"), "/sittings/s3/minutes"
    said = text(sun.get(page))

    assert "更正同纪要一样，应当先由会议主持人签发" in said
    assert "更正同纪要一样，印发以前应当先办" in said
    assert forms(sun.get(page), "issue_corrigendum") == []
    assert list(sun.get(page).context["correct"]) == []


def test_its_receipts_are_its_own(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    liu = client_of("liu")
    press(liu, liu.get(MINUTES), "receive_minutes")
    corrected(ready)
    (one,) = liu.get(MINUTES).context["corrected"]
    assert (one.delivery.mine, one.delivery.own) == (False, False)
    press(liu, liu.get(MINUTES), "receive_minutes")
    (one,) = ready.get(MINUTES).context["corrected"]

    assert (minutes().received, minutes().corrected[0].received) == (("liu",), ("liu",))
    whole = ready.get(MINUTES).context["delivery"]
    assert set(one.delivery.read + one.delivery.unread) == set(whole.read + whole.unread)
    assert "您已经确认阅过这份更正" in text(liu.get(MINUTES))


def test_a_reminder_of_a_correction_goes_to_those_who_have_not_read_it(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(ready)
    assert isinstance(
        do(PLACE, "liu", ReceiveMinutes(sitting="oct", correction=2)).verdict, Accepted
    )
    (one,) = ready.get(MINUTES).context["corrected"]
    assert one.delivery.remind.fields == {"correction": "2"}
    press(ready, ready.get(MINUTES), "remind_minutes", correction="2")
    told = Message.objects.filter(kind="outbox.unread_correction", channel="desk")
    people = set(told.values_list("person", flat=True))

    assert "liu" not in people
    assert "chen" in people
    assert minutes().reminded is None
    assert minutes().corrected[0].reminded is not None


def signed_by_a_counter_head(until: str) -> None:
    """The month under rules by which somebody signs who is neither of the office nor a member."""
    text_ = (CHARTERS / "chuwuhui/2017-03-21.md").read_text("utf-8")
    text_ = text_.replace("posts:\n", "posts:\n  counter_head: [窗口负责人]\n", 1)
    rule = "```rule\nkind: signed_by\nby: [counter_head]\n```\n\n```rule"
    runner = Runner(overrides={"chuwuhui": text_.replace("```rule", rule, 1)})
    path = CHARTERS / MONTH
    keep(runner._beginning(path, until, runner._read(path)[0], 0))


def test_who_only_signs_reads_what_is_to_be_signed_and_it_waits_for_them() -> None:
    signed_by_a_counter_head("recorded")
    luo = client_of("luo")
    assert "同意2027年大厅运行经费预算按180万元编列" in text(luo.get(MINUTES))
    assert DutyRow.objects.filter(person="luo", act="sign_minutes", subject="oct").exists()
    press(luo, luo.get(MINUTES), "sign_minutes")

    assert MEMORY.at(PLACE).state.sittings["oct"].signed == ("luo",)
    assert not DutyRow.objects.filter(act="sign_minutes").exists()


def test_the_number_of_a_correction_is_shown_before_it_is_given(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    do(PLACE, "xiao", DraftCorrigendum(sitting="oct", words=WRONG), reason="写错。")

    assert "〔2026〕2号（印发时编定）" in docx_words(
        got(ready, "correction", "oct", "draft", "docx").content
    )


# ── its number ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def at_utc(monkeypatch: pytest.MonkeyPatch):
    """The clock of the machine, which knows universal time only; the clerk signed in by it."""

    def set_clock(said: str) -> Client:
        moment = datetime.fromisoformat(f"{said}:00+00:00")
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return client_of("xiao")

    return set_clock


def test_over_new_year_its_number_is_of_the_year_in_which_it_goes_out(ready, at_utc) -> None:  # noqa: F811
    ready = at_utc("2026-12-30T02:00")
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(at_utc("2026-12-31T15:50"))
    ready = at_utc("2026-12-31T16:10")
    more = {"words": "第三项“十月”应为“十一月”。", "reason": "打字又有误。"}
    drafted = {**more, "words": "第一项“四月”应为“五月”。"}
    press(ready, ready.get(FORM), "correct_minutes", **more)
    press(ready, ready.get(DRAFT), "draft_corrigendum", **drafted)
    assert "〔2027〕2号（印发时编定）" in docx_words(
        got(ready, "correction", "oct", "draft", "docx").content
    )
    press(ready, ready.get(MINUTES), "issue_corrigendum")

    every = [(one.number, one.year, one.issue) for one in minutes().corrected]
    assert every == [(2, 2026, 2), (3, 2027, 1), (4, 2027, 2)]
    assert dict(MEMORY.at(PLACE).state.bodies["chuwuhui"].minutes) == {2026: 2, 2027: 2}
    for about, number in (("2", "〔2026〕2号"), ("3", "〔2027〕1号"), ("4", "〔2027〕2号")):
        said = docx_words(got(ready, "correction", "oct", about, "docx").content)
        assert said.startswith(f"郴州市政务服务中心文件{number}")
        assert "处务会会议纪要（〔2026〕1号）更正如下" in said
    page = text(ready.get(MINUTES))
    assert "〔2027〕1号，2027年1月1日" in page
    assert "这份纪要已由〔2026〕2号" in page


def test_one_of_the_next_year_is_found_though_the_minutes_have_its_number(ready, at_utc) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(at_utc("2027-01-05T02:00"))

    [made] = minutes().corrected
    assert (made.number, made.year, made.issue) == (2, 2027, 1)
    assert minutes().delivered(2) == made
    done = do(PLACE, "chen", ReceiveMinutes(sitting="oct", correction=2))
    assert isinstance(done.verdict, Accepted)
    assert minutes().corrected[0].received == ("chen",)
    assert minutes().received == ()


def test_what_was_corrected_before_is_of_the_year_of_the_meeting() -> None:
    play_into(MONTH, "minutes")
    state = MEMORY.at(PLACE).state
    told = {"by": "xiao", "words": "甲", "reason": "乙", "sitting": "oct"}
    moment = datetime.fromisoformat("2027-01-05T10:00:00+08:00")
    after = MinutesCorrected(number=2, **told).apply(state, moment)

    assert dict(after.bodies["chuwuhui"].minutes) == {2026: 2}
    [made] = after.sittings["oct"].minutes.corrected
    assert (made.number, made.year, made.issue) == (2, 0, 2)


def test_where_meetings_are_counted_page_list_and_paper_show_no_meeting_more(ready) -> None:  # noqa: F811
    content = {"numbering": "year_nth", "naming": "units"}
    held = {"institution": PLACE, "body": "general", "number": 1, "by": "xiao"}
    Version.objects.create(at="2020-01-01T00:00:00Z", content=content, **held)
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(ready)
    corrected_paper = docx_words(got(ready, "correction", "oct", "2", "docx").content)

    assert minutes().nth == 1
    assert "2026年第1次（更正1）" in corrected_paper
    assert "处务会会议纪要（2026年第1次）更正如下" in corrected_paper
    assert "这份纪要已由2026年第1次（更正1）更正" in text(ready.get(MINUTES))
    assert "2026年第1次" in text(ready.get("/sittings/"))
    assert "2026年第2次" not in text(ready.get(MINUTES))


def test_an_archive_tells_the_number_that_the_minutes_bear(ready) -> None:  # noqa: F811
    content = {"numbering": "year_nth", "code": "政服纪"}
    held = {"institution": PLACE, "body": "general", "number": 1, "by": "xiao"}
    Version.objects.create(at="2020-01-01T00:00:00Z", content=content, **held)
    press(ready, ready.get(MINUTES), "issue_minutes")
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="xiao"), "zh"))

    assert ("文件编号", "2026年第1次") in _content(pen, pen.office.state.sittings["oct"])

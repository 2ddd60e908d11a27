"""Minutes are published by an approval of their own: what is left out and masked stays closed."""

import hashlib
import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from tests.clerk.test_erasure import erase
from tests.documents.reading import text as pdf_text
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import got
from tests.web.pressing import press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.originals.keeping import checked
from yishi.outbox.models import Message
from yishi.procedure.minutes import PublishDecision
from yishi.procedure.publishing import (
    DeclinePublication,
    ProposePublication,
    PublishMinutes,
    WithdrawPublication,
)
from yishi.procedure.verdict import Accepted, Rejected
from yishi.register.models import DutyRow, Reader
from yishi.web.publishing.unmasked import hints

pytestmark = pytest.mark.django_db

PAGE = "/sittings/nov/minutes/publish"
PUBLIC = "/sittings/nov/minutes/public"
PAPER = "minutes-public"
TYPED = {"left_out": ["plan"], "masked": ["wu", "li"], "reason": "关系服务对象。"}
NAMES = ("吴昊", "李强")


@pytest.fixture
def decided() -> Client:
    """The November minutes out, two of its three decisions public; the clerk who proposes."""
    play_into(MONTH, "")
    for decision in ("d-budget", "d-budget-2"):
        assert isinstance(do(PLACE, "chen", PublishDecision(decision=decision)).verdict, Accepted)
    return client_of("xiao")


def held():
    return MEMORY.at(PLACE).state.sittings["nov"].minutes


def look(client: Client, **typed: object) -> HttpResponse:
    return client.post(PAGE, {**TYPED, "preview": "yes", **typed})


def proposed(client: Client, **typed: object) -> HttpResponse:
    page = look(client, **typed)
    more = {"propose": "yes", "key": page.context["key"], "seen": page.context["seen"]}
    return client.post(PAGE, {**TYPED, **typed, **more}, follow=True)


def approved(**typed: object) -> Client:
    """Proposed by the clerk, looked at and approved by the convener; the convener's client."""
    proposed(client_of("xiao"), **typed)
    chen = client_of("chen")
    page = chen.get(PAGE)
    form = {"approve": "yes", "proposal": held().proposal.number, "key": page.context["key"]}
    done = chen.post(PAGE, {**form, "seen": page.context["before_seen"]}, follow=True)
    assert done.status_code == 200
    return chen


# ── what is seen ──────────────────────────────────────────────────────────────────────────────


def everything(content: bytes, form: str) -> str:
    """All that a file holds in any part of it: words, names, core properties, bookmarks."""
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            raw = "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
            return re.sub(r"<[^>]*>", "", raw) + raw
    reader = PdfReader(io.BytesIO(content))
    outline = repr(reader.outline)
    return pdf_text(content) + outline + repr(reader.metadata) + repr(reader.xmp_metadata)


def test_what_is_proposed_is_looked_at_first_and_is_public_only_once_approved(decided) -> None:
    page = look(decided)
    assert "三、（此处略）" in text(page)
    shown = "".join(one.text for one in page.context["lines"])
    assert not any(name in shown for name in NAMES)
    assert held().proposal is None

    other = {**TYPED, "masked": ["wu"], "propose": "yes", "seen": page.context["seen"]}
    answer = decided.post(PAGE, other)
    assert answer.status_code == 409
    assert "请看过下面现在的样子" in text(answer)
    assert held().proposal is None, "proposed as it was not looked at"

    assert "已提请公开" in text(proposed(decided))
    assert client_of("guan").get(PUBLIC).status_code == 404
    assert decided.post("/do/publish_minutes", {"sitting": "nov"}).status_code == 302
    assert held().public is None


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_masked_name_and_what_is_left_out_stand_in_no_part_of_a_file(decided, form) -> None:
    before = got(client_of("chen"), "minutes", "nov", form=form).content
    approved()
    paper = got(client_of("guan"), PAPER, "nov", "1", form)
    said = everything(paper.content, form)

    assert all(name in everything(before, form) for name in (*NAMES, "信息化工作计划"))
    assert not any(name in said for name in (*NAMES, "信息化工作计划"))
    assert not any(name in unquote(paper["Content-Disposition"]) for name in NAMES)
    for words in ("〔2026〕2号（公开版）", "李某", "吴某", "（此处略）", "此件公开发布"):
        assert words in said.replace("\n", ""), words
    assert "2026年12月4日" in said.replace("\n", ""), "facts stay"


def test_page_and_files_are_for_everybody_and_the_original_for_its_readers(decided) -> None:
    approved()
    for person in ("guan", "luo", "deng"):
        client = client_of(person)
        page = client.get(PUBLIC)
        assert page.status_code == 200
        assert not any(name in page.content.decode() for name in NAMES)
        assert got(client, PAPER, "nov", "1").status_code == 200
        assert client.get("/sittings/nov/minutes").status_code == 404
        assert got(client, "minutes", "nov").status_code == 404
        assert PUBLIC in client.get("/decisions/public/").content.decode()


def test_more_minutes_than_one_page_shows_are_on_the_next(decided, monkeypatch) -> None:
    approved()
    one = MEMORY.at(PLACE).state.sittings["nov"]
    monkeypatch.setattr("yishi.web.decisions.views.PAGE", 2)
    monkeypatch.setattr("yishi.web.decisions.views.published_minutes", lambda office: [one] * 5)
    client = client_of("guan")

    first = client.get("/decisions/public/").content.decode()
    assert first.count(PUBLIC) == 2
    assert "minutes=2#minutes" in first
    assert client.get("/decisions/public/?minutes=3").content.decode().count(PUBLIC) == 1


def test_it_is_kept_byte_for_byte_with_its_digest(decided) -> None:
    chen = approved()
    digests = {one.form: one.digest for one in held().public.files}
    for form, digest in digests.items():
        assert hashlib.sha256(got(chen, PAPER, "nov", "1", form).content).hexdigest() == digest
    found = [one for one in checked(PLACE, MEMORY.at(PLACE).state) if one.paper == PAPER]
    assert [one.status for one in found] == ["sound", "sound"]


def test_it_stays_those_bytes_whatever_would_be_written_today(decided, monkeypatch) -> None:
    chen = approved()
    monkeypatch.setattr("yishi.web.documents.public.mark", lambda level, place: f"（{place}）")

    for one in held().public.files:
        content = got(chen, PAPER, "nov", "1", one.form).content
        assert hashlib.sha256(content).hexdigest() == one.digest


def test_after_an_erasure_its_files_say_that_they_are_no_originals(decided) -> None:
    approved()
    assert erase("吴昊") > 0

    paper = got(client_of("guan"), PAPER, "nov", "1")
    assert "依法删除后重新生成，非印发原件" in pdf_text(paper.content).replace("\n", "")
    assert "重新生成" in unquote(paper["Content-Disposition"])


def test_what_is_taken_down_is_public_no_more_and_stays_with_the_minutes(decided) -> None:
    approved()
    act = WithdrawPublication(sitting="nov")
    assert isinstance(do(PLACE, "xiao", act, reason="还有姓名。").verdict, Accepted)

    assert client_of("guan").get(PUBLIC).status_code == 404
    assert got(client_of("guan"), PAPER, "nov", "1").status_code == 404
    assert got(client_of("chen"), PAPER, "nov", "1").status_code == 200
    page = text(client_of("chen").get("/sittings/nov/minutes"))
    assert "还有姓名。" in page
    assert "已撤下" in page


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def test_what_is_not_public_cannot_be_proposed_and_nothing_typed_is_lost(decided) -> None:
    answer = proposed(decided, left_out=[])

    assert answer.status_code == 409
    assert "没有全文公开，不能写进公开的纪要" in text(answer)
    assert "第十七条" in text(answer)
    assert TYPED["reason"] in answer.content.decode()
    assert held().proposal is None


def test_without_a_reason_it_is_not_proposed(decided) -> None:
    answer = look(decided, reason=" ")

    assert answer.status_code == 422
    assert 'value="wu" checked' in answer.content.decode()


def test_what_is_approved_is_what_was_looked_at(decided) -> None:
    proposed(decided)
    chen = client_of("chen")
    page = chen.get(PAGE)
    proposed(decided, masked=["wu"])
    form = {"approve": "yes", "proposal": 1, "seen": page.context["before_seen"]}
    answer = chen.post(PAGE, form)

    assert answer.status_code == 409
    assert "重新提请" in text(answer)
    assert held().public is None


def test_what_was_proposed_already_is_not_said_to_be_proposed_and_looked_at_anew_it_is(
    decided,
) -> None:
    page = look(decided)
    form = {**TYPED, "propose": "yes", "key": page.context["key"], "seen": page.context["seen"]}
    assert "已提请公开，等待批准" in text(decided.post(PAGE, form, follow=True))
    again = text(decided.post(PAGE, form, follow=True))
    assert "已经办过了，没有重复办理" in again
    assert "等待批准" not in again

    # Gone back, something changed in the form, looked at once more: with the key of before.
    other = {"key": page.context["key"], "masked": ["wu"]}
    page = look(decided, **other)
    more = {"propose": "yes", "key": page.context["key"], "seen": page.context["seen"]}
    assert "已提请公开，等待批准" in text(
        decided.post(PAGE, {**TYPED, **other, **more}, follow=True)
    )
    assert held().proposal.number == 2


def test_what_another_proposed_meanwhile_is_not_replaced_unseen(decided) -> None:
    page = look(decided)
    proposed(client_of("tan"), masked=["wu"])
    form = {**TYPED, "propose": "yes", "key": page.context["key"], "seen": page.context["seen"]}
    answer = decided.post(PAGE, form)
    assert answer.status_code == 409
    assert "谭静提请公开" in text(answer)
    assert held().proposal.by == "tan"

    form |= {"key": answer.context["key"], "seen": answer.context["seen"]}
    assert decided.post(PAGE, form).status_code == 302
    assert (held().proposal.by, held().proposal.number) == ("xiao", 2)


def test_what_is_approved_once_more_leads_to_what_there_is(decided) -> None:
    proposed(decided)
    chen = client_of("chen")
    page = chen.get(PAGE)
    form = {"approve": "yes", "proposal": 1, "key": page.context["key"]}
    form["seen"] = page.context["before_seen"]
    assert chen.post(PAGE, form).url == PUBLIC
    assert chen.post(PAGE, form).url == PUBLIC
    done = do(PLACE, "chen", WithdrawPublication(sitting="nov"), reason="还要隐去一人。")
    assert isinstance(done.verdict, Accepted)
    answer = chen.post(PAGE, form, follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, PAGE)
    assert "已经办过了" in text(answer)
    assert chen.post(PAGE, {**form, "proposal": "9" * 5000}).status_code == 302


def test_who_proposed_is_told_what_became_of_it(decided) -> None:
    proposed(decided)
    why = "还要隐去一人。"
    declined = do(PLACE, "chen", DeclinePublication(sitting="nov"), reason=why)
    assert isinstance(declined.verdict, Accepted)
    assert why in text(decided.get(PAGE))
    assert why in text(decided.get("/sittings/nov/minutes"))
    approved()
    assert held().declined is None

    told = Message.objects.filter(person="xiao", channel="desk", kind__contains="publish")
    assert [one.kind for one in told.order_by("id")] == [
        "outbox.not_published",
        "outbox.published_minutes",
    ]


def test_without_its_files_nothing_is_published(decided) -> None:
    proposed(decided)
    verdict = do(PLACE, "chen", PublishMinutes(sitting="nov")).verdict

    assert isinstance(verdict, Rejected)
    assert verdict.message.id == "clerk.files_missing"


@pytest.mark.parametrize("person", ["guan", "liu", "deng"])
def test_nobody_else_sees_what_is_proposed(decided, person) -> None:
    proposed(decided)

    assert client_of(person).get(PAGE).status_code == 404
    assert got(client_of(person), PAPER, "nov", "proposed").status_code == 404
    assert got(client_of("chen"), PAPER, "nov", "proposed").status_code == 200


def test_where_there_is_nothing_there_is_no_page(decided) -> None:
    for about in ("1", "0", "x", "proposed"):
        assert got(client_of("chen"), PAPER, "nov", about).status_code == 404
    assert client_of("chen").get("/sittings/none/minutes/publish").status_code == 404
    assert client_of("chen").get(PUBLIC).status_code == 404


def test_a_name_broken_over_two_lines_is_no_way_out(decided) -> None:
    from yishi.procedure.correcting import CorrectMinutes
    from yishi.web.office import Office

    del Office
    form = decided.get("/do/correct_minutes?sitting=nov")
    from tests.web.pressing import press

    press(decided, form, "correct_minutes", words="由吴\n昊经办。", reason="漏写。")
    assert CorrectMinutes
    answer = look(decided)

    assert answer.status_code == 422
    assert "仍然读得出来" in text(answer)


# ── excerpts ──────────────────────────────────────────────────────────────────────────────────


def excerpted(**more: object) -> Client:
    """The third decision public as an excerpt without a name of the minutes; who proposes."""
    act = PublishDecision(decision=third(), masked=("wu",), added="另行通知。", **more)
    assert isinstance(do(PLACE, "chen", act).verdict, Accepted)
    return client_of("xiao")


def third() -> str:
    return MEMORY.at(PLACE).state.items["plan"].decision


def test_what_is_named_twice_counts_once_and_whom_an_excerpt_masks_is_told_to_the_approver(
    decided,
) -> None:
    excerpted()
    doubled = ProposePublication(sitting="nov", excerpted=("plan", "plan"))
    assert isinstance(do(PLACE, "xiao", doubled, reason="公开。").verdict, Accepted)

    hidden = held().proposal.hidden
    assert [item for item, _ in hidden.excerpts] == ["plan"]
    assert hidden.every_masked == ("wu",)
    assert "隐去姓名的人 吴昊" in text(client_of("chen").get(PAGE))


def test_an_excerpt_that_is_public_is_told_in_the_minutes_and_says_that_it_is_one(decided) -> None:
    xiao = excerpted()
    assert 'name="excerpted" value="plan" checked' in xiao.get(PAGE).content.decode()
    chen = approved(left_out=[], masked=["li"], excerpted=["plan"])
    said = everything(got(client_of("guan"), PAPER, "nov", "1").content, "pdf")

    for words in ("信息化工作计划", "公开的摘录，其余不公开", "另行通知。", "吴某", "李某"):
        assert words in said.replace("\n", ""), words
    assert "会议纪要共3项：全文公开的2项，公开摘录的1项。" in said.replace("\n", "")
    assert "（此处略）" not in said.replace("\n", "").partition("会议纪要共")[2]
    assert not any(name in said for name in NAMES), "masked in the excerpt, so everywhere"
    assert "只列摘录的事项" in text(proposed(xiao, left_out=[], excerpted=["plan"]))
    assert chen.get(PUBLIC).status_code == 200


def test_items_that_are_left_out_are_counted(decided) -> None:
    excerpted()
    page = look(decided)

    assert "会议纪要共3项：全文公开的2项，另有1项不公开。" in text(page)
    assert "三、（此处略）" in text(page)
    assert "另行通知" not in "".join(one.text for one in page.context["lines"])


def test_without_an_excerpt_none_is_told_and_not_where_it_is_left_out_as_well(decided) -> None:
    assert 'name="excerpted"' not in decided.get(PAGE).content.decode()
    assert isinstance(
        do(
            PLACE, "xiao", ProposePublication(sitting="nov", excerpted=("plan",)), reason="公开。"
        ).verdict,
        Rejected,
    )
    excerpted()
    answer = proposed(decided, excerpted=["plan"])
    assert answer.status_code == 409
    assert "并且没有同时略去" in text(answer)
    assert held().proposal is None


def test_what_is_told_is_the_excerpt_as_it_stood_when_it_was_proposed(decided) -> None:
    excerpted(words="同意")
    approved(left_out=[], masked=[], excerpted=["plan"])
    (_, public), *_ = held().public.proposal.hidden.excerpts

    assert public == MEMORY.at(PLACE).state.decisions[third()].publication
    assert public.part
    assert erase("吴昊") > 0
    assert "内容不再显示" in text(client_of("guan").get(PUBLIC))


# ── corrections ───────────────────────────────────────────────────────────────────────────────


def correct(client: Client, words: str) -> None:
    form = client.get("/do/correct_minutes?sitting=nov")
    press(client, form, "correct_minutes", words=words, reason="打字有误。")


def test_a_correction_goes_with_the_minutes_masked_like_them(decided) -> None:
    correct(decided, "第一项的责任人由李强改为吴昊。")
    chen = approved()
    said = pdf_text(got(chen, PAPER, "nov", "1").content).replace("\n", "")

    assert "本纪要已由〔2026〕3号" in said
    assert "第一项的责任人由李某改为吴某。" in said


def test_a_correction_of_after_is_told_of_and_waits_to_be_proposed(decided) -> None:
    approved()
    correct(decided, "第一项“12月4日”应为“12月5日”。")

    page = text(client_of("guan").get(PUBLIC))
    assert "公开版还没有更新" in page
    assert "12月5日" not in page, "not approved yet"
    waiting = DutyRow.objects.filter(act="propose_publication", subject="nov")
    assert "xiao" in set(waiting.values_list("person", flat=True))


def test_a_correction_of_after_is_closed_also_where_the_whole_was_published(decided) -> None:
    assert isinstance(do(PLACE, "chen", PublishDecision(decision="d-plan")).verdict, Accepted)
    approved(left_out=[], masked=[])
    guan = client_of("guan")
    assert guan.get("/sittings/nov/minutes").status_code == 200
    correct(decided, "第一项“12月4日”应为“12月5日”。")

    assert guan.get("/sittings/nov/minutes").status_code == 404
    assert "公开版还没有更新" in text(guan.get(PUBLIC))
    assert not Reader.objects.filter(thing="minutes", subject="nov", person="").exists()


def test_who_approves_finds_it_on_the_desk(decided) -> None:
    proposed(decided)
    waiting = DutyRow.objects.filter(act="publish_minutes", subject="nov")

    assert list(waiting.values_list("person", flat=True)) == ["chen"]
    desk = client_of("chen").get("/")
    link = re.search(r'href="(/do/publish_minutes[^"]*)"', desk.content.decode())
    assert link is not None
    assert client_of("chen").get(link[1].replace("&amp;", "&")).url == PAGE


def test_where_a_masked_name_is_erased_nothing_is_made_anew(decided) -> None:
    approved()
    assert erase("吴昊") > 0
    page = client_of("guan").get(PUBLIC)

    assert page.status_code == 200
    assert "内容不再显示" in text(page)
    assert "李强" not in page.content.decode()


# ── what nobody masks ─────────────────────────────────────────────────────────────────────────


def test_words_by_which_somebody_may_still_be_known_are_pointed_out() -> None:
    found = hints("由建国同志和李主任办，王芳到会。", ["曾建国", "李强"], ["主任"])

    assert len(found) == 2
    assert hints("由王芳办。", ["曾建国", "李强"], ["主任"]) == []
    assert hints("由欧阳主任办。", ["欧阳娜"], ["主任"]) == ["由欧阳主任办。"]
    assert hints("欧主任和阳光大厅", ["欧阳娜"], ["主任"]) == []


def test_who_is_named_in_a_public_decision_is_pointed_out(decided) -> None:
    page = text(look(decided, masked=["li", "zhou"]))

    assert "已经全文公开的决定里却写着：李强。" in page
    assert "却写着" not in text(look(decided, masked=["zhou"]))

"""The draft of minutes proof-read on its page: remarks, a press for each that is the office's."""

import re

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.demonstration import demonstrate
from tests.web.pressing import forms, press, text
from yishi.accounts.models import Account
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.documents.proofreading import proofread
from yishi.procedure.circulating import CirculateMinutes
from yishi.procedure.drafting import WordMinutes, WordPoint
from yishi.procedure.verdict import Accepted
from yishi.register.models import SittingRow
from yishi.web.office import Office
from yishi.web.sittings.minutes import says
from yishi.web.sittings.proofs import MOST, known_on, proofs

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"
OPENING = "会议由陈志元主持,通报了情况。\n请按时办结。"
CLOSING = "特此纪要。"


@pytest.fixture
def clerk():
    """The office's clerk at minutes that are not out."""
    play_into(MONTH, "recorded")
    return client_of("xiao")


def word(act) -> None:
    assert isinstance(do(PLACE, "xiao", act).verdict, Accepted)


def draft():
    return MEMORY.at(PLACE).state.sittings["oct"].draft


def test_each_remark_has_a_press_that_puts_right_only_that(clerk) -> None:
    word(WordMinutes(sitting="oct", opening=OPENING, closing=CLOSING))
    page = clerk.get(MINUTES)

    assert len(page.context["proofs"]) == 2
    assert "汉字中间用全角的标点 · GW-K1" in text(page)
    assert "“,”改为“，”" in text(page)
    assert "名册上没有这个姓名，有陈志远" in text(page)
    press(clerk, page, "word_minutes", which=1)
    assert draft().opening == OPENING.replace(",", "，")
    press(clerk, clerk.get(MINUTES), "word_minutes")
    assert draft().opening == "会议由陈志远主持，通报了情况。\n请按时办结。"
    assert draft().closing == CLOSING
    assert clerk.get(MINUTES).context["proofs"] == []
    assert "文字检查" not in text(clerk.get(MINUTES))


def test_the_words_beside_a_decision_are_put_right_by_their_own_act(clerk) -> None:
    word(WordPoint(sitting="oct", item="budget", words="市财政已经同意，从2027年01月起执行"))
    for _ in range(2):
        press(clerk, clerk.get(MINUTES), "word_point")

    assert dict(draft().points) == {"budget": "市财政已经同意，从2027年1月起执行。"}


def test_words_that_contradict_what_was_decided_are_remarked_on_with_what_stands(clerk) -> None:
    said = "会议决定：不同意编列预算。责任人：王芳；办结时限：2027年1月1日。5票反对。"
    word(WordPoint(sitting="oct", item="budget", words=said))
    word(WordMinutes(sitting="oct", closing="会议决定：全体人员放假。"))
    page = clerk.get(MINUTES)

    for words in (
        "登记簿里会议的结果是通过",
        "登记簿里的责任人是李强",
        "登记簿里没有写明办结时限",
        "登记簿里是赞成5人，反对",
        "哪一项决定都没有这一句",
    ):
        assert words in text(page)
    assert len(page.context["proofs"]) == 5


def test_none_of_it_keeps_the_minutes_from_going_out(clerk) -> None:
    before = forms(clerk.get(MINUTES), "issue_minutes")
    word(WordMinutes(sitting="oct", opening=OPENING))

    assert len(forms(clerk.get(MINUTES), "issue_minutes")) == len(before)


def test_a_press_on_words_that_somebody_altered_meanwhile_alters_nothing(clerk) -> None:
    word(WordMinutes(sitting="oct", opening=OPENING))
    page = clerk.get(MINUTES)
    do(PLACE, "tan", WordMinutes(sitting="oct", opening="谭写的。"))

    assert press(clerk, page, "word_minutes").status_code == 409
    assert draft().opening == "谭写的。"


def test_words_of_the_register_are_remarked_on_and_have_no_press(clerk) -> None:
    office = Office(_account("xiao"), "zh")
    sitting = office.state.sittings["oct"]
    told = says(office, sitting)
    assert proofs(office, sitting, told) == {"proofs": [], "more_proofs": 0}
    wrong = next(one for one in told["points"] if one.matters)
    item = _with(wrong.item, title="预算,2027年")
    decision = _with(wrong.decision, words="同意,按2月30日办理。")
    matters = tuple(_with(m, words="上报,预算") for m in wrong.matters)
    told["points"] = [_with(wrong, item=item, decision=decision, matters=matters)]
    found = proofs(office, sitting, told)["proofs"]

    places = ["page.minutes.in_title", *2 * ["page.minutes.in_decision"], "page.minutes.in_task"]
    assert [one.where.id for one in found[:4]] == places
    assert all(one.fact and one.fix is None for one in found)


def test_who_only_reads_the_draft_finds_no_remarks(clerk) -> None:
    word(WordMinutes(sitting="oct", opening=OPENING))
    word(CirculateMinutes(sitting="oct"))
    page = client_of("liu").get(MINUTES)

    assert page.status_code == 200
    assert "proofs" not in page.context
    assert "文字检查" not in text(page)


def test_of_very_many_remarks_the_page_shows_the_first_and_says_so(clerk) -> None:
    word(WordMinutes(sitting="oct", opening="好,学习。" * (MOST + 5)))

    assert len(clerk.get(MINUTES).context["proofs"]) == MOST
    assert "还有5处" in text(clerk.get(MINUTES))


def test_the_words_of_a_whole_year_get_hardly_a_remark() -> None:
    state = demonstrate(12)
    office = Office(_account("xiao"), "zh")
    found, looked = [], 0
    for row in SittingRow.objects.filter(institution=PLACE, status="closed"):
        sitting = state.sittings[row.subject]
        found += proofs(office, sitting, says(office, sitting))["proofs"]
        looked += 1
    known = known_on(office, sitting)
    every = [words for one in state.items.values() for words in _texts(one)]
    every += [words for one in state.decisions.values() for words in _texts(one)]
    every += [words for one in state.tasks.values() for words in _texts(one)]
    lapses = [(w, s) for w in every for s in proofread(w, known, whole=False)]

    assert looked > 40
    assert len(every) > 500
    assert [(one.ahead, one.words, one.behind, one.lapse) for one in found] == []
    assert lapses == []
    assert [words for words in every if re.search("“[^”]*“|‘[^’]*‘", words)] == []
    assert any("‘" in words for words in every)


def _texts(one) -> list[str]:
    return [getattr(one, n) for n in one.__struct_fields__ if type(getattr(one, n)) is str]


def _with(one, **changed):
    return type(one)(**{n: getattr(one, n) for n in one.__struct_fields__} | changed)


def _account(person: str):
    client_of(person)
    return Account.objects.get(institution=PLACE, person=person)

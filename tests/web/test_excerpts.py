"""An excerpt of a decision is published: what it shows, to whom, and that nothing else gets out."""

import io
import zipfile
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from tests.documents.reading import text as pdf_text
from tests.playing import MONTH, PLACE, client_of, play_into
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import SealedText
from yishi.procedure.access import may_read, may_read_published
from yishi.procedure.charters import EraseText
from yishi.procedure.minutes import PublishDecision
from yishi.procedure.publication import beyond
from yishi.procedure.verdict import Accepted, Rejected
from yishi.values.text import ERASED
from yishi.web.decisions.masking import Masks, Searched, named_in

pytestmark = pytest.mark.django_db

PAGE = "/decisions/d-budget-2"
TYPED = {
    "title": "罗平同志经费",
    "words": "同意。",
    "added": "罗　平、罗兰、刘敏经办。",
    "masked": ["luo", "liu"],
}


def played() -> None:
    play_into(MONTH, "")


def publish(**more: object) -> None:
    act = PublishDecision(decision="d-budget-2", **more)
    assert isinstance(do(PLACE, "chen", act).verdict, Accepted)


def excerpted() -> None:
    played()
    publish(title="罗平经费", words="同意", added="由罗　平经办。", masked=("luo", "chen"))


def look(client: Client, **typed: object) -> HttpResponse:
    return client.post(f"{PAGE}/publish", {**TYPED, "preview": "yes", **typed})


def closed_to() -> list[str]:
    """Who may read what is public of it and not the whole."""
    state = MEMORY.at(PLACE).state
    return [
        person
        for person in state.roster.people
        if not may_read(state, person, "decision", "d-budget-2", state.latest).allowed
    ]


# ── masks ─────────────────────────────────────────────────────────────────────────────────────


def test_a_name_is_masked_wherever_it_stands_also_spaced_out() -> None:
    masks = Masks(["李明", "王建国"])

    assert masks.over("李明、李　明、李\n明和王建国") == "李某、李某、李某和王某"
    assert masks.over("李明亮不是王建设") == "李某亮不是王建设"


def test_names_that_begin_alike_are_told_apart_and_the_longer_goes_first() -> None:
    masks = Masks(["李明", "李明亮", "王芳"])

    assert masks.over("李明亮、李明、王芳") == "李某乙、李某甲、王某"


@pytest.mark.parametrize(
    "dot", ["·", "•", "・", "‧", "∙", "▪", ".", "．", "-", "", " · ", " . ", "\n．"]
)
def test_a_name_of_several_parts_is_masked_however_its_dot_is_typed(dot: str) -> None:
    masks = Masks(["阿不都·热合曼"])
    assert masks.over(f"由阿不都{dot}热合曼经办。") == "由阿某经办。"
    assert masks.over(f"阿不都{dot}热合曼.李明-王芳.") == "阿某.李明-王芳."
    assert named_in({"a": "阿不都·热合曼"}, f"阿不都{dot}热合曼") == ["a"]
    assert Searched(f"由阿不都{dot}热合曼经办。").holds("阿不都·热合曼")


@pytest.mark.parametrize(
    "name", ["阿不都.热合曼", "阿不都．热合曼", "阿不都-热合曼", "阿不都▪热合曼"]
)
def test_a_name_with_any_dot_of_its_own_is_masked_however_it_is_typed(name: str) -> None:
    assert Masks([name]).over("阿不都·热合曼、阿不都.热合曼") == "阿某、阿某"


def test_a_full_stop_ends_a_sentence_and_is_no_part_of_a_name_without_a_dot() -> None:
    masks = Masks(["李明", "阿不都·热合曼"])

    assert masks.over("报告送李.明天开会-李明.") == "报告送李.明天开会-李某."
    assert named_in({"a": "李明"}, "送李.明天开会", "桃-李-明") == []
    assert not Searched("送李．明天开会").holds("李明")


def test_where_a_name_is_lost_no_words_are_shown() -> None:
    masks = Masks(["李明", ERASED])

    assert masks.over("李明和张三") == ERASED
    assert masks.over("") == ""


def test_who_is_named_is_found_also_spaced_out() -> None:
    assert named_in({"a": "李明", "b": "王芳"}, "由李　明办") == ["a"]


# ── publishing ────────────────────────────────────────────────────────────────────────────────


def test_it_is_looked_at_before_it_is_published_and_published_as_it_was_looked_at() -> None:
    played()
    chen = client_of("chen")
    assert f"{PAGE}/publish" in chen.get(PAGE).content.decode()
    assert chen.get(f"{PAGE}/publish").context["shown"] is None

    page = look(chen)
    shown = page.context["shown"]
    assert shown.title == "罗某同志经费"
    assert MEMORY.at(PLACE).state.decisions["d-budget-2"].publication is None

    form = {**TYPED, "publish": "yes", "key": page.context["key"], "seen": page.context["seen"]}
    other = chen.post(f"{PAGE}/publish", {**form, "added": "没有看过的"})
    assert other.status_code == 200
    assert MEMORY.at(PLACE).state.decisions["d-budget-2"].publication is None

    done = chen.post(f"{PAGE}/publish", form, follow=True)
    assert done.context["public"].added == "罗某、罗兰、刘某经办。"
    assert "摘录已公开" in done.content.decode()
    assert f"{PAGE}/publish" not in done.content.decode()
    assert chen.get(f"{PAGE}/publish").status_code == 404


@pytest.mark.parametrize("person", ["liu", "xiao", "luo", "he"])
def test_nobody_but_who_publishes_decisions_has_the_form(person: str) -> None:
    played()
    client = client_of(person)

    assert client.get(f"{PAGE}/publish").status_code == 404
    assert look(client).status_code == 404
    assert f"{PAGE}/publish" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("words", "  "),
        ("words", "字" * 20_001),
        ("words", "同意，追加经费。"),
        ("added", "a\x07b"),
        ("words", "a\x07b"),
        ("title", ""),
        ("title", "\ufdd0"),
    ],
    ids=["empty", "long", "beyond", "control-added", "control", "no-title", "noncharacter"],
)
def test_what_cannot_be_published_is_told_at_its_field_and_nothing_typed_is_lost(
    field: str, said: str
) -> None:
    played()

    page = look(client_of("chen"), **{field: said})

    assert page.status_code == 422
    assert set(page.context["wrong"]) == {field}
    assert page.context["typed"].masked == ("luo", "liu")
    assert page.context["shown"] is None


def test_the_whole_is_not_published_by_the_form_for_an_excerpt() -> None:
    played()
    chen = client_of("chen")
    typed = chen.get(f"{PAGE}/publish").context["typed"]

    page = chen.post(f"{PAGE}/publish", {"title": typed.title, "words": typed.words})

    assert (page.status_code, set(page.context["wrong"])) == (422, {"whole"})


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("同意甲，", ""),
        ("预算180万元", ""),
        ("同意甲；预算18万元。", "预算18万元。"),
        ("甲同意", "甲同意"),
        ("同意，甲。180万元", ""),
        ("同意乙", "同意乙"),
        ("不同意乙", ""),
        ("同意丙", "同意丙"),
    ],
)
def test_an_excerpt_leaves_out_and_adds_nothing(said: str, more: str) -> None:
    assert beyond(said, "同意甲，预算180万元，不同意乙。") == more


def test_the_form_shows_what_is_left_out_and_what_the_meeting_did_not_decide() -> None:
    played()
    page = look(client_of("chen"), words="同意，追加经费。").content.decode()

    assert "<ins>，追加经费</ins>" in page
    assert "会议没有决定的话" in page
    act = PublishDecision(decision="d-budget-2", words="同意，追加经费。")
    verdict = do(PLACE, "chen", act).verdict
    assert isinstance(verdict, Rejected)
    assert (verdict.field, verdict.message.id) == ("words", "publishing.beyond")


def test_the_explanation_is_printed_as_not_decided_by_the_meeting() -> None:
    excerpted()
    said = "外加说明（不是会议决定的内容）"

    assert said in client_of("luo").get(PAGE).content.decode()
    assert f"{said}：由罗某经办。" in pdf_text(raw_of(client_of("luo"), "pdf")[1]).replace("\n", "")


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def test_everybody_else_sees_the_excerpt_and_nothing_of_the_whole() -> None:
    played()
    whole = MEMORY.at(PLACE).state.decisions["d-budget-2"]
    assert client_of("luo").get(PAGE).status_code == 404
    publish(title="罗平经费", words="同意", added="由罗　平经办。", masked=("luo", "chen"))
    state = MEMORY.at(PLACE).state
    tasks = [state.tasks[t].words for t in whole.tasks]

    assert len(closed_to()) > 2
    for person in closed_to():
        client = client_of(person)
        page = client.get(PAGE)
        assert page.status_code == 200, person
        said = page.content.decode().partition("<main")[2]
        assert "罗某经费" in said
        assert "由罗某经办。" in said
        for hidden in (whole.words, state.items[whole.item].title, "罗平", "罗　平", "陈志远"):
            assert hidden not in said, (person, hidden)
        assert all(task in said for task in tasks)
        listed = client.get("/decisions/").content.decode()
        found = client.get("/search", {"q": whole.words[:6]}).content.decode()
        assert f'href="{PAGE}"' not in listed + found
        assert "罗某经费" in client.get("/decisions/public/").content.decode()


def test_a_stranger_reads_no_excerpt() -> None:
    excerpted()
    state = MEMORY.at(PLACE).state

    client = client_of("nobody-of-the-house")

    assert not may_read_published(state, "nobody-of-the-house", "d-budget-2", state.latest)
    assert client.get(PAGE).status_code == 404
    assert "罗某经费" not in client.get("/decisions/public/").content.decode()
    assert client.get("/documents/excerpt/d-budget-2/pdf").status_code == 404


def test_whoever_reads_the_whole_still_does_and_sees_what_is_public() -> None:
    excerpted()
    page = client_of("he").get(PAGE)

    assert page.context["words"] == MEMORY.at(PLACE).state.decisions["d-budget-2"].words
    assert page.context["secret"] is not None
    for said in ("只公开摘录", "罗某", "陈某"):
        assert said in page.content.decode()
    assert "只公开摘录" in client_of("he").get("/decisions/").content.decode()


def test_a_task_that_is_put_otherwise_later_is_not_public_so() -> None:
    excerpted()
    state = MEMORY.at(PLACE).state
    held = state.decisions["d-budget-2"]
    assert held.publication is not None

    assert [t.words for t in held.publication.tasks] == [state.tasks[t].words for t in held.tasks]
    assert state.decisions["d-budget-2"].published is False


# ── the paper ─────────────────────────────────────────────────────────────────────────────────


def raw_of(client: Client, form: str) -> tuple[HttpResponse, bytes]:
    answer = client.get(f"/documents/excerpt/d-budget-2/{form}")
    assert answer.status_code == 200
    return answer, answer.content


def test_the_paper_holds_what_is_public_and_no_masked_name_anywhere_in_its_file() -> None:
    excerpted()
    state = MEMORY.at(PLACE).state
    hidden = ("罗平", "罗　平", "陈志远", state.decisions["d-budget-2"].words)

    answer, pdf = raw_of(client_of("luo"), "pdf")
    reader = PdfReader(io.BytesIO(pdf))
    told = f"{reader.metadata} {reader.xmp_metadata} {reader.outline}"
    paper = pdf_text(pdf).replace("\n", "")
    answer_docx, docx = raw_of(client_of("luo"), "docx")
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        parts = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())

    assert "罗某经费" in paper
    assert "由罗某经办。" in paper
    assert "由罗某经办。" in parts
    heads = f"{answer['Content-Disposition']}{answer_docx['Content-Disposition']}"
    assert "罗某经费" in unquote(heads)
    for name in hidden:
        assert name not in paper + parts + told + unquote(heads), name


def test_without_tasks_the_paper_has_none() -> None:
    played()
    publish(without_tasks=True)
    held = MEMORY.at(PLACE).state.decisions["d-budget-2"]

    _, docx = raw_of(client_of("luo"), "pdf")

    paper = pdf_text(docx).replace("\n", "")
    assert "落实任务" not in paper
    assert held.tasks


def test_what_is_wholly_published_has_a_paper_too_and_says_when_and_by_whom() -> None:
    played()
    publish()
    luo = client_of("luo")

    page = luo.get(PAGE)

    assert "全文公开" in page.content.decode()
    assert page.context["public"].by == "陈志远"
    raw_of(luo, "pdf")


def test_what_is_not_published_has_no_paper() -> None:
    played()

    for person in ("chen", "luo"):
        answer = client_of(person).get("/documents/excerpt/d-budget-2/pdf")
        assert answer.status_code == 404


def test_where_a_masked_name_has_been_erased_nothing_is_shown_that_it_could_stand_in() -> None:
    excerpted()
    ref = next(iter(name_refs("罗平")))
    done = do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="依法删除。")
    assert isinstance(done.verdict, Accepted)

    page = client_of("guan").get(PAGE).content.decode().partition("<main")[2]

    assert "经费" not in page
    assert "罗" not in page


def name_refs(name: str) -> list[str]:
    return list(SealedText.objects.filter(words=name).values_list("ref", flat=True))

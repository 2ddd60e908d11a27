"""The rules on their pages: clause by clause, with the adopted text, receipts and new versions."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from tests.playing import CHARTERS, PLACE, client_of, play_into
from tests.web.pressing import text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry, SealedText
from yishi.procedure.charters import EnactCharter
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted
from yishi.register.models import Finding

pytestmark = pytest.mark.django_db


def state() -> State:
    return MEMORY.at(PLACE).state


def test_it_shows_each_clause_with_its_rules_and_what_they_did() -> None:
    play_into(until="")

    page = client_of("liu").get("/charters/chuwuhui").content.decode()

    assert "一把手末位表态" in page
    assert "近一年遵守" in page
    assert "没有写明的事项" in page


@pytest.mark.parametrize(("person", "reads"), [("chen", True), ("liu", True), ("deng", False)])
def test_a_clause_says_when_and_why_it_was_last_departed_from(person: str, reads: bool) -> None:
    """The chair reads the year's report, a member each meeting's, the reporter of an item none."""
    play_into("chuwuhui/cases/03-calling.yaml", "")
    rows = Finding.objects.filter(status="departed", clause="二").order_by("seq", "-place")
    first, *_, last = rows
    day = last.at.astimezone(ZoneInfo("Asia/Shanghai"))

    page = text(client_of(person).get("/charters/chuwuhui"))

    assert f"偏离 {len(rows)} 次" in page
    assert (f"最近一次偏离：{day.year}年{day.month}月{day.day}日{day:%H:%M}" in page) is reads
    assert (last.reason in page) is reads
    assert first.reason not in page


def test_the_number_of_queries_does_not_grow(django_assert_num_queries) -> None:
    play_into(until="")
    client = client_of("liu")
    client.get("/charters/chuwuhui")

    with django_assert_num_queries(6):
        client.get("/charters/chuwuhui")


def test_an_unknown_body_or_version_is_no_page() -> None:
    play_into(until="approved")
    client = client_of("liu")

    assert client.get("/charters/nobody").status_code == 404
    assert client.get("/charters/chuwuhui?version=" + "0" * 64).status_code == 404


def test_the_office_enters_the_adopted_text_and_it_stands_beside_its_clauses() -> None:
    play_into(until="approved")
    words = "二、会议组织\n会议由管理处主任召集并主持，由办公室负责组织。会议应当开得热烈。\n"
    client = client_of("tan")

    answer = client.post("/do/enter_text", {"subject.body": "chuwuhui", "text": words, "key": "k"})
    page = client.get("/charters/chuwuhui").content.decode()

    assert answer.status_code == 302
    assert "原文中有 1 句没有对应的条款" in page
    assert "会议应当开得热烈" in page


def test_others_may_not_enter_it_and_are_told_whose_it_is() -> None:
    play_into(until="approved")

    answer = client_of("deng").post(
        "/do/enter_text", {"subject.body": "chuwuhui", "text": "原文。", "key": "k"}
    )

    assert answer.status_code == 409
    assert "第十八条" in answer.content.decode()
    assert not state().adopted


def test_every_fault_of_a_new_version_is_named_with_its_line_and_the_text_is_kept() -> None:
    play_into(until="approved")
    source = (CHARTERS / "chuwuhui/2017-03-21.md").read_text(encoding="utf-8")
    spoilt = source.replace("kind: speaks_last", "kind: spaks_last").replace(
        "kind: majority", "kind: majorty"
    )

    answer = client_of("tan").post(
        "/do/enact_charter", {"subject.body": "chuwuhui", "text": spoilt, "key": "k"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "这份规则有 2 处要改" in page
    assert "spaks_last" in page


def test_a_file_that_is_no_text_is_refused_in_words() -> None:
    play_into(until="approved")
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("rules.md", b"\xff\xfe\x00\x01")
    answer = client_of("tan").post(
        "/do/enter_text", {"subject.body": "chuwuhui", "text.file": upload, "key": "k"}
    )

    assert answer.status_code == 422
    assert "UTF-8" in answer.content.decode()


def test_the_convener_finds_words_and_has_them_erased_for_good() -> None:
    play_into(until="budget-presented")
    client = client_of("chen")
    page = client.get("/erasing?q=经费预算").content.decode()
    ref = SealedText.objects.filter(words__contains="经费预算").order_by("-seq").first().ref

    answer = client.post(
        "/do/erase_text", {"subject.body": "chuwuhui", "ref": ref, "reason": "误录。", "key": "k"}
    )

    assert "经费预算" in page
    assert answer.status_code == 302
    assert SealedText.objects.get(ref=ref).words == ""


def another_body() -> None:
    """A third body, whose convener is Zeng and nobody else."""
    rules = (CHARTERS / "chuwuhui/2017-03-21.md").read_text(encoding="utf-8")
    rules = rules.replace("body: chuwuhui", "body: ganbuhui")
    rules = rules.replace("director: [主任, 管理处主任, 中心主任]", "director: [主任科员]")
    rules = rules.replace("principal_staff: [主任科员]", "principal_staff: [主任]")
    done = do(PLACE, "wang", EnactCharter(body="ganbuhui", text=rules))
    assert isinstance(done.verdict, Accepted), done.verdict


def test_a_convener_finds_and_erases_only_what_belongs_to_the_own_meetings() -> None:
    play_into(until="budget-presented")
    another_body()
    zeng = client_of("zeng")
    text = SealedText.objects.filter(words__contains="经费预算").order_by("-seq").first()
    data = {"subject.body": "ganbuhui", "ref": text.ref, "reason": "误录。", "key": "k"}
    before = Entry.objects.count()

    page = zeng.get("/erasing?q=经费预算")
    answer = zeng.post("/do/erase_text", data)

    assert page.status_code == 200
    assert page.context["found"] == []
    assert answer.status_code == 409
    assert "规则管到的内容里没有这一处" in answer.content.decode()
    assert Entry.objects.count() == before
    assert SealedText.objects.get(pk=text.pk).words == text.words


def test_what_concerns_the_whole_institution_is_found_by_each_convener() -> None:
    play_into(until="budget-presented")
    another_body()

    for person, body in (("chen", "chuwuhui"), ("zeng", "ganbuhui")):
        found = client_of(person).get("/erasing?q=肖雨").context["found"]
        assert [one.words for one in found] == ["肖雨"]
        assert f"body={body}" in found[0].link


def test_a_reference_that_no_text_has_is_told_and_so_is_one_erased_before() -> None:
    play_into(until="budget-presented")
    chen = client_of("chen")
    ref = SealedText.objects.filter(words__contains="经费预算").order_by("-seq").first().ref
    data = {"subject.body": "chuwuhui", "reason": "误录。"}

    unknown = chen.post("/do/erase_text", data | {"ref": "0" * 64, "key": "a"})
    chen.post("/do/erase_text", data | {"ref": ref, "key": "b"})
    before = Entry.objects.count()
    again = chen.post("/do/erase_text", data | {"ref": ref, "key": "c"})

    assert unknown.status_code == again.status_code == 409
    assert "里没有这一处" in unknown.content.decode()
    assert "已经删除" in again.content.decode()
    assert Entry.objects.count() == before


def test_a_search_asks_the_same_few_questions_however_much_was_said(
    django_assert_num_queries: Callable,
) -> None:
    play_into(until="")
    chen = client_of("chen")
    chen.get("/erasing?q=预算")

    for words in ("肖雨", "预算", "会议", "没有人写过"):
        with django_assert_num_queries(4 + 2 * (words != "没有人写过")):
            chen.get(f"/erasing?q={words}")


def test_nobody_else_finds_what_could_be_erased() -> None:
    play_into(until="approved")

    assert client_of("deng").get("/erasing?q=预算").status_code == 404

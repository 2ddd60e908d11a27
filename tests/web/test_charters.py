"""The rules on their pages: clause by clause, with the adopted text, receipts and new versions."""

import pytest

from tests.playing import CHARTERS, PLACE, client_of, play_into
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import SealedText
from yishi.procedure.state import State

pytestmark = pytest.mark.django_db


def state() -> State:
    return MEMORY.at(PLACE).state


def test_it_shows_each_clause_with_its_rules_and_what_they_did() -> None:
    play_into(until="")

    page = client_of("liu").get("/charters/chuwuhui").content.decode()

    assert "一把手末位表态" in page
    assert "近一年遵守" in page
    assert "没有写明的事项" in page


def test_the_number_of_queries_does_not_grow(django_assert_num_queries) -> None:
    play_into(until="")
    client = client_of("liu")
    client.get("/charters/chuwuhui")

    with django_assert_num_queries(5):
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


def test_nobody_else_finds_what_could_be_erased() -> None:
    play_into(until="approved")

    assert client_of("deng").get("/erasing?q=预算").status_code == 404

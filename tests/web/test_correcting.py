"""Issued minutes are corrected by a document of its own; they stay, and say so."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents.reading import words as docx_words
from tests.documents.test_own import template
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import got
from tests.web.pressing import press, text
from tests.web.test_issuing import ready  # noqa: F401
from yishi.clerk.memory import MEMORY
from yishi.originals.keeping import checked

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"
FORM = "/do/correct_minutes?sitting=oct"
WRONG = "第二项“180万元”应为“108万元”。"
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


def test_a_template_of_the_offices_own_gets_what_is_corrected_and_why(ready) -> None:  # noqa: F811
    press(ready, ready.get(MINUTES), "issue_minutes")
    corrected(ready)
    raw = SimpleUploadedFile("a.docx", template("{{ 编号 }}：{{ 更正 }}（{{ 理由 }}）"))
    ready.post("/profiles/general/templates", {"paper": "correction", "file": raw})

    said = docx_words(got(client_of("liu"), "correction", "oct", "2", "own").content)
    assert said == f"〔2026〕2号：{WRONG}（打字有误。）"
    assert got(client_of("he"), "correction", "oct", "2", "own").status_code == 404


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

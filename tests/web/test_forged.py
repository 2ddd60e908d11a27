"""Forms sent by those who have no business with them: nothing is told that may not be read."""

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from yishi.clerk.memory import MEMORY
from yishi.procedure.access import may_read

pytestmark = pytest.mark.django_db

ACTS = (
    *("correct_record", "note_record", "set_agenda", "begin_item", "decide_item"),
    *("invite_others", "present_item", "state_position"),
    *("close_sitting", "close_record", "issue_minutes", "give_notice"),
)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("until", ["", "noted", "closed"])
def test_no_form_names_what_whoever_asks_may_not_read(act: str, until: str) -> None:
    play_into(MONTH, until)
    state, stranger = MEMORY.at(PLACE).state, client_of("guan")
    closed = {
        item.title
        for item in state.items.values()
        if not may_read(state, "guan", "item", item.id, state.latest).allowed
    }
    noted = {words for sitting in state.sittings.values() for _, _, words in sitting.record.notes}

    for sitting in state.sittings:
        shown = stranger.get(f"/do/{act}?sitting={sitting}").content.decode()
        shown += stranger.post(f"/do/{act}", {"subject.sitting": sitting}).content.decode()
        assert [words for words in (*closed, *noted) if words in shown] == []

    assert closed
    assert noted or until


def test_whoever_sets_the_agenda_or_corrects_the_record_still_chooses_by_words() -> None:
    play_into(MONTH, "convened")
    agenda = client_of("xiao").get("/do/set_agenda?sitting=oct").content.decode()
    assert "2027年大厅运行经费预算" in agenda


def test_the_secretary_chooses_what_in_the_record_to_correct() -> None:
    play_into(MONTH, "closed")
    record = client_of("xiao").get("/do/correct_record?sitting=oct").content.decode()
    assert "2027年大厅运行经费预算" in record

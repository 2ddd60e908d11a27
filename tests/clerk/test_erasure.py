"""Words that were erased are gone: from the journal, from memory, and from every list."""

import pytest

from tests.playing import MONTH, PLACE, play_into
from tests.register.test_rebuild import contents
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY, Memory
from yishi.journal.tables.models import SealedText
from yishi.procedure.charters import EraseText
from yishi.procedure.verdict import Accepted
from yishi.register.models import DecisionRow, Finding, ItemRow, TaskRow
from yishi.register.rebuild import rebuild
from yishi.values.text import ERASED

DEPARTED = "chuwuhui/cases/03-moving.yaml"
"""A case in which a presumption was departed from, with its reason."""

pytestmark = pytest.mark.django_db


def erase(words: str) -> int:
    """Have these words erased wherever they were sealed; how often that was."""
    refs = list(SealedText.objects.filter(words__contains=words).values_list("ref", flat=True))
    for ref in refs:
        done = do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="不该写。")
        assert isinstance(done.verdict, Accepted), done.verdict
    return len(refs)


@pytest.mark.parametrize(("table", "field"), [(ItemRow, "title"), (TaskRow, "words")])
def test_erased_words_are_in_no_row_and_in_no_memory_any_more(table, field) -> None:
    play_into(MONTH, "minutes")
    elsewhere = Memory()
    elsewhere.at(PLACE)
    words = table.objects.order_by("subject").values_list(field, flat=True)[0]

    assert erase(words) > 0

    assert not table.objects.filter(**{f"{field}__contains": words}).exists()
    assert not DecisionRow.objects.filter(title=words).exists()
    assert words not in str(MEMORY.at(PLACE).state)
    assert words not in str(elsewhere.at(PLACE).state)
    assert elsewhere.at(PLACE).state == MEMORY.at(PLACE).state == Memory().at(PLACE).state


def test_an_erased_reason_is_gone_from_what_the_rules_found() -> None:
    play_into(DEPARTED, "")
    reason = Finding.objects.exclude(reason="").order_by("seq").first().reason

    assert erase(reason) > 0

    assert not Finding.objects.filter(reason=reason).exists()
    assert Finding.objects.filter(reason=ERASED).exists()


def test_the_register_after_an_erasure_is_the_one_made_anew() -> None:
    play_into(DEPARTED, "")
    erase(ItemRow.objects.order_by("subject").first().title)
    erase(Finding.objects.exclude(reason="").order_by("seq").first().reason)
    live = contents()

    rebuild(PLACE)

    assert contents() == live

"""A whole worked case typed into the forms, and every one of its deeds sent again too late."""

import re
from datetime import UTC
from typing import Any

import msgspec
import pytest

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into, stage_of
from tests.web.filling import learn, typed_of
from tests.web.test_every_form import later, says_what_is_wrong, sound, undone
from tests.web.wellsaid import own_words
from yishi.chronicle.scribe import happened, transactions
from yishi.clerk import door
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Chain
from yishi.journal.tables.store import TableStore
from yishi.procedure.subjects import NOT_OFFERED
from yishi.procedure.verdict import outcome

pytestmark = pytest.mark.django_db


def by_form(person: str, act: Any, known: dict[str, str], **more: Any) -> Any:
    """An act done by that person through its form."""
    browser = client_of(person)
    return browser.post(f"/do/{act.name()}", {**typed_of(act, known), **more})


def last_events() -> list[Any]:
    """What the last transaction of the journal made happen."""
    lines = list(TableStore(PLACE).read(after=Chain.objects.get(slug=PLACE).seq - 40))
    return [msgspec.to_builtins(event) for event in happened(list(transactions(lines))[-1])]


SAYS = {"accepted": (302,), "departed": (302,), "refused": (409, 422)}
"""What a verdict looks like; a form may stop by itself what would be refused."""


@pytest.mark.parametrize("case", [MONTH, WEEK])
def test_a_whole_case_goes_through_the_forms_with_the_same_verdicts(case, monkeypatch) -> None:
    TableStore(PLACE).create()
    known: dict[str, str] = {}
    for number, one in enumerate(stage_of(case, "").history.done):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=one.at: at.astimezone(UTC))
        if one.deed is None or one.deed.act.name() in NOT_OFFERED:
            keep_one(one)
            continue
        reason = {"reason": one.deed.reason} if one.deed.reason else {}
        act = one.deed.act
        answer = by_form(one.deed.actor, act, known, key=f"k-{number}", **reason)
        said = re.findall(r'id="f-(\w+)-error"[^>]*>([^<]*)', answer.content.decode())
        assert answer.status_code in SAYS[outcome(one.verdict)], (said, act)
        events = [msgspec.to_builtins(event) for event in one.events]
        learn(known, events, last_events() if events else [])
    assert MEMORY.at(PLACE).state.tasks


def keep_one(one: Any) -> None:
    """What no form brings about: the founding, the rules' own texts, the passing of posts."""
    if one.deed is None:
        door.happen(PLACE, one.events, one.at)
    else:
        told = {"at": one.at, "reason": one.deed.reason, "retold": True}
        door.do(PLACE, one.deed.actor, one.deed.act, **told)


def test_every_deed_of_a_case_sent_again_when_it_is_over_is_answered(monkeypatch) -> None:
    stage = play_into(MONTH, "")
    state = MEMORY.at(PLACE).state
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(state))
    own = own_words(state)
    for one in stage.history.done:
        if one.deed is None or one.deed.act.name() in NOT_OFFERED:
            continue
        with undone():
            answer = by_form(one.deed.actor, one.deed.act, {}, reason="补报。", key="again")
        sound(answer, "zh", own)
        says_what_is_wrong(answer)

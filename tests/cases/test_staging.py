"""The demonstration's last days can be played on any day, at any hour."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.cases.mutants import ROOT
from yishi.cases.casting import set_up
from yishi.cases.simulation import after
from yishi.cases.staging import phrases, staged
from yishi.cli.demo import _phrases, play
from yishi.phrases.models import LONGEST, MOST, PLACES, phrases_of
from yishi.procedure.verdict import Accepted

ZONE = timezone(timedelta(hours=8))
CAST: Path = ROOT / "cast.yaml"
MOMENTS = [
    *(datetime(2026, 11, day, 10, 30, tzinfo=ZONE) for day in range(23, 30)),
    datetime(2026, 12, 31, 23, 59, tzinfo=ZONE),
    datetime(2027, 1, 1, 0, 10, tzinfo=ZONE),
    datetime(2028, 2, 29, 12, 0, tzinfo=ZONE),
]


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%a-%d-%b-%Y-%H}")
def test_every_staged_deed_stands(now: datetime) -> None:
    history = set_up(CAST, {}, (now - timedelta(days=30)).date()).history

    for deed in staged(now, lambda: history.state):
        verdict = history.do(deed)
        assert isinstance(verdict, Accepted), (deed, verdict)

    phases = {s.id: s.status for s in history.state.sittings.values()}
    assert phases == {"now-open": "open", "now-closed": "closed", "now-noticed": "convened"}
    assert max(one.at for one in history.done) <= now


def test_what_the_years_before_have_carried_over_comes_onto_the_staged_agenda() -> None:
    """Not every seed leaves a change owed to the next meeting; the first that does tells."""
    now = datetime(2026, 11, 29, 23, 40, tzinfo=ZONE)
    own = ("now-inform", "now-hall", "now-budget")

    for seed in range(2, 30):
        stage = set_up(CAST, {}, after(now, -12).date())
        play(stage, str(seed), now, shipped=True)
        agenda = stage.history.state.sittings["now-open"].agenda
        assert agenda[:3] == own
        if len(agenda) > 3:
            break

    assert len(agenda) > 3
    assert all(stage.history.state.items[item].origin == "carried" for item in agenda[3:])


def test_the_office_has_phrases_for_every_place_that_its_page_would_take() -> None:
    assert tuple(phrases()) == PLACES
    for every in phrases().values():
        assert 3 <= len(set(every)) == len(every) <= MOST
        assert [words for words in every if words != " ".join(words.split())] == []
        assert max(map(len, every)) <= LONGEST


@pytest.mark.django_db
def test_a_demonstration_writes_them_down_for_its_own_office_alone() -> None:
    _phrases("demo")
    _phrases("demo-2")

    held = phrases_of("demo")
    assert {place: [one.words for one in every] for place, every in held.items()} == phrases()
    assert not any(phrases_of("elsewhere").values())

"""Whatever changes what a room shows moves the room: every act of the shipped month and week."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.playing import MONTH, WEEK, stage_of
from yishi.accounts.models import Account
from yishi.chronicle.history import Transaction
from yishi.clerk.memory import Held
from yishi.journal import Head
from yishi.procedure.state import State
from yishi.web.live.rights import Viewer
from yishi.web.live.sight import Sight, Sights
from yishi.web.sittings import told
from yishi.web.sittings.kind import VIEWS

SLUG: Final = "moving"
LOOKING: Final = ("chen", "xiao", "liu", "zhou")
"""Who presides, who keeps the record, a member, and one who is called in at times."""

DOING: Final = ("chen", "xiao")
"""Of whom it is also asked what they may do there: the two who may do most."""

Seen = dict[tuple[str, str, str], tuple[Sight, Any]]
"""By person, meeting and view: the sight, and what it shows."""


class Journal:
    """What has happened so far, where the pages look for it, without a database."""

    def __init__(self) -> None:
        self.state, self.seq = State(), 0
        self._told: dict[str, list[told.Told]] = defaultdict(list)

    def takes(self, one: Transaction) -> None:
        """Take up what happened."""
        self.state, self.seq = one.upon(self.state), self.seq + 1
        actor = one.deed.actor if one.deed else ""
        for event in one.events:
            self._told[stream_of(event)].append(told.Told(one.at, actor, event))

    def read(self, institution: str, streams: tuple[str, ...], head: Head) -> tuple[told.Told, ...]:
        return tuple(one for stream in streams for one in self._told[stream])

    def seen(self, beside: set[str]) -> Seen:
        """What each who looks sees of the meetings that are on, but for those told of here."""
        sights = Sights()
        sights._held[SLUG] = Held(Head(self.seq, str(self.seq)), self.state)
        sittings = [s for s in self.state.sittings.values() if s.status in ("convened", "open")]
        asked = [
            (s.id, view) for s in sittings for view in VIEWS if f"sitting/{s.id}" not in beside
        ]
        found: Seen = {}
        for person in LOOKING:
            signed = Account(institution=SLUG, person=person), Viewer(SLUG, person, "zh")
            for subject, view in asked:
                sight = sights.of(signed, subject, view)
                if sight is not None:
                    own = sight.own() if sight.own and person in DOING else ""
                    found[person, subject, view] = sight, (sight.frame.digests, own)
        return found


def stream_of(event: Any) -> str:
    return str(event.stream())


def unmoved(case: str, journal: Journal) -> Iterator[tuple[str, str, str, str]]:
    """Each act that changed what somebody saw and did not move it."""
    for one in stage_of(case, "").history.done:
        touched = {stream_of(event) for event in one.events} | {"audit"}
        before = journal.seen(touched)
        journal.takes(one)
        still = {key for key, (sight, _) in before.items() if not sight.moved_by({SLUG: touched})}
        after = journal.seen(touched) if still else {}
        for key in still & after.keys():
            if after[key][1] != before[key][1]:
                yield one.deed.act.name() if one.deed else "", *key


@pytest.mark.parametrize("case", [MONTH, WEEK])
def test_every_act_that_changes_what_a_room_shows_moves_it(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal()
    monkeypatch.setattr(told, "_grown", journal.read)

    assert list(unmoved(case, journal)) == []

"""A notice, and the editions of the agenda since it was first told (通知, 议程第几版; pure)."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from yishi.values.maps import Map


class Notice(msgspec.Struct, frozen=True):
    """A notice given (会议通知): when, and what it told: start, place, agenda, guests, chair."""

    at: datetime
    starts_at: datetime
    received: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    """Who has answered that they come (参加), and has not asked for leave since."""
    agenda: tuple[str, ...] = ()
    guests: Map[str, tuple[str, ...]] = Map()
    chair: str | None = None
    reminded: datetime | None = None
    """When those who had not read it were reminded last."""
    venue: str | None = None
    bring: str | None = None
    papers: Map[str, tuple[str, ...]] = Map()
    """Item → its papers as they were then; items that had none are not in it."""

    def without(self, person: str) -> "Notice":
        """With somebody no longer among those who have answered that they come."""
        if person not in self.coming:
            return self
        return replace(self, coming=tuple(p for p in self.coming if p != person))


class Changed(msgspec.Struct, frozen=True):
    """What is other in the latest edition than in an earlier one."""

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    reordered: bool = False


class Editions(msgspec.Struct, frozen=True):
    """The agenda as the notice first told it and as it was changed since; who has read which."""

    agendas: tuple[tuple[str, ...], ...] = ()
    read: Map[str, int] = Map()
    """Person → the latest edition that they have said they read."""

    @property
    def latest(self) -> int:
        """The number of the edition that stands; none before anybody was told."""
        return len(self.agendas)

    def told(self, agenda: tuple[str, ...]) -> "Editions":
        """With this agenda made known: an edition of its own where it is another than the last."""
        if self.agendas and self.agendas[-1] == agenda:
            return self
        return replace(self, agendas=(*self.agendas, agenda))

    def followed(self, agenda: tuple[str, ...]) -> "Editions":
        """With the agenda as it stands now; before anybody was told there is nothing to follow."""
        return self.told(agenda) if self.agendas else self

    def received(self, person: str, edition: int | None) -> "Editions":
        """With an edition read by somebody: the one they name, else the latest."""
        held = max(edition or self.latest, self.read.get(person, 0))
        return replace(self, read=self.read.set(person, held))

    def behind(self, person: str) -> bool:
        """Whether the agenda is another than somebody read, or they never read it."""
        edition = self.read.get(person, 0)
        if not edition:
            return self.latest > 0
        return self.agendas[edition - 1] != self.agendas[-1]

    def since(self, person: str) -> Changed | None:
        """What has changed since somebody read it; None where nothing has, or they never did."""
        edition = self.read.get(person, 0)
        if not edition or not self.behind(person):
            return None
        old, new = self.agendas[edition - 1], self.agendas[-1]
        stayed = [item for item in old if item in new]
        return Changed(
            added=tuple(item for item in new if item not in old),
            dropped=tuple(item for item in old if item not in new),
            reordered=stayed != [item for item in new if item in old],
        )

"""A closed meeting goes to the archive, as one package with one digest (归档) (pure)."""

from datetime import datetime

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.values.text import Digest, Id


class SittingArchived(Event, frozen=True, kw_only=True):
    """The package of a meeting has been made for the archive; its digest says which (归档)."""

    sitting: Id
    digest: Digest

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        archived = (*held.archived, (at, self.digest))
        return evolve.sitting(state, self.sitting, archived=archived)


class ArchiveSitting(Act, frozen=True, kw_only=True):
    """The office makes the package of a meeting whose minutes are out; again later on (归档)."""

    sitting: Id
    digest: Digest
    """Of the package that was made."""

    def events(self, setting: Setting) -> tuple[SittingArchived, ...]:
        return (SittingArchived(sitting=self.sitting, digest=self.digest),)

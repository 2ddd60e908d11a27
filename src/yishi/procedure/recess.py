"""A recess: the meeting stops for a while and goes on where it stood (休会, 复会) (pure)."""

from datetime import datetime

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.pausing import Recess
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.text import Id

# ── events ────────────────────────────────────────────────────────────────────────────────────


class RecessCalled(Event, frozen=True, kw_only=True):
    """The meeting has stopped for a while (休会)."""

    sitting: Id
    by: Id
    resumes_at: datetime | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        begun = Recess(at, self.by, self.resumes_at)
        return evolve.sitting(state, self.sitting, recesses=(*held.recesses, begun))


class SittingResumed(Event, frozen=True, kw_only=True):
    """The meeting goes on where it stood (复会)."""

    sitting: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        return evolve.resumed(state, self.sitting, at)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class CallRecess(Act, frozen=True, kw_only=True):
    """The chair lets the meeting rest for a while (宣布休会)."""

    sitting: Id
    resumes_at: datetime | None = None
    """When it is to go on, so far as that is known: told to everybody, binding nobody."""

    def events(self, setting: Setting) -> tuple[RecessCalled, ...]:
        return (RecessCalled(sitting=self.sitting, by=setting.actor, resumes_at=self.resumes_at),)

    def amiss(self, setting: Setting) -> Rejected | None:
        if self.resumes_at is None or self.resumes_at > setting.at:
            return None
        said = Message("recess.passed", {"at": self.resumes_at})
        return Rejected("resumes_at", said)


class ResumeSitting(Act, frozen=True, kw_only=True):
    """The chair lets the meeting go on (宣布复会)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[SittingResumed, ...]:
        return (SittingResumed(sitting=self.sitting, by=setting.actor),)

"""The one door: a deed comes in, is judged under the lock, and is on record when this returns.

Everything that follows from it (entries, register, messages) is one transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction
from django.utils import timezone

from yishi.chronicle.belonging import body_of
from yishi.chronicle.history import Transaction
from yishi.chronicle.scribe import drafts
from yishi.clerk.memory import MEMORY, Held, anew
from yishi.clerk.models import Submission
from yishi.clerk.packages import forget_packages
from yishi.clerk.printed import reached, with_refs
from yishi.jobs import queue as queue_of_jobs
from yishi.journal import Head
from yishi.journal.tables.store import TableStore
from yishi.originals.keeping import File, empty, keep
from yishi.outbox.queue import queue
from yishi.papers.sweeping import forget
from yishi.procedure.act import Act, Deed
from yishi.procedure.admission import inadmissible
from yishi.procedure.charters import EraseText, TextErased
from yishi.procedure.decide import decide
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Message, Refused, Rejected, Verdict, outcome
from yishi.register.emptied import without
from yishi.register.follow import follow

REFUSED: Final = "refused"
"""What is written of a form that did nothing: it may be sent again."""


OVERTAKEN: Final = "clerk.overtaken"
"""The message of a deed whose files were made before the last thing that happened."""

STALE: Final = "clerk.stale"
"""The message of a deed that would overwrite what somebody else wrote after its page was shown."""


class Basis(msgspec.Struct, frozen=True):
    """What files were made upon: a place in the chain, and the streams that they tell of."""

    head: Head
    streams: frozenset[str]


class Done(msgspec.Struct, frozen=True):
    """What came of a deed: the verdict, the state afterwards, and where it stands in the chain."""

    verdict: Verdict
    state: State
    seq: int = 0
    repeated: Submission | None = None
    """The earlier handling, when this very form had been handled before."""


def do(
    institution: str,
    person: str,
    act: Act,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    behalf: str | None = None,
    held_at: datetime | None = None,
    key: str = "",
    seen: int | None = None,
    files: Sequence[File] = (),
    upon: Basis | None = None,
    retold: bool = False,
) -> Done:
    """Judge a deed and keep what came of it; `at` is now unless the caller brings its own time.

    `key` names the form: the same one again does nothing; what was refused is told again, not
    kept again. `seen` is the place in the chain that the page showed: an act that would overwrite
    what somebody else has written since is rejected as stale. `files` are what the act issues, made
    `upon` that basis, and only while nothing has happened in its streams.
    `retold` is what was done before files were kept. Raises `Chain.DoesNotExist`.
    """
    with transaction.atomic():
        store = TableStore(institution)
        head = store.lock()
        earlier = _handled(institution, key)
        held = MEMORY.at(institution, head)
        if earlier is not None and earlier.outcome != REFUSED:
            return Done(Rejected("", Message("clerk.repeated")), held.state, earlier.seq, earlier)
        moment = _moment(held.state, at, upon)
        deed = Deed(act=act, actor=person, at=moment, reason=reason, behalf=behalf, held_at=held_at)
        amiss = _overtaken(store, upon, at, moment) or _unkept(act, files)
        amiss = amiss or _stale(store, act, person, seen) or _no_such_text(store, held.state, act)
        amiss = amiss or inadmissible(deed)
        if amiss is not None:
            return Done(amiss, held.state)
        done = _judged(institution, store, head, held.state, deed, kept=earlier, retold=retold)
        _beside(institution, key, deed, done, earlier, files)
    return done


def _judged(
    institution: str,
    store: TableStore,
    head: Head,
    before: State,
    deed: Deed,
    kept: Submission | None,
    retold: bool,
) -> Done:
    """The verdict on a deed, and what came of it kept, a refusal only once; never a rejection.

    Nothing goes out without its files, unless it did before; a refusal has its grounds anyway.
    """
    verdict = decide(deed, before)
    if not retold and _bare(deed.act) and isinstance(verdict, Accepted):
        verdict = Rejected("files", Message("clerk.files_missing"))
    if isinstance(verdict, Rejected):
        return Done(verdict, before)
    if kept is not None and isinstance(verdict, Refused):
        return Done(verdict, before)
    events = verdict.events if isinstance(verdict, Accepted) else ()
    told = Transaction(deed.at, events, deed, verdict)
    after, seq = _keep(institution, store, head, before, told)
    return Done(verdict, after, seq)


def _beside(
    institution: str,
    key: str,
    deed: Deed,
    done: Done,
    earlier: Submission | None,
    files: Sequence[File],
) -> None:
    """What is kept beside the journal: files that went out, and that this form is handled."""
    if isinstance(done.verdict, Accepted):
        sitting = str(getattr(deed.act, "sitting", ""))
        keep(institution, with_refs(institution, done.state, sitting, files), deed.at)
    if not (key and done.seq):
        return
    row = earlier or Submission(institution=institution, key=key)
    row.person, row.act, row.seq = deed.actor, deed.act.name(), done.seq
    row.outcome = outcome(done.verdict)
    row.save()


def happen(institution: str, events: tuple[msgspec.Struct, ...], at: datetime) -> State:
    """Keep what nobody's deed brought about: the founding, the first roster."""
    with transaction.atomic():
        store = TableStore(institution)
        head = store.lock()
        held = MEMORY.at(institution, head)
        state, _ = _keep(institution, store, head, held.state, Transaction(at, events))
    return state


def found(institution: str, events: tuple[msgspec.Struct, ...], at: datetime) -> State:
    """Begin an institution's chain with its founding. Raises IntegrityError when there is one."""
    with transaction.atomic():
        TableStore(institution).create()
        return happen(institution, events, at)


def _keep(
    institution: str, store: TableStore, head: Head, before: State, told: Transaction
) -> tuple[State, int]:
    lines = store.append(head, drafts(told))
    after = told.upon(before)
    seq = lines[0].entry.seq
    subjects = follow(institution, before, after, told, seq)
    queue(institution, before, after, told, seq, subjects)
    gone = tuple(event.ref for event in told.events if isinstance(event, TextErased))
    if gone:
        after = _emptied(institution, store, before, gone)
    now = Held(Head(lines[-1].entry.seq, lines[-1].hash), after)
    transaction.on_commit(lambda: MEMORY.put(institution, now))
    return after, seq


def _emptied(institution: str, store: TableStore, before: State, refs: tuple[str, ...]) -> State:
    """Empty the texts, and everything that was made of them; give the state without them."""
    empty(institution, reached(institution, before, refs))
    for ref in refs:
        store.erase(ref)
    queue_of_jobs.forget(institution)
    forget(institution, refs, store.entries_at(store.places_of(refs)))
    forget_packages(institution, before, refs)
    after = anew(store).state
    without(institution, before, after, refs)
    return after


def _moment(state: State, at: datetime | None, upon: Basis | None) -> datetime:
    """Now in the institution's zone, never before the last thing that happened.

    What has its files made before the lock waits for it: others may have done something meanwhile.
    """
    zone = ZoneInfo(state.zone or "Asia/Shanghai")
    moment = (at or timezone.now()).astimezone(zone)
    if at is None or upon is not None:
        moment = moment.replace(microsecond=0)
        if state.latest is not None and moment < state.latest:
            return state.latest
    return moment


def _handled(institution: str, key: str) -> Submission | None:
    if not key:
        return None
    return Submission.objects.filter(institution=institution, key=key).first()


def _stale(store: TableStore, act: Act, person: str, seen: int | None) -> Rejected | None:
    """Whether somebody else has changed what this act would overwrite since the page was shown."""
    if seen is None or not act.overwrites:
        return None
    stream = _stream(act)
    since = [line for line in store.read(after=seen, stream=stream) if line.entry.actor != person]
    if not since:
        return None
    entry = since[-1].entry
    said: dict[str, Any] = {"person": entry.actor, "event": entry.type, "at": entry.at}
    return Rejected("", Message(STALE, said))


def _overtaken(
    store: TableStore, upon: Basis | None, at: datetime | None, moment: datetime
) -> Rejected | None:
    """Whether anything that the files tell of has happened since they were made.

    They have the day on them; what was judged without anything coming of it changes nothing.
    """
    if upon is None:
        return None
    since = (line.entry.stream for line in store.read(after=upon.head.seq))
    another_day = at is not None and at.astimezone(moment.tzinfo).date() != moment.date()
    if another_day or any(stream in upon.streams for stream in since):
        return Rejected("", Message(OVERTAKEN))
    return None


def _unkept(act: Act, files: Sequence[File]) -> Rejected | None:
    """Whether an act issues files whose bytes do not come with it, or others come."""
    named = {one.digest for one in getattr(act, "files", ())}
    if named == {one.digest for one in files}:
        return None
    return Rejected("files", Message("clerk.files_missing"))


def _bare(act: Act) -> bool:
    """Whether an act that issues papers names no file of them."""
    return getattr(act, "files", None) == ()


def _no_such_text(store: TableStore, state: State, act: Act) -> Rejected | None:
    """Whether what is to be erased is no text of this body's, or has been erased before.

    The procedure knows no references; what belongs to another body is as good as not there.
    """
    if not isinstance(act, EraseText):
        return None
    lines = store.entries_at(store.places_of((act.ref,)))
    if not lines or body_of(lines[0].entry, state) not in ("", act.body):
        return Rejected("ref", Message("clerk.no_such_text", {"body": act.body}))
    if lines[0].texts[act.ref].erased:
        return Rejected("ref", Message("clerk.erased_before"))
    return None


def _stream(act: Any) -> str:
    for kind in ("adjustment", "task", "decision", "item", "sitting", "body"):
        subject = getattr(act, kind, None)
        if subject:
            return f"{kind}/{subject}"
    return "institution"

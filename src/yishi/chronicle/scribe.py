"""Between the procedure and the journal: transactions written as entries, and read again.

Every judged deed has one entry in the `audit` stream, whether it stood or was refused; what
happened follows in the streams of its subjects. All of it is one transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec

from yishi.chronicle.history import History, Transaction, followed
from yishi.journal import Draft, Entry, Line, OpenText, words
from yishi.procedure.act import Deed
from yishi.procedure.decide import decide
from yishi.procedure.kinds import ACTS, EVENTS
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Citation, Refused, Rejected, outcome
from yishi.roster.events import RosterEvent
from yishi.values.text import ERASED
from yishi.values.wire import pack, unpack

AUDIT = "audit"
"""The stream of judged deeds; its entries change no state."""


HELD_AT = "held_at"
"""In a payload: when it really happened; left out where that is the time of the entry."""


class Difference(msgspec.Struct, frozen=True):
    """A deed that is judged otherwise, or leads elsewhere, when the journal is replayed."""

    seq: int
    act: str
    recorded: str
    replayed: str


BESIDE = ("act", "sealed", HELD_AT)
"""What the payload of a judged deed holds beside the verdict."""


class Replayed(msgspec.Struct, frozen=True):
    """A history rebuilt from the journal alone, and where it differs from what is recorded."""

    history: History
    differences: tuple[Difference, ...]


def drafts(transaction: Transaction) -> tuple[Draft, ...]:
    """The entries of one transaction, the judged deed first."""
    deed, verdict = transaction.deed, transaction.verdict
    written: list[Draft] = []
    if deed is not None and verdict is not None and not isinstance(verdict, Rejected):
        written.append(_audit(deed, verdict))
    charter = getattr(verdict, "charter", None)
    written += [_event(event, transaction, charter) for event in transaction.events]
    return tuple(written)


def _audit(deed: Deed, verdict: Accepted | Refused) -> Draft:
    packed = pack(deed.act)
    texts = {f"act.{path}": said for path, said in packed.texts.items()}
    if deed.reason:
        texts["reason"] = deed.reason
    payload = {"act": packed.facts, "verdict": outcome(verdict), **_grounds(verdict)}
    payload |= _held(deed)
    return Draft(
        stream=AUDIT,
        type=deed.act.name(),
        version=1,
        payload=payload,
        texts=texts,
        actor=deed.actor,
        behalf=deed.behalf,
        at=deed.at.isoformat(),
        charter=verdict.charter,
    )


def _grounds(verdict: Accepted | Refused) -> dict[str, Any]:
    found: dict[str, Any] = {"notes": [note.id for note in verdict.notes]}
    if isinstance(verdict, Refused):
        found["grounds"] = [_ground(g.message.id, g.citation) for g in verdict.grounds]
    else:
        found["departures"] = [_ground(d.message.id, d.citation) for d in verdict.departures]
        if verdict.broken:
            found["broken"] = [_ground(b.message.id, b.citation) for b in verdict.broken]
    return found


def _held(deed: Deed | None) -> dict[str, str]:
    """When what was entered from paper really happened; nothing for what was not."""
    return {HELD_AT: deed.held_at.isoformat()} if deed and deed.held_at else {}


def held_at(entry: Entry) -> datetime | None:
    """When what an entry tells really happened, where it was entered from paper."""
    said = entry.payload.get(HELD_AT)
    return datetime.fromisoformat(said) if isinstance(said, str) else None


def _ground(message: str, citation: Citation) -> dict[str, str]:
    return {"message": message, "rule": citation.rule, "charter": citation.charter}


def _event(event: Any, transaction: Transaction, charter: str | None) -> Draft:
    packed = pack(event)
    deed = transaction.deed
    return Draft(
        stream=event.stream(),
        type=event.name(),
        version=getattr(event, "version", 1),
        payload=packed.facts | _held(deed),
        texts=packed.texts,
        actor=deed.actor if deed else "",
        behalf=deed.behalf if deed else None,
        at=transaction.at.isoformat(),
        charter=charter,
    )


def caught_up(state: State, lines: Iterable[Line]) -> State:
    """The state after what whole transactions say, taken at their word: nothing is judged anew.

    Raises `ValueError` as `replay` does.
    """
    for group in transactions(lines):
        at = datetime.fromisoformat(group[0].entry.at)
        with _following(group[0]):
            state = followed(state, happened(group), at, held_at(group[0].entry))
    return state


@contextmanager
def _following(first: Line) -> Iterator[None]:
    """A sound chain may still hold events that do not follow from what stands before them."""
    try:
        yield
    except (LookupError, AttributeError, TypeError) as error:
        raise ValueError(f"{first.entry.seq}: {first.entry.type}") from error


def happened(group: list[Line]) -> tuple[Any, ...]:
    """The events of one transaction."""
    opened: dict[str, OpenText] = {}
    for line in group:
        opened |= line.texts
    return tuple(_read(line, opened) for line in group if line.entry.stream != AUDIT)


def replay(lines: Iterable[Line]) -> Replayed:
    """Fold a journal again and judge every deed in it anew.

    Raises `ValueError` with the sequence number when an entry is of a kind or version that this
    program does not know, or does not fit its kind or what stands before it.
    """
    history = History()
    differences: list[Difference] = []
    for first, told in retold(lines, history.state):
        with _following(first):
            differences += _again(history, first, told)
    return Replayed(history, tuple(differences))


def transactions(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if line.entry.part[0] == line.entry.part[1]:
            yield group
            group = []


def retold(lines: Iterable[Line], state: State) -> Iterator[tuple[Line, Transaction]]:
    """Each transaction with its first line, every deed judged anew on the state it met.

    Raises `ValueError` as `replay` does.
    """
    for group in transactions(lines):
        events, at = happened(group), datetime.fromisoformat(group[0].entry.at)
        deed = deed_of(group)
        verdict = decide(deed, state) if deed is not None else None
        told = Transaction(at, events, deed, verdict)
        yield group[0], told
        with _following(group[0]):
            state = told.upon(state)


def deed_of(group: list[Line]) -> Deed | None:
    """The judged deed of a transaction; None for what nobody's deed brought about."""
    opened: dict[str, OpenText] = {}
    for line in group:
        opened |= line.texts
    return _deed(group[0], opened) if group[0].entry.stream == AUDIT else None


def _again(history: History, first: Line, told: Transaction) -> Iterator[Difference]:
    entry, deed, verdict = first.entry, told.deed, told.verdict
    if deed is None or verdict is None:
        history.happened(told.events, told.at)
        return
    history.take(deed, verdict, told.events)
    before = {key: value for key, value in entry.payload.items() if key not in BESIDE}
    again: dict[str, Any] = {"verdict": outcome(verdict)}
    if not isinstance(verdict, Rejected):
        again |= _grounds(verdict)
    events = verdict.events if isinstance(verdict, Accepted) else ()
    if again != before or not _tell_alike(events, told.events):
        yield Difference(
            entry.seq, entry.type, str(entry.payload.get("verdict", "")), again["verdict"]
        )


def _tell_alike(derived: tuple[Any, ...], recorded: tuple[Any, ...]) -> bool:
    """Whether what follows from a deed is what is recorded, apart from words erased in either."""
    return [type(event) for event in derived] == [type(event) for event in recorded] and all(
        mine.facts == theirs.facts and _words_alike(mine.texts, theirs.texts)
        for mine, theirs in zip(map(pack, derived), map(pack, recorded), strict=True)
    )


def _words_alike(mine: dict[str, str], theirs: dict[str, str]) -> bool:
    return mine.keys() == theirs.keys() and all(
        mine[path] == theirs[path] or ERASED in (mine[path], theirs[path]) for path in mine
    )


def _deed(line: Line, opened: dict[str, OpenText]) -> Deed:
    entry = line.entry
    texts = words(line, opened)
    reason = texts.pop("reason", None) if "reason" in texts else None
    erased = "reason" in entry.sealed and reason is None
    inner = {path.removeprefix("act."): said for path, said in texts.items()}
    kind = ACTS.get(entry.type)
    if kind is None:
        raise ValueError(f"{entry.seq}: {entry.type}")
    act = _built(kind, entry.payload.get("act"), inner, entry.seq)
    return Deed(
        act=act,
        actor=entry.actor,
        at=datetime.fromisoformat(entry.at),
        reason=ERASED if erased else reason,
        behalf=entry.behalf,
        held_at=held_at(entry),
    )


def _read(line: Line, opened: dict[str, OpenText]) -> Any:
    entry = line.entry
    kind = EVENTS.get(entry.type)
    if kind is None or entry.version > _version(kind):
        raise ValueError(f"{entry.seq}: {entry.type} {entry.version}")
    facts = {key: value for key, value in entry.payload.items() if key not in ("sealed", HELD_AT)}
    return _built(kind, facts, words(line, opened), entry.seq)


def _version(kind: Any) -> int:
    return 1 if issubclass(kind, RosterEvent) else int(kind.version)


def _built(kind: Any, facts: Any, texts: dict[str, str | None], seq: int) -> Any:
    try:
        return unpack(kind, facts, texts)
    except (msgspec.ValidationError, KeyError, IndexError, TypeError) as error:
        raise ValueError(f"{seq}: {error}") from error

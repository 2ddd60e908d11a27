"""The journal of a played case: its lines, kept in a file, erased and replayed."""

import hashlib
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec

from yishi.cases.casting import Stage
from yishi.chronicle.scribe import Difference, drafts, replay
from yishi.journal import EMPTIED, Chain, FileStore, Line
from yishi.procedure.charters import TextErased
from yishi.values.text import ERASED


def salts(seed: str) -> Callable[[], bytes]:
    """Salts that follow from a seed, so that a case has the same journal every time."""
    number = count()
    return lambda: hashlib.sha256(f"{seed}/{next(number)}".encode()).digest()[:16]


def lines_of(stage: Stage) -> list[Line]:
    """The journal of what has been played so far, with what was erased emptied."""
    chain, salt = Chain(stage.institution), salts(stage.institution)
    lines: list[Line] = []
    for transaction in stage.history.done:
        chain, written = chain.extend(drafts(transaction), salt)
        lines += written
    gone = {e.ref for t in stage.history.done for e in t.events if isinstance(e, TextErased)}
    return [_emptied(line, gone) for line in lines] if gone else lines


def _emptied(line: Line, gone: set[str]) -> Line:
    texts = {ref: EMPTIED if ref in gone else text for ref, text in line.texts.items()}
    return msgspec.structs.replace(line, texts=texts)


def ref_of(stage: Stage, words: str) -> str | None:
    """The journal's reference of the sealed text with these words; None when there is none."""
    for line in lines_of(stage):
        for ref, text in line.texts.items():
            if text.words == words:
                return ref
    return None


def keep(stage: Stage, path: Path) -> int:
    """Write the journal of a played case to a new file; the number of entries.

    Raises `FileExistsError` rather than overwrite.
    """
    store = FileStore.create(path, stage.institution)
    salt, number = salts(stage.institution), 0
    for transaction in stage.history.done:
        number += len(store.append(drafts(transaction), salt))
        for event in transaction.events:
            if isinstance(event, TextErased):
                store.erase(event.ref)
    return number


def again(stage: Stage) -> tuple[Difference, ...]:
    """Replay the journal and go on from what it says; every deed must be judged as it was."""
    replayed = replay(lines_of(stage))
    same = replayed.history.state == stage.history.state
    erased = ERASED in str(replayed.history.state)
    stage.history.state = replayed.history.state
    stage.history.done = replayed.history.done
    if not same and not erased:
        return (*replayed.differences, Difference(0, "state", "", ""))
    return replayed.differences

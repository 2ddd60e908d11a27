"""Which sealed texts are printed in files that went out, and which files an erasure reaches."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from yishi.journal import Entry
from yishi.journal.tables.models import Entry as EntryRow
from yishi.journal.tables.models import SealedText
from yishi.originals.keeping import File, Printed, holding, without_refs
from yishi.procedure.issued import Original
from yishi.procedure.state import Sitting, State
from yishi.roster.events import PersonEntered

_decode: Final = msgspec.json.Decoder(Entry).decode

NAMING: Final = ("title", "called")
"""Fields of names: a paper puts them into the middle of a sentence, as it does with a task."""


def with_refs(institution: str, state: State, sitting: str, files: Iterable[File]) -> list[File]:
    """The files of a meeting, each with the refs of the texts that are printed in it."""
    told = list(files)
    if not told:
        return []
    texts = list(_texts(institution, course(state, state.sittings[sitting])))
    found = {words: _printed(texts, words) for words in {one.words for one in told}}
    return [msgspec.structs.replace(one, refs=found[one.words]) for one in told]


def _printed(texts: list[tuple[str, str, bool]], words: tuple[str, ...]) -> tuple[str, ...]:
    """The refs of the texts whose words stand among those that are printed."""
    printed = Printed(words)
    return tuple(ref for ref, said, name in texts if printed.holds(said, within=name))


def course(state: State, sitting: Sitting) -> set[str]:
    """The streams whose words the papers of a meeting may print: its own, and of what it named."""
    tasks = {*sitting.tasks, *(t for one in state.decided_at(sitting) for t in one.tasks)}
    items = {*sitting.agenda, *sitting.taken}
    changed = {state.items[item].changes for item in items} - {None}
    decisions = {*(one.id for one in state.decided_at(sitting)), *(one for one in changed if one)}
    for decision in (state.decisions[one] for one in decisions):
        items.add(decision.item)
        tasks.update(decision.tasks)
    tasks |= {task for item in items if (task := state.items[item].changes_task)}
    asked = {one.id for one in state.adjustments.values() if one.task in tasks}
    named = {"item": items, "decision": decisions, "task": tasks, "adjustment": asked}
    streams = {f"{kind}/{one}" for kind, ids in named.items() for one in ids}
    return {f"sitting/{sitting.id}", *streams}


def _texts(institution: str, streams: set[str]) -> Iterator[tuple[str, str, bool]]:
    """Ref, words, and whether it is a name, of every text in these streams and of all people."""
    rows = EntryRow.objects.filter(chain=institution)
    people = rows.filter(type=PersonEntered.name()).values_list("body", flat=True)
    bodies = [*rows.filter(stream__in=streams).values_list("body", flat=True), *people]
    names: dict[str, bool] = {}
    for entry in (_decode(bytes(body)) for body in bodies):
        for field, ref in entry.sealed.items():
            named = field in NAMING or entry.stream.startswith("task/")
            names[ref] = names.get(ref, False) or named
    texts = SealedText.objects.filter(chain=institution, ref__in=list(names)).exclude(salt="")
    for ref, words in texts.values_list("ref", "words"):
        yield ref, words, names[ref]


def reached(institution: str, state: State, refs: Iterable[str]) -> set[str]:
    """The digests of the files that go with these texts when they are erased.

    Of files kept before refs were: of the meetings to whose course a text belongs, those in which
    its words are printed.
    """
    found: set[str] = set()
    for ref in refs:
        found |= holding(institution, ref)
        older = without_refs(institution)
        if older:
            found |= _older(institution, state, ref, older)
    return found


def _files(sitting: Sitting) -> tuple[Original, ...]:
    return sitting.minutes.every_file if sitting.minutes else ()


def _older(institution: str, state: State, ref: str, older: dict[str, str]) -> set[str]:
    found: set[str] = set()
    for sitting in state.sittings.values():
        mine = {one.digest for one in _files(sitting)} & set(older)
        if not mine:
            continue
        texts = [one for one in _texts(institution, course(state, sitting)) if one[0] == ref]
        found |= {digest for digest in mine if _printed(texts, (older[digest],))}
    return found

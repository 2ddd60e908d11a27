"""The words of a draft proof-read for whoever issues it: remarks, and what one press puts right."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, Final

import msgspec

from yishi.documents.lapses import Lapse
from yishi.documents.proof_facts import Facts
from yishi.documents.proof_people import Known
from yishi.documents.proofreading import mended, proofread
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.values.text import is_erased
from yishi.web.office import Office
from yishi.web.sittings.pressing import Press, key, press

MOST: Final = 30
"""How many remarks a page shows; the others come when these are dealt with."""

AROUND: Final = 12
"""How many characters are shown on either side."""


class Proof(msgspec.Struct, frozen=True):
    """A remark about some words: where they stand, and the press that puts them right."""

    where: Message
    lapse: Lapse
    ahead: str
    words: str
    behind: str
    fix: Press | None = None
    """Nothing where nobody but a person can know, or the words are no wording of the office."""
    fact: bool = False


def proofs(
    office: Office, sitting: Sitting, told: dict[str, Any], lost: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The remarks about all that these minutes print; none of them keeps them from going out.

    `lost` are the characters that no font has, which do: where they stand is told first.
    """
    found = chain(_lost(told, lost), _own(office, sitting, told), _facts(told))
    # Each press holds the whole text: no more of them are kept than are shown.
    return {"proofs": list(islice(found, MOST)), "more_proofs": sum(1 for _ in found)}


def _lost(told: dict[str, Any], lost: tuple[str, ...]) -> Iterator[Proof]:
    """Where the characters stand that no font has, by the place in the minutes."""
    for where, words, fact in _texts(told) if lost else ():
        for at in (n for n, character in enumerate(words) if character in lost):
            wrong = Message("proofreading.no_font", {"code": f"U+{ord(words[at]):04X}"})
            yield _proof(where, words, Lapse("", wrong, at, at + 1), None, fact)


def _texts(told: dict[str, Any]) -> Iterator[tuple[Message, str, bool]]:
    """Every text of the minutes, where it stands, and whether it is one of the register's."""
    yield Message("page.minutes.in_opening"), told["opening"], False
    yield Message("page.minutes.in_closing"), told["closing"], False
    for point in told["points"]:
        named = {"n": point.place}
        decided = point.decision.words if point.decision is not None else ""
        yield Message("page.minutes.in_title", named), point.item.title, True
        yield Message("page.minutes.in_decision", named), decided, True
        yield Message("page.minutes.in_point", named), point.words, False
        for matter in point.matters:
            yield Message("page.minutes.in_task", named), matter.words or "", True
    for matter in told["unbound"]:
        yield Message("page.minutes.in_unbound"), matter.words or "", True


def _own(office: Office, sitting: Sitting, told: dict[str, Any]) -> Iterator[Proof]:
    """What is remarked about the office's own words."""
    known, every = known_on(office, sitting), facts_of(office, sitting, told["points"])
    both = {name: told[name] for name in ("opening", "closing")}
    word = press(office, "word_minutes", sitting=sitting.id)
    places = {"opening": "page.minutes.in_opening", "closing": "page.minutes.in_closing"}
    for name, words in both.items():
        for lapse in proofread(words, known, facts=every):
            fix = _filled(word, lapse, {**both, name: mended(words, lapse)})
            yield _proof(Message(places[name]), words, lapse, fix)
    for point in told["points"]:
        lapses = proofread(point.words, known, facts=facts_of(office, sitting, [point]))
        named = {"sitting": sitting.id, "item": point.item.id}
        word = press(office, "word_point", **named) if lapses else None
        where = Message("page.minutes.in_point", {"n": point.place})
        for lapse in lapses:
            fix = _filled(word, lapse, {"words": mended(point.words, lapse)})
            yield _proof(where, point.words, lapse, fix)


def _facts(told: dict[str, Any]) -> Iterator[Proof]:
    """What is remarked about words that the register has: they are put right in their own way."""
    for point in told["points"]:
        where = Message("page.minutes.in_title", {"n": point.place})
        yield from _remarked(where, point.item.title, whole=False)
        if point.decision is not None:
            where = Message("page.minutes.in_decision", {"n": point.place})
            yield from _remarked(where, point.decision.words, whole=True)
        yield from _tasks(Message("page.minutes.in_task", {"n": point.place}), point.matters)
    yield from _tasks(Message("page.minutes.in_unbound"), told["unbound"])


def _tasks(where: Message, matters: Iterable[Any]) -> Iterator[Proof]:
    for one in matters:
        yield from _remarked(where, one.words or "", whole=False)


def _remarked(where: Message, words: str, whole: bool) -> Iterator[Proof]:
    for lapse in proofread(words, whole=whole):
        yield _proof(where, words, lapse, None, fact=True)


def _proof(
    where: Message, words: str, lapse: Lapse, fix: Press | None, fact: bool = False
) -> Proof:
    ahead, behind = words[: lapse.start], words[lapse.end :]
    said = words[lapse.start : lapse.end]
    return Proof(where, lapse, _last(ahead), said, _first(behind), fix, fact)


def _last(words: str) -> str:
    line = words.rpartition("\n")[2]
    return line if len(line) <= AROUND else "…" + line[-AROUND:]


def _first(words: str) -> str:
    line = words.partition("\n")[0]
    return line if len(line) <= AROUND else line[:AROUND] + "…"


def _filled(word: Press | None, lapse: Lapse, fields: dict[str, str]) -> Press | None:
    """The act with the words put right; each is a form of its own."""
    if word is None or lapse.better is None or any(is_erased(one) for one in fields.values()):
        return None
    return Press(word.act, word.subject, fields, key(), word.departs)


def facts_of(office: Office, sitting: Sitting, points: list[Any]) -> Facts:
    """What the register says about these points; the votes where it is one."""
    matters = [matter for point in points for matter in point.matters]
    units = dict.fromkeys(u for one in matters for u in (one.unit, one.counter) if u)
    owners = dict.fromkeys(one.owner for one in matters if one.owner)
    decided = (point.decision.words for point in points if point.decision is not None)
    return Facts(
        outcomes=tuple(dict.fromkeys(point.outcome for point in points if point.outcome)),
        decided=tuple(words for words in decided if not is_erased(words)),
        owners=tuple(map(office.names.person, owners)),
        units=tuple(map(office.names.unit, units)),
        due=tuple(dict.fromkeys(one.due_on for one in matters if one.due_on)),
        votes=_votes(sitting, points[0].item.id) if len(points) == 1 else None,
    )


def _votes(sitting: Sitting, item: str) -> dict[str, int]:
    """How many members took which stance to an item."""
    talk = sitting.talk_on(item)
    stances = (talk.stance_of(seat.person) for seat in sitting.members)
    return dict(Counter(one for one in stances if one is not None))


def known_on(office: Office, sitting: Sitting) -> Known:
    """Who there is by the roster on the day of the meeting, and in which posts."""
    roster, on = office.state.roster, sitting.starts_at.astimezone(office.zone).date()
    people: dict[str, tuple[str, ...]] = {}
    for person, name in roster.people.items():
        if not is_erased(name):
            held = tuple(dict.fromkeys(a.post for a in roster.posts_of(person, on)))
            people[name] = (*people.get(name, ()), *held)
    return Known(people, frozenset(roster.appointments))

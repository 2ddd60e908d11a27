"""Who came and went, as the record tells it: what was put right counts as it really was (更正)."""

from collections.abc import Iterable

import msgspec

from yishi.web.sittings.told import Told, of

Entries = dict[str, list[Told]]


def as_it_was(here: Iterable[Told]) -> list[Told]:
    """What happened, without the entries of presence that were wrong, and those put right."""
    found: list[Told | None] = []
    places: dict[str, list[int]] = {}
    for one in here:
        if one.kind == "sitting_moved":
            places.clear()
        if one.kind == "presence_noted":
            places.setdefault(one.event.person, []).append(len(found))
        if one.kind == "presence_corrected" and places.get(one.event.person):
            _put_right(found, places[one.event.person], one)
        found.append(one)
    return [one for one in found if one is not None]


def _put_right(found: list[Told | None], mine: list[int], one: Told) -> None:
    """The person's last entry is gone, or says what is true, at its own time."""
    wrong = found[mine[-1]]
    earlier = found[mine[-2]] if len(mine) > 1 else None
    then = earlier.event.status if earlier is not None else "unknown"
    if wrong is None or one.event.status == then:
        found[mine.pop()] = None
        return
    said = {"status": one.event.status, "source": one.event.source, "late": one.event.late}
    event = msgspec.structs.replace(wrong.event, **said)
    found[mine[-1]] = Told(wrong.at, one.actor, event, wrong.entered)


def righted(here: Iterable[Told]) -> Entries:
    """By person what of their presence was put right; a meeting that was moved begins anew."""
    found: Entries = {}
    for one in of(here, "presence_corrected", "sitting_moved"):
        if one.kind == "sitting_moved":
            found.clear()
            continue
        found.setdefault(one.event.person, []).append(one)
    return found

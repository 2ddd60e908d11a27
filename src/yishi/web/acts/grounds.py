"""Why something may not be done, as far as whoever asks may be told."""

from collections.abc import Iterator
from typing import Any, Final

from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Withheld
from yishi.procedure.subjects import NOT_OFFERED
from yishi.procedure.verdict import Ground
from yishi.web.office import Office

OUTSIDER: Final = ("reserved_to.other", "concerns.outsider", "participants.outsider")
"""Grounds that say that an act is not for people of this kind at all."""

MOOT: Final = ("late_items.no_deadline", "late_items.in_time", "late_items.admitted")
"""Grounds that say that there is no need for the act."""

OTHERS: Final = (
    *OUTSIDER,
    "presided_by.other",
    "recorded_by.other",
    "deputy_chair.other",
    "signed_by.other",
    "signed_by.nobody_named",
)
"""Grounds that say that an act is somebody else's."""


def tellable(office: Office, grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """The grounds; of somebody else's act, those that name no item that may not be read."""
    if not any(g.message.id in OTHERS for g in grounds):
        return grounds
    return tuple(g for g in grounds if all(reads_item(office, i) for i in _items(office, g)))


def barred(office: Office, act: str, about: dict[str, str], person: str = "") -> tuple[Ground, ...]:
    """What has to be done before an act would stand, as its form would say; nothing when it may."""
    kind = ACTS[act]
    named = about | ({"person": person} if person else {})
    given = {name: value for name, value in named.items() if name in kind.__struct_fields__}
    answer = None if act in NOT_OFFERED else office.ask(kind, given)
    return tellable(office, answer.grounds) if isinstance(answer, Withheld) else ()


def _items(office: Office, ground: Ground) -> Iterator[str]:
    """The items that a ground names."""
    for value in ground.message.params.values():
        several: tuple[Any, ...] = value if isinstance(value, tuple) else (value,)
        yield from (v for v in several if isinstance(v, str) and v in office.state.items)


def reads_item(office: Office, item: str) -> bool:
    """Whether an item may be named: it may be read, or is this person's own."""
    own = office.state.items[item].submitted_by == office.person
    return own or office.reads("item", item).allowed

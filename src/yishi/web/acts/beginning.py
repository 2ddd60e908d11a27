"""What each field of a form began with, so that what others wrote meanwhile is not wiped unseen."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from yishi.web.acts.inputs import Input, Typed

PREFIX: Final = "began."
"""Before the name of a field: the digest of what stood in it when the form was shown."""

TOGETHER: Final = ("agenda", "plan")
"""Items and what is planned for each stand side by side: they are kept or taken as one."""

Content = tuple[tuple[str, ...], tuple[dict[str, str], ...]]


def begun(data: Typed) -> dict[str, str]:
    """What a form that was sent says that its fields began with."""
    names = (name for name in data if name.startswith(PREFIX))
    return {name.removeprefix(PREFIX): "".join(data[name]) for name in names}


def digest(kind: str, content: Content) -> str:
    """Tells whether two contents of a field are the same, however a browser sends them."""
    values, rows = content
    plain = ["".join(v.split("\r")).strip() for v in values]
    plain = ["yes"] if kind == "flag" and any(plain) else plain
    plain = [v if v != "0" else "" for v in plain] if kind == "plan" else [v for v in plain if v]
    full = [sorted((k, v) for k, v in row.items() if v) for row in rows]
    told = msgspec.json.encode((plain, [row for row in full if row]))
    return hashlib.sha256(told).hexdigest()[:16]


def settled(
    inputs: Iterable[Input], began: Mapping[str, str], now: Mapping[str, Content]
) -> list[Input]:
    """The fields once somebody else has changed what they overwrite.

    What was not touched in the form becomes as it stands now; what both changed stays as typed, and
    says what stands.
    """
    every = list(inputs)
    same = {one.name: _untouched(one, began) for one in every}
    planned = all(same[one.name] for one in every if one.kind in TOGETHER)
    for one in every:
        if planned if one.kind in TOGETHER else same[one.name]:
            one.values, one.rows = now[one.name]
        elif digest(one.kind, now[one.name]) not in (_typed(one), began.get(one.name)):
            one.stands = _told(one, now[one.name])
    return every


def _typed(one: Input) -> str:
    return digest(one.kind, (one.values, one.rows))


def _untouched(one: Input, began: Mapping[str, str]) -> bool:
    return one.kind == "carried" or _typed(one) == began.get(one.name)


def _told(one: Input, content: Content) -> str:
    """What stands, in words; empty where nothing stands."""
    labels = {choice.value: choice.label for choice in one.choices}
    values, rows = content
    lines = [" ".join(v for v in row.values() if v) for row in rows]
    return "\n".join((*(labels.get(value, value) for value in values), *lines))

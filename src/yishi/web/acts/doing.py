"""An act of a form brought to the door, by the way that its kind takes."""

from collections.abc import Callable
from typing import Any, Final

from yishi.clerk.door import Done, do
from yishi.procedure.act import Act
from yishi.web.acts.paper import NOW, Happened
from yishi.web.office import Office

WAYS: Final[dict[type[Act], Callable[[Office, Any, str | None, str], Done]]] = {}
"""Kinds of acts with a way of their own, put here as the pages start.

Such a way is given who acts, the act, the reason for a departure and the key of the form.
"""


def done(
    office: Office,
    act: Act,
    *,
    reason: str | None = None,
    happened: Happened = NOW,
    key: str = "",
    seen: int | None = None,
) -> Done:
    """What came of an act."""
    if way := WAYS.get(type(act)):
        return way(office, act, reason, key)
    return do(
        office.institution,
        office.person,
        act,
        reason=reason,
        held_at=happened.held_at,
        behalf=happened.behalf,
        key=key,
        seen=seen,
    )

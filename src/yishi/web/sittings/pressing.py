"""Acts that one press does: asked of the procedure first, so that every button there is stands."""

import secrets
from typing import Any

import msgspec

from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, Withheld, bars_others
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Ground
from yishi.web.acts.after import ASKED_FIRST
from yishi.web.acts.form import SUBJECTS
from yishi.web.acts.grounds import OTHERS
from yishi.web.office import Office
from yishi.web.sittings.seated import places


class Press(msgspec.Struct, frozen=True):
    """An act that stands as it is: what it is about, what fills it, and the key of its form."""

    act: str
    subject: dict[str, str]
    fields: dict[str, str]
    key: str
    departs: bool = False

    @property
    def final(self) -> bool:
        """Whether nothing takes the act back."""
        return self.act in ASKED_FIRST


def stands(office: Office, act: str, **named: str) -> bool:
    """Whether this person may do the act, so filled, just now."""
    return offered(office, act, **named) is not None


def offered(office: Office, act: str, **named: Any) -> Offer | None:
    """The offer of an act, so far as it is filled in; None where it would not stand."""
    return office.offered(ACTS[act], dict(named))


def asked(office: Office, act: str, **named: Any) -> Offer | Withheld | None:
    """What the procedure answers about an act, so far as it is filled in."""
    return office.ask(ACTS[act], dict(named))


def for_others(office: Office, held: Sitting, act: str, field: str, /, **named: str) -> bool:
    """Whether there is any use in asking if this person may do an act about somebody else.

    Asked about one of those who belong to the meeting; a crowd is not asked about one by one.
    """
    other = next((p for p in places(office, held) if p != office.person), None)
    if other is None or not office.may_have(ACTS[act], named, others=True):
        return False
    answer = asked(office, act, **named, **{field: other})
    return not bars_others(office.state, office.now, answer)


def press(office: Office, act: str, **named: Any) -> Press | None:
    """The button for an act, so filled; None when it would not stand."""
    answer = offered(office, act, **named)
    if answer is None:
        return None
    subject = {k: v for k, v in named.items() if k in SUBJECTS}
    fields = {k: str(v) for k, v in named.items() if k not in SUBJECTS}
    return Press(act, subject, fields, secrets.token_hex(12), answer.departs)


def presses(office: Office, *wanted: tuple[str, dict[str, str]]) -> tuple[Press, ...]:
    """The buttons that stand, of those wanted."""
    found = (press(office, act, **named) for act, named in wanted)
    return tuple(one for one in found if one is not None)


def why_not(office: Office, act: str, **named: str) -> tuple[Ground, ...]:
    """Why an act that is this person's own does not stand; nothing when it is not theirs."""
    if not office.may_have(ACTS[act], named):
        return ()
    answer = asked(office, act, **named)
    if not isinstance(answer, Withheld) or not own(answer):
        return ()
    return answer.grounds


def own(answer: Withheld) -> bool:
    """Whether the act is this person's at all: nobody is told what others may do."""
    return not any(ground.message.id in OTHERS for ground in answer.grounds)


def lasting(grounds: tuple[Ground, ...], *prefixes: str) -> tuple[Ground, ...]:
    """The grounds whose message begins so."""
    return tuple(g for g in grounds if g.message.id.startswith(prefixes))


def key() -> str:
    """The key of a form that is shown now."""
    return secrets.token_hex(12)

"""What a page offers of a subject: the acts that stand, and those held back that are one's own."""

import secrets
from typing import Final

import msgspec

from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, Withheld
from yishi.web.acts.form import ActForm
from yishi.web.acts.grounds import MOOT, OUTSIDER
from yishi.web.acts.views import link_to
from yishi.web.office import Office

STOPS: Final = (
    "return_item",
    "put_off_item",
    "refuse_item",
    "withdraw_item",
    "call_off",
    "refuse_leave",
    "decline_floor_item",
    "send_back_task",
    "refuse_adjustment",
)
"""Acts that send something back or end it: offered last, and never done by a single press."""


SELDOM: Final = {"admit_late_item": ("on_agenda",)}
"""Acts that an item in these states seldom needs (only where its meeting is moved ahead)."""

ASIDE: Final = ("invite_others",)
"""Acts that may be wanted at any time and carry nothing on."""


class Offered(msgspec.Struct, frozen=True):
    """An act that may be done: by one press, or through its form."""

    act: str
    subject: dict[str, str]
    bare: bool
    link: str
    key: str
    departs: bool
    main: bool = True
    """Whether it carries the subject on: what stops it, or is seldom wanted, stands behind."""


def offered(
    office: Office, subject: dict[str, str], only: list[str], without: list[str]
) -> tuple[list[Offered], list[Withheld]]:
    """What this person may do about the subject, and what is theirs but may not be done now."""
    about = {k: v for k, v in subject.items() if v}
    stands: list[Offered] = []
    held_back: list[Withheld] = []
    for one in office.may(about):
        if (only and one.act not in only) or one.act in without or not _fits(one, about):
            continue
        if isinstance(one, Offer):
            stands.append(_offer(office, one))
        elif _own(one):
            held_back.append(one)
    return sorted(stands, key=lambda one: (not one.main, one.act in STOPS)), held_back


def _fits(one: Offer | Withheld, about: dict[str, str]) -> bool:
    """Whether the act is about all of what the page is about, not only about a part of it."""
    return all(one.subject.get(kind) == subject for kind, subject in about.items())


def _offer(office: Office, one: Offer) -> Offered:
    form = ActForm(office, ACTS[one.act], one.subject)
    link = link_to(one.act, one.subject)
    bare = form.bare and one.act not in STOPS
    main = one.act not in (*STOPS, *ASIDE) and not _is_seldom(office, one)
    return Offered(one.act, one.subject, bare, link, secrets.token_hex(12), one.departs, main)


def _is_seldom(office: Office, one: Offer) -> bool:
    item = office.state.items.get(one.subject.get("item", ""))
    return item is not None and item.status in SELDOM.get(one.act, ())


def _own(one: Withheld) -> bool:
    """Whether it is this person's act, and of use: nobody is told what others may do."""
    return not any(g.message.id in (*OUTSIDER, *MOOT) for g in one.grounds)

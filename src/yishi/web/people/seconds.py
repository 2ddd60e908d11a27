"""The second person for an account: whoever the rules let confirm changes of posts (第十九条)."""

from yishi.accounts.models import Asked
from yishi.procedure.act import Deed
from yishi.procedure.charters import GENERAL
from yishi.procedure.enact import book_of, digests_on, version_on
from yishi.procedure.seats import holders
from yishi.procedure.setting import Setting
from yishi.procedure.staffing import ConfirmPost
from yishi.web.office import Office

_OPEN = frozenset({"in_office", "anyone", "self"})
"""Seats that hang on no post: they count where nobody else is left."""


def seconds(office: Office, asked_by: str = "", owner: str = "") -> frozenset[str]:
    """Who may let something happen that was asked for an account.

    Never whoever asked, whose account it is, or anybody else who keeps accounts. Of the seats that
    the clause names, those that a post gives come first.
    """
    today = office.now.date()
    if version_on(office.state, GENERAL, today) is None:
        return frozenset()
    book = book_of(office.state, digests_on(office.state, GENERAL, today))
    deed = Deed(act=ConfirmPost(posting="-"), actor=office.person, at=office.now)
    setting = Setting(deed, office.state, book, GENERAL)
    keepers = {p for seat in book.seats_for("enter_person") for p in holders(setting, seat)}
    out = {*keepers, asked_by, owner}
    named, others = set[str](), set[str]()
    for seat in book.seats_for("confirm_post"):
        (others if seat in _OPEN else named).update(holders(setting, seat))
    return frozenset(named - out or others - out)


def is_second(office: Office) -> bool:
    """Whether this person lets things happen that others ask for accounts."""
    return office.person in seconds(office)


def settles(office: Office, asked: Asked) -> bool:
    """Whether this person may let this happen."""
    return office.person in seconds(office, asked.by, asked.account.person)

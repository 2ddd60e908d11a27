"""What an erasure reaches beside the journal, told to whoever may have the words erased."""

import re

from yishi.clerk.printed import reached
from yishi.procedure.act import Deed
from yishi.procedure.charters import EraseText
from yishi.procedure.decide import decide
from yishi.procedure.verdict import Accepted
from yishi.web.office import Office


def may_erase(office: Office, body: str) -> bool:
    """Whether this person may have words erased that this body's rules cover."""
    act = EraseText(body=body, ref="0" * 64)
    deed = Deed(act=act, actor=office.person, at=office.now, reason="…")
    return isinstance(decide(deed, office.state), Accepted)


def files_with(office: Office, body: str, ref: str) -> int:
    """How many files that went out an erasure of this text will empty."""
    if re.fullmatch("[0-9a-f]{64}", ref) is None or not may_erase(office, body):
        return 0
    return len(reached(office.institution, office.state, (ref,)))

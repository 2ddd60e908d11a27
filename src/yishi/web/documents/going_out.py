"""Acts by which papers go out: brought to the door with the files that say what is then so."""

from typing import Final

from yishi.clerk.door import OVERTAKEN, Done, do
from yishi.documents.pdf import NoFont, Unprintable
from yishi.procedure.issuing import NUMBER_GONE
from yishi.procedure.verdict import Message, Rejected
from yishi.web.documents.issuing import Issuing, NotByOwn, basis, made
from yishi.web.documents.public import Exposed
from yishi.web.office import Office

TRIES: Final = 4
"""Times that files are made before whoever issues is told that too much happens beside it."""


def with_files(office: Office, act: Issuing, reason: str | None, key: str) -> Done:
    """The files are made outside the lock, and made again where something happened meanwhile."""
    for _ in range(TRIES):
        try:
            whole, files = made(office, act, reason)
        except (NoFont, Unprintable) as amiss:
            return Done(Rejected("", _said(amiss)), office.state)
        except NotByOwn as amiss:
            told = _by_own(office, amiss.paper, amiss.faults)
            return Done(Rejected("", told), office.state)
        except Exposed as exposed:
            said = Message("publishing.exposed", {"people": exposed.args[0]})
            return Done(Rejected("masked", said), office.state)
        came = do(
            office.institution,
            office.person,
            whole,
            at=office.now,
            reason=reason,
            key=key,
            files=files,
            upon=basis(office, act.sitting),
        )
        if not _overtaken(came):
            break
        office = Office(office.account, office.language)
    return came


def _overtaken(came: Done) -> bool:
    """Whether the files are of before; so they are where their number has been given away."""
    verdict = came.verdict
    return isinstance(verdict, Rejected) and verdict.message.id in (OVERTAKEN, NUMBER_GONE)


def _by_own(office: Office, paper: str, faults: tuple[Message, ...]) -> Message:
    """Which paper the office's own template cannot make, and where it says what cannot be."""
    catalogue = office.catalogue
    named = catalogue.word("documents", paper)
    if not faults:
        return Message("issuing.template_slow", {"paper": named})
    told = " ".join(catalogue.sentence(one, office.names) for one in faults)
    return Message("issuing.template", {"paper": named, "told": told})


def _said(amiss: NoFont | Unprintable) -> Message:
    if isinstance(amiss, NoFont):
        return Message("issuing.no_font")
    codes = tuple(f"{c} (U+{ord(c):04X})" for c in amiss.characters)
    return Message("issuing.unprintable", {"codes": codes})

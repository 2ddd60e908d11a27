"""The act of archiving: the package is made, put on the shelf and on record, or nothing is."""

from tempfile import TemporaryFile
from typing import IO, Final

from django.db import transaction

from yishi.clerk.door import OVERTAKEN, Done, do
from yishi.journal import ERASURE
from yishi.journal.tables.models import Entry as EntryRow
from yishi.journal.tables.store import TableStore
from yishi.papers import shelf
from yishi.procedure.archiving import ArchiveSitting
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Message, Rejected
from yishi.web.archive.entries import streams
from yishi.web.archive.making import make, weighed
from yishi.web.office import Office

TRIES: Final = 4
"""Times that a package is made before whoever archives is told that too much happens beside it."""


def packed(office: Office, sitting: Sitting, key: str) -> Done:
    """What came of archiving a meeting; the package is made again where it was overtaken.

    Raises Unmade.
    """
    for _ in range(TRIES):
        with TemporaryFile() as out:
            make(office, sitting, out)
            came = _kept(office, sitting, out, key)
        if came is not None:
            return came
        office = Office(office.account, office.language)
        sitting = office.state.sittings[sitting.id]
    return Done(Rejected("", Message(OVERTAKEN)), office.state)


def _kept(office: Office, sitting: Sitting, out: IO[bytes], key: str) -> Done | None:
    """The act on record and the file on the shelf, under one lock; None where it was overtaken."""
    out.seek(0)
    _, digest = weighed(out)
    act = ArchiveSitting(sitting=sitting.id, digest=digest)
    with transaction.atomic():
        TableStore(office.institution).lock()
        if _overtaken(office, sitting):
            return None
        done = do(office.institution, office.person, act, key=key)
        if done.repeated is None and isinstance(done.verdict, Accepted):
            shelf.put(office.institution, out)
    return done


def _overtaken(office: Office, sitting: Sitting) -> bool:
    """Whether the meeting has gone on, or any words were erased, since the package was begun."""
    since = EntryRow.objects.filter(chain=office.institution, seq__gt=office.held.head.seq)
    mine = set(streams(office, sitting))
    return any(
        kind == ERASURE or stream in mine for kind, stream in since.values_list("type", "stream")
    )

"""Every kind of job: what makes it, who may still read what was made, what its page is called."""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from yishi.jobs.models import Job
from yishi.jobs.working import Maker
from yishi.web.archive import job as archiving
from yishi.web.documents import background
from yishi.web.office import Office
from yishi.web.packs import making
from yishi.web.papers import preview


class Kind(msgspec.Struct, frozen=True):
    """A kind of job, as its pages need it."""

    make: Maker
    opens: Callable[[Office, Job], bool]
    """Whether whoever asked may read all that was made, as things stand now."""
    called: Callable[[Office, Job], str]
    back: Callable[[Job], str]
    """Where it was asked for."""
    result: Callable[[Job], str] | None = None
    """Where what was made is read, unless it is a file of this person's own."""
    leads: bool = False
    """Whether whoever watches it being made is led there when it is done."""


KINDS: Final[Mapping[str, Kind]] = {
    background.KIND: Kind(
        background.make, background.opens, background.called, background.back, leads=True
    ),
    archiving.KIND: Kind(
        archiving.make,
        archiving.opens,
        archiving.called,
        archiving.back,
        archiving.back,
        leads=True,
    ),
    "pack": Kind(making.make, making.opens, making.called, making.back),
    "preview": Kind(preview.make, preview.opens, preview.called, preview.back, preview.result),
}
"""The kinds that there are."""

MAKERS: Final[Mapping[str, Maker]] = {name: kind.make for name, kind in KINDS.items()}
"""What the worker looks up (`JOBS` in the settings)."""

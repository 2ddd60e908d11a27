"""Every paper by its name in an address, with what makes it."""

from collections.abc import Callable, Mapping
from typing import Final

from yishi.documents.model import Document
from yishi.web.documents import (
    blank,
    bulletin,
    conformance,
    correction,
    excerpt,
    gathering,
    items,
    minutes,
    public,
    record,
    reports,
    slips,
)
from yishi.web.documents.pen import Pen

Maker = Callable[[Pen, str, str], Document]
"""Of what a paper is about, and, where it takes two, of whom or which unit.

Raises Http404 as the page does for whoever may not see it.
"""

MAKERS: Final[Mapping[str, Maker]] = {
    "minutes": minutes.own_format,
    "minutes-general": minutes.general_format,
    "correction": correction.correction,
    "minutes-public": public.public,
    "record": record.record,
    "notice": gathering.notice,
    "agenda": gathering.agenda,
    "attendance": gathering.attendance,
    "record-sheet": blank.record_sheet,
    "leave": gathering.leave,
    "item": items.item,
    "collation": items.collation,
    "decision": slips.decision,
    "excerpt": excerpt.excerpt,
    "task": slips.task,
    "reminder": slips.reminder,
    "feedback": slips.feedback,
    "adjustment": slips.adjustment,
    "bulletin": bulletin.bulletin,
    "report": reports.report,
    "profile": conformance.conformance,
}
"""The papers that there are."""

OF_TWO: Final = frozenset(
    ("correction", "minutes-public", "leave", "decision", "bulletin", "report")
)
"""Those that take two: an address of any other that names a second thing leads nowhere."""

"""What the fields of an office's own template are filled with: what our own paper says."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from yishi.documents.model import Document, Signed, seen
from yishi.documents.own.fields import FIELDS
from yishi.documents.titles import broken
from yishi.web.documents import values_meeting as meeting
from yishi.web.documents import values_slips as slips
from yishi.web.documents.pen import Pen
from yishi.web.documents.reading import Asked, Values, in_words


def values(pen: Pen, name: str, subject: str, about: str, document: Document) -> Values:
    """The fields of a paper that this person has been given; nothing unseen is in them."""
    signed = next((b for b in document.body if isinstance(b, Signed)), Signed("", ""))
    common: Values = {
        "标志": document.mark,
        "编号": document.number,
        "标题": document.title.replace("\n", ""),
        "标题分行": "\n".join(broken(document.title)),
        "主送": document.addressee,
        "稿": document.draft,
        "落款": signed.by,
        "成文日期": signed.on,
        "正文": [{"文字": said} for block in document.body if (said := in_words(block))],
    }
    known = {field.name for field in FIELDS[name]}
    own = OWN[name](Asked(pen, subject, about, document))
    found: Values = _seen({k: v for k, v in {**common, **own}.items() if k in known})
    return found


def _seen(held: Any) -> Any:
    if isinstance(held, str):
        return seen(held)
    if isinstance(held, list):
        return [_seen(one) for one in held]
    return {name: _seen(one) for name, one in held.items()}


OWN: Final[Mapping[str, Callable[[Asked], Values]]] = {
    "minutes": meeting.minutes,
    "minutes-general": meeting.minutes,
    "correction": meeting.correction,
    "record": meeting.record,
    "record-sheet": meeting.record_sheet,
    "notice": meeting.notice,
    "agenda": meeting.agenda,
    "attendance": meeting.attendance,
    "leave": meeting.leave,
    "item": slips.item,
    "collation": slips.collation,
    "decision": slips.decision,
    "excerpt": slips.excerpt,
    "task": slips.task,
    "reminder": slips.reminder,
    "feedback": slips.feedback,
    "adjustment": slips.adjustment,
    "bulletin": slips.bulletin,
    "report": slips.report,
}
"""What of each paper is not said by every paper alike."""

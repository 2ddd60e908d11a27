"""A template to begin with: how we set a paper ourselves, with its fields in it.

It is set with words as long as those that will stand there (the mark, who signs, the foot), since
their size and place depend on them; then the fields take their place.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Final

from yishi.documents import word
from yishi.documents.model import Document, Foot
from yishi.documents.own import starters_meeting as meeting
from yishi.documents.own import starters_slips as slips
from yishi.documents.own.packed import without_clock
from yishi.documents.own.starting import Look, field, say
from yishi.documents.xml import w

STARTERS: Final[Mapping[str, Callable[[Look], Document]]] = {
    "minutes": meeting.minutes,
    "minutes-general": meeting.general,
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


def starter(paper: str, look: Look | None = None) -> bytes:
    """The template of a paper, for Word."""
    import docx

    document = STARTERS[paper](look or Look())
    made, out = docx.Document(BytesIO(word.write(document))), BytesIO()
    _with_fields(made.element.body, document.foot)
    made.save(out)
    return without_clock(out.getvalue())


def _with_fields(body: Any, foot: Foot | None) -> None:
    """Fields in the place of the words that stood in for them."""
    signed = iter((field("落款"), field("成文日期")))
    for paragraph in body.iter(w("p")):
        if paragraph.find(w("r")) is None:
            continue
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        match style.get(w("val")) if style is not None else "":
            case "发文机关标志":
                _says(paragraph, field("标志"))
            case "署名":
                _says(paragraph, next(signed))
            case "版记" if foot is not None:
                _at_foot(paragraph, foot)


def _at_foot(paragraph: Any, foot: Foot) -> None:
    """The lines at the foot of what is out; of a draft there is nothing in them."""
    held = "".join(node.text or "" for node in paragraph.iterchildren(w("r")) if node.text)
    if foot.copies and held == f"{foot.label}：{foot.copies}":
        _says(paragraph, _out(f"{foot.label}：{field(foot.label)}"))
    elif held.startswith(foot.by):
        on = say("paper.starter.issued", on=field("印发日期"))
        _says(paragraph, _out(f"{field('编发机关')}\t{on}"))


def _out(said: str) -> str:
    return f"{{% if 印发日期 %}}{said}{{% endif %}}"


def _says(paragraph: Any, said: str) -> None:
    first, *others = paragraph.iterchildren(w("r"))
    first.text = said
    for other in others:
        paragraph.remove(other)

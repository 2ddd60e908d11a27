"""The templates to begin with carry all that our own papers say, part by part."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import islice
from typing import Any

import docx
import pytest
from django.http import Http404

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.demonstration import demonstrate
from tests.web.pressing import press
from yishi.accounts.models import Account
from yishi.clerk.door import do
from yishi.documents import word
from yishi.documents.own.fields import FIELDS
from yishi.documents.own.filling import Asked, answer
from yishi.documents.own.starter import starter
from yishi.documents.profile import Profile
from yishi.documents.xml import w
from yishi.procedure.charters import GENERAL
from yishi.procedure.drafting import WordMinutes, WordPoint
from yishi.procedure.minutes import SetTask
from yishi.procedure.verdict import Accepted
from yishi.profiles.models import Held
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.pen import Pen
from yishi.web.documents.values import values
from yishi.web.office import Office
from yishi.web.profiles.newest import MINUTES, WHERE
from yishi.web.profiles.templates import body_of, look_of

pytestmark = pytest.mark.django_db

Part = tuple[str, ...]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def parts(raw: bytes) -> list[Part]:
    """What a Word file says: heads, then each paragraph and each row of a table, in order."""
    file = docx.Document(BytesIO(raw))
    section = file.sections[0]
    heads = [p.text for p in (*section.header.paragraphs, *section.even_page_header.paragraphs)]
    found = [("head", said) for said in heads if said]
    return [*found, *(part for part in _parts(file.element.body) if any(part[1:]))]


def _parts(body: Any) -> Iterator[Part]:
    for block in body:
        if block.tag == w("p"):
            yield from (("paragraph", said) for said in _lines(block))
            for box in block.iter(w("txbxContent")):
                yield from (("foot", *part[1:]) for part in _parts(box))
        elif block.tag == w("tbl"):
            yield ("grid", *(column.get(w("w")) for column in block.iter(w("gridCol"))))
            for row in block.iter(w("tr")):
                yield ("row", *("\n".join(_cell(cell)) for cell in row.iter(w("tc"))))


def _cell(cell: Any) -> list[str]:
    return [said for p in cell.iter(w("p")) for said in _lines(p)]


def _lines(paragraph: Any) -> list[str]:
    said = ""
    for run in paragraph.iterchildren(w("r")):
        for node in run:
            kinds = {w("t"): node.text or "", w("br"): "\n", w("tab"): "\t"}
            said += kinds.get(node.tag, "")
    return [line for line in said.split("\n") if line.strip()]


def both(pen: Pen, paper: str, subject: str, about: str) -> tuple[list[Part], list[Part]]:
    """Our own paper, and the one by the template to begin with."""
    document = MAKERS[paper](pen, subject, about)
    body = body_of(pen.office.state, paper, subject)
    given = values(pen, paper, subject, about, document)
    made = answer(Asked(paper, starter(paper, look_of(pen.office, body)), given))
    assert made.faults == []
    return parts(word.write(document)), parts(made.made)


def every(pen: Pen, paper: str, most: int) -> Iterator[tuple[str, str]]:
    """What a paper may be about."""
    bodies = [one for one in pen.office.state.bodies if one != GENERAL]
    tried = 0
    for subject, about in islice(WHERE[paper](pen.office, bodies), 60):
        try:
            MAKERS[paper](pen, subject, about)
        except Http404:
            continue
        yield subject, about
        tried += 1
        if tried == most:
            return


def the_same(person: str, papers: tuple[str, ...], most: int = 5, **profile: Any) -> set[str]:
    """The papers of which there was one; each is the same by the template."""
    office = Office(Account.objects.get(person=person), "zh")
    held = Held(GENERAL, 1, LONG_AGO, person, Profile(**profile))
    pen = Pen(office, held if profile else None)
    found = set()
    for paper in papers:
        for subject, about in every(pen, paper, most):
            ours, theirs = both(pen, paper, subject, about)
            assert theirs == ours, (paper, subject, about)
            found.add(paper)
    return found


def test_all_papers_of_a_demonstration_are_the_same_by_the_templates_to_begin_with() -> None:
    demonstrate(2)

    found = the_same("chen", tuple(FIELDS))
    # Not in every two months: both are read from the full month too.
    assert set(FIELDS) - found <= {"adjustment", "correction"}
    the_same("li", ("notice", "agenda", "item", "task", "feedback", "decision"), 3)


def test_minutes_with_all_their_words_and_by_any_profile_and_their_correction() -> None:
    play_into(MONTH, "recorded")
    for act in (
        SetTask(task="t-budget", due_on=date(2026, 12, 20)),
        WordMinutes(
            sitting="oct",
            opening="会前学习了文件。\n  大家作了讨论。",
            closing="会议要求：\n抓紧办理。",
        ),
        WordPoint(sitting="oct", item="budget", words="说明一。\n\n说明二。"),
    ):
        assert isinstance(do(PLACE, "xiao", act).verdict, Accepted)
    xiao = client_of("xiao")
    # A draft, by the office; then what is out.
    assert the_same("xiao", MINUTES, 1) == set(MINUTES)
    press(xiao, xiao.get("/sittings/oct/minutes"), "issue_minutes")
    form = xiao.get("/do/correct_minutes?sitting=oct")
    press(xiao, form, "correct_minutes", words="应为一百万元。\n其余不变。", reason="打字有误。")

    client_of("liu")
    papers = (*MINUTES, "correction")
    assert the_same("liu", papers, 1) == set(papers)
    look = {"distribution": "各科室，各窗口。", "copies": "市委办公室。", "sign_off": True}
    assert the_same("liu", papers, 1, **look) == set(papers)
    other = {"attendance": "before", "head_line": False, "seal": False, "typefaces": "gbk"}
    assert the_same("liu", papers, 1, organ="某某市政务服务中心", **other) == set(papers)


@pytest.mark.parametrize("until", ["budget-presented", "granted", ""])
def test_papers_of_the_month_as_it_goes_on(until: str) -> None:
    play_into(MONTH, until)
    client_of("xiao")
    papers = ("record", "notice", "record-sheet", "adjustment", "feedback", "task", "report")
    assert the_same("xiao", papers, 3) >= {"record", "notice"}


def test_papers_of_the_week_are_the_same_too() -> None:
    play_into(WEEK, "")
    client_of("chen")
    assert the_same("chen", ("record", "report", "decision", "bulletin", "leave", "notice"), 3)

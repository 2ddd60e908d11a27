"""Of the demonstration's year, what is not a paper by itself: drafts, templates, packs.

And what must not be read: names that are masked, and what was left out of published minutes.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents.reading import text, words
from tests.documents.test_year import (
    READINGS,
    Reader,
    bare,
    known_of,
    lapses,
    moment,
    stands,
    warned,
    written,
)
from tests.papers import made
from tests.playing import PLACE, client_of
from tests.web.demonstration import demonstrate
from tests.web.test_packs import bare as bare_pages
from tests.web.test_packs import outline, pack_of
from tests.web.test_templates import hand_in
from yishi.procedure.state import Item, Sitting
from yishi.register.models import DecisionRow, TaskRow
from yishi.web.items.life import UNSENT

pytestmark = pytest.mark.django_db

__all__ = ["warned", "written"]

DRAFT = "待印发的稿子，内容以印发的为准"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.RESULTS = tmp_path / "papers", tmp_path / "results"
    settings.OFFICE = ""


# ── what must not be read ─────────────────────────────────────────────────────────────────────


def test_what_is_left_out_or_masked_stands_in_no_published_minutes() -> None:
    reader = Reader(demonstrate(12))

    found, looked = [], 0
    for row, version in reader.versions:
        said = reader.says(row.chair, "minutes-public", row.subject, str(version.number))
        hidden = version.proposal.hidden
        decided = DecisionRow.objects.filter(institution=PLACE, item__in=hidden.left_out)
        closed = [name for _, name in hidden.every_mask]
        closed += [part for one in decided for part in (one.title, one.words) if len(part) > 8]
        found += [(row.subject, one) for one in closed if bare(one) in said]
        looked += len(closed)

    assert found == []
    assert looked > 20


# ── drafts ────────────────────────────────────────────────────────────────────────────────────


def drafts(reader: Reader) -> Iterator[Sitting]:
    """The meetings whose minutes are not out."""
    for row in reader.held:
        sitting = reader.state.sittings[row.subject]
        if sitting.minutes is None:
            yield sitting


@pytest.mark.parametrize("name", ["minutes", "minutes-general"])
def test_a_draft_says_that_it_is_one_and_what_the_register_says(
    name: str, warned: list[str], written: set[str]
) -> None:
    reader, read = Reader(demonstrate()), 0

    for sitting in drafts(reader):
        answer = reader.fetched("tan", name, sitting.id, "pdf")
        said, decided = text(answer.content), DecisionRow.objects.filter(sitting=sitting.id)
        known = [DRAFT, moment(sitting.opened_at), reader.person(sitting.chair)]
        known += [part for one in decided for part in (one.title, one.words)]
        known += [reader.person(p) for p in sitting.people if sitting.is_present(p)]
        for task in TaskRow.objects.filter(institution=PLACE, sitting=sitting.id):
            known += known_of(reader, task)
        assert [one for one in known if not stands(one, said)] == []
        assert "（稿）" in unquote(answer["Content-Disposition"])
        read += 1

    assert read
    assert warned == []
    assert lapses(written) == []


# ── an office's own template ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["minutes", "decision"])
def test_a_paper_by_the_offices_own_template_says_what_the_register_says(name: str) -> None:
    reader = Reader(demonstrate(2))
    xiao = client_of("xiao")
    begun = xiao.get(f"/profiles/general/templates/{name}").content
    assert hand_in(xiao, begun, paper=name).status_code == 200

    papers = list(islice(READINGS[name](reader), 4))
    for person, about, known in papers:
        said = words(reader.fetched(person, name, *about, "own").content)
        assert [one for one in known if bare(one) not in said] == [], about

    assert len(papers) == 4


# ── the meeting pack ──────────────────────────────────────────────────────────────────────────


def test_a_pack_is_what_the_register_says_of_its_meeting_page_by_page() -> None:
    """Contents, bookmarks and page numbers lead to what is there; each part says what is known."""
    reader = Reader(demonstrate())
    sitting = next(s for s in reader.state.sittings.values() if s.id == "now-noticed")
    for title, name, raw in (("值班表", "a.pdf", made.SOUND), ("说明", "b.txt", b"Note.")):
        form = {"subject.item": "now-duty", "title": title, "reason": "补充。"}
        form["file"] = SimpleUploadedFile(name, raw)
        assert client_of("wang").post("/do/supply_paper", form).status_code == 302

    packed, job = pack_of(client_of("chen"), f"/sittings/{sitting.id}/pack", forms="yes")

    pages, marks = bare_pages(packed), outline(packed)
    assert job.remarks == []
    assert [(depth, title) for depth, title, _ in marks] == expected(reader, sitting)
    for n, said in enumerate(pages[1:], 2):
        assert f"第{n}页共{len(pages)}页" in said
    contents = "".join(pages[1 : marks[0][2]])
    for _, title, page in marks:
        assert re.search(rf"{re.escape(bare(title))}\.*{page + 1}(?!\d)", contents), title
        assert bare(title) in pages[page], title
    ends = [*(page for _, _, page in marks[1:]), len(pages)]
    parts: dict[str, str] = {}
    for (_, title, page), end in zip(marks, ends, strict=True):
        parts.setdefault(title, "".join(pages[page : max(end, page + 1)]))
    for title, known in inside(reader, sitting):
        assert [one for one in known if bare(one) not in parts[title]] == [], title
    cover = [moment(sitting.starts_at), sitting.venue or "", reader.person("chen")]
    assert [one for one in cover if bare(one) not in pages[0]] == []


def expected(reader: Reader, sitting: Sitting) -> list[tuple[int, str]]:
    """The bookmarks: the papers before the meeting, its items with theirs, the forms to fill in."""
    found = [(0, "会议通知"), (0, "会议议程")]
    for n, item in enumerate(sitting.agenda, 1):
        held = reader.state.items[item]
        found += [(0, f"议题{n}　{held.title}"), (1, form_of(held))]
        found += [(1, title) for title in ("值班表", "说明") if item == "now-duty"]
    return [*found, (0, "签到表"), (0, "会议记录用纸")]


def form_of(item: Item) -> str:
    """The form of an item: nobody has handed in what comes from elsewhere."""
    return "议题登记表" if item.origin in UNSENT else "议题申报表"


def inside(reader: Reader, sitting: Sitting) -> Iterator[tuple[str, list[str]]]:
    """What the register knows that each part has to say."""
    people = [reader.person(p) for p in sitting.people]
    titles = [reader.state.items[item].title for item in sitting.agenda]
    duty = reader.state.items["now-duty"]
    yield "会议通知", [moment(sitting.starts_at), sitting.venue or "", *titles, *people]
    yield "会议议程", [reader.person(sitting.chair), *titles, reader.unit(duty.lead_unit)]
    yield "议题申报表", [duty.title, duty.content, duty.proposal, reader.person("wang")]
    yield "值班表", ["Estimate"]
    yield "说明", ["Note."]
    yield "签到表", people
    yield "会议记录用纸", [*titles, *people]

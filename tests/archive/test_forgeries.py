"""A package is forged, and all its lists written anew: what is seen at once, and what only then.

Whoever forges it has the package alone. What the check of the package sees by itself, it says;
what it cannot see, whoever has the digest of the package or the whole journal sees.
"""

import hashlib
import io
import json
import xml.etree.ElementTree as Xml
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from tests.playing import MONTH, PLACE, client_of
from tests.web.pressing import press
from tests.web.test_archive import PDF, files, keep_with_files, publish, whole_journal
from yishi.archive import check, container
from yishi.archive.bag import bagged
from yishi.archive.bag import held as opener
from yishi.archive.check_files import ISSUED
from yishi.archive.check_journal import EXTRACT, canonical, root_of
from yishi.archive.check_known import Entry, Known
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.jobs.working import work_all
from yishi.journal.merkle import Tree
from yishi.papers import shelf
from yishi.procedure.kinds import EVENTS
from yishi.procedure.minutes import SetTask
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db

METADATA, MINUTES = "data/元数据.XML", "1号（已更正，见〔2026〕2号）.pdf"
Said = Callable[[Xml.Element], object]


class Case(NamedTuple):
    """A package that was archived, what is in it, and the journal of the house."""

    raw: bytes
    held: dict[str, bytes]
    journal: list[Entry]

    def one(self, part: str) -> str:
        """The first file whose name has this in it."""
        return next(name for name in sorted(self.held) if part in name)

    def lines(self) -> list[dict[str, Any]]:
        """The extract of the journal, line by line."""
        return [json.loads(line) for line in self.held[EXTRACT].splitlines()]


_MADE: list[Case] = []


@pytest.fixture
def case(settings, tmp_path: Path) -> Case:
    """Minutes with files that were corrected, papers with a file each; made once."""
    settings.MEDIA_ROOT, settings.ARCHIVE = tmp_path / "papers", tmp_path / "archive"
    if not _MADE:
        keep_with_files(MONTH, own_file, "recorded")
        xiao = client_of("xiao")
        due = SetTask(task="t-budget", due_on=date(2026, 12, 20))
        assert isinstance(do(PLACE, "xiao", due).verdict, Accepted)
        press(xiao, xiao.get("/sittings/oct/minutes"), "issue_minutes")
        form = xiao.get("/do/correct_minutes?sitting=oct")
        press(xiao, form, "correct_minutes", words="第二项应为二百万元。", reason="打字有误。")
        publish()
        xiao.post("/do/archive_sitting", {"subject.sitting": "oct", "key": "k1"})
        work_all("me")
        ((_, digest),) = MEMORY.at(PLACE).state.sittings["oct"].archived
        with shelf.take(PLACE, digest) as file:
            raw = file.read()
        _MADE.append(Case(raw, files(raw), whole_journal()))
    return _MADE[0]


def own_file(paper: str) -> bytes:
    """A PDF that is another for each paper."""
    return PDF.replace(b"\n", b"\n% " + paper.encode() + b"\n", 1)


def forged(case: Case, changed: dict[str, bytes | None], says: Said = lambda root: None) -> bytes:
    """The package with these files, without those that are None; every list is made to fit."""
    held = {name: raw for name, raw in {**case.held, **changed}.items() if raw is not None}
    root = Xml.fromstring(held[METADATA])
    for node in root.findall("文件"):
        raw = held.get(node.findtext("计算机文件名", ""))
        if raw is None:
            root.remove(node)
        else:
            put(node, "文件大小", str(len(raw)))
            put(node, "数字摘要", hashlib.sha256(raw).hexdigest())
    says(root)
    held[METADATA] = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    payload = {name: opener(raw) for name, raw in held.items() if name.startswith("data/")}
    info = (("External-Identifier", f"{PLACE}/oct"),)
    made = bagged(payload, info, case.held["README.txt"])
    out = io.BytesIO()
    container.write(out, f"{PLACE}-oct", made.items())
    return out.getvalue()


def put(node: Xml.Element, tag: str, words: str) -> None:
    """Other words in an element."""
    found = node.find(tag)
    assert found is not None
    found.text = words


def node_of(root: Xml.Element, name: str) -> Xml.Element:
    """What is said of a file."""
    return next(n for n in root.iter("文件") if n.findtext("计算机文件名") == name)


def found(raw: bytes, known: Known = check.NOTHING, status: str = "fail") -> set[str]:
    """The sentences with a status."""
    every = check.run(container.read(io.BytesIO(raw)), known)
    return {one.said.removeprefix("archived.") for one in every if one.status == status}


def everywhere(case: Case, raw: bytes) -> tuple[set[str], set[str]]:
    """What fails by the digest of the package, and by the whole journal."""
    digest = hashlib.sha256(case.raw).hexdigest()
    return found(raw, Known(digest=digest)), found(raw, Known(journal=case.journal))


def test_the_package_as_it_is_passes_by_itself_by_its_digest_and_by_the_journal(case) -> None:
    assert found(case.raw) == set()
    assert everywhere(case, case.raw) == (set(), set())
    assert found(forged(case, {})) == set(), "the forger's hand alone is not what is seen"
    told = found(case.raw, Known(journal=case.journal), "pass")
    assert told >= {"archived_as", "same_root", "none_left_out", "files_named"}
    assert found(case.raw, status="human") >= {"digest", "root_unknown"}


# ── seen by the package alone ─────────────────────────────────────────────────────────────────

OTHER = PDF.replace(b"<<>>", b"<</Other 1>> % pdfaid:part", 1)


def test_other_minutes_in_the_place_of_those_that_went_out(case) -> None:
    name = case.one(MINUTES)

    assert found(forged(case, {name: OTHER})) == {"file_gone", "file_unnamed"}
    old = hashlib.sha256(case.held[name]).hexdigest()
    lazy = forged(case, {name: OTHER}, lambda root: put(node_of(root, name), "数字摘要", old))
    assert "digest_differs" in found(lazy)


def test_other_minutes_that_say_the_original_was_erased(case) -> None:
    name = case.one(MINUTES)
    old = hashlib.sha256(case.held[name]).hexdigest()

    def says(root: Xml.Element) -> None:
        put(node_of(root, name), "稿本", "重新生成件（非印发原件）")
        Xml.SubElement(root, "未列入", {"摘要": old}).text = "印发的原件已经没有"

    assert "file_gone" in found(forged(case, {name: OTHER}, says))


@pytest.mark.parametrize(
    "part", ["2号）.docx", "纪要更正", "（公开版）.pdf", "议事规则/", "data/材料/"]
)
def test_a_file_that_the_journal_names_taken_out_with_all_that_is_said_of_it(case, part) -> None:
    assert "file_gone" in found(forged(case, {case.one(part): None}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("data/材料/02_09_后来放的.pdf", "会议材料"),
        ("data/公文/099_会议纪要.pdf", "会议纪要"),
        ("data/议事规则/other.md", "议事规则"),
    ],
)
def test_a_file_put_in_and_described(case, name, kind) -> None:
    said = {"计算机文件名": name, "题名": "后来放的", "文种": kind, "文件大小": str(len(OTHER))}
    said |= {"格式信息": name[-3:].strip("."), "数字摘要": hashlib.sha256(OTHER).hexdigest()}

    def says(root: Xml.Element) -> None:
        node = Xml.SubElement(root, "文件")
        for tag, words in said.items():
            Xml.SubElement(node, tag).text = words

    assert found(forged(case, {name: OTHER}, says)) == {"file_unnamed"}


def test_the_rules_in_another_version(case) -> None:
    name = case.one("议事规则/chuwuhui")
    other = case.held[name].replace(b"2017-03-21", b"2017-03-22", 1)
    assert other != case.held[name]

    assert found(forged(case, {name: other})) == {"file_gone", "file_unnamed"}


def papers(case: Case) -> tuple[str, str]:
    """The papers of two items."""
    first, second, *_ = (name for name in sorted(case.held) if name.startswith("data/材料/"))
    assert first[8:10] != second[8:10]
    return first, second


def test_the_papers_of_two_items_exchanged(case) -> None:
    first, second = papers(case)
    swapped = {first: case.held[second], second: case.held[first]}

    def titles(root: Xml.Element) -> None:
        one, other = node_of(root, first), node_of(root, second)
        words = one.findtext("题名", ""), other.findtext("题名", "")
        put(one, "题名", words[1])
        put(other, "题名", words[0])

    def places(root: Xml.Element) -> None:
        titles(root)
        numbers = {str(int(name[8:10])) for name in (first, second)}
        one, other = (n for n in root.iter("议题") if n.findtext("议题号") in numbers)
        ids = one.findtext("编号", ""), other.findtext("编号", "")
        put(one, "编号", ids[1])
        put(other, "编号", ids[0])

    assert found(forged(case, swapped)) == {"file_misplaced", "title_differs"}
    assert found(forged(case, swapped, titles)) == {"file_misplaced"}
    assert found(forged(case, swapped, places)) == {"title_differs"}


@pytest.mark.parametrize("tag", ["议题", "文件"])
def test_another_title_of_an_item_or_of_a_paper(case, tag) -> None:
    def says(root: Xml.Element) -> None:
        node = node_of(root, papers(case)[0]) if tag == "文件" else next(root.iter("议题"))
        put(node, "题名", "别的事")

    assert found(forged(case, {}, says)) == {"title_differs"}


def without(case: Case, kind: str, more: dict[str, bytes | None]) -> bytes:
    """The package without an entry of the journal, and with no step of it in the description."""
    lines = case.lines()
    gone = next(one for one in lines[1:] if one["entry"]["type"] == kind)
    kept = b"".join(canonical(one) for one in lines if one is not gone)

    def says(root: Xml.Element) -> None:
        course = root.find("业务实体")
        assert course is not None
        for node in list(course):
            if node.findtext("日志序号") == str(gone["entry"]["seq"]):
                course.remove(node)

    return forged(case, {EXTRACT: kept, **more}, says)


def test_the_entry_that_names_the_minutes_taken_out(case) -> None:
    assert found(without(case, "minutes_issued", {})) >= {"not_issued", "file_unnamed"}


def test_another_digest_written_into_the_journal(case) -> None:
    name = case.one(MINUTES)
    old, new = (hashlib.sha256(raw).hexdigest() for raw in (case.held[name], OTHER))
    lines = case.lines()
    for one in lines[1:]:
        entry = json.loads(json.dumps(one["entry"]).replace(old, new))
        raw = b"yishi-journal-v1\n" + canonical(entry)[:-1]
        one.update(entry=entry, hash=hashlib.sha256(raw).hexdigest())
    extract = b"".join(canonical(one) for one in lines)

    assert "extract_bad" in found(forged(case, {name: OTHER, EXTRACT: extract}))


def test_words_that_somebody_said_held_back(case) -> None:
    lines = case.lines()
    stated = (one["entry"] for one in lines[1:] if one["entry"]["type"] == "position_stated")
    held_back = next(stated)["payload"]["sealed"]["words"]
    for one in lines[1:]:
        one["texts"].pop(held_back, None)

    raw = forged(case, {EXTRACT: b"".join(canonical(one) for one in lines)})

    assert found(raw) == {"text_closed"}


def test_a_paper_that_is_said_to_be_left_out_is_for_a_person_to_look_at(case) -> None:
    name, _ = papers(case)
    old = hashlib.sha256(case.held[name]).hexdigest()

    def says(root: Xml.Element) -> None:
        Xml.SubElement(root, "未列入", {"摘要": old}).text = "只有纸质的"

    raw = forged(case, {name: None}, says)
    assert found(raw) == set()
    assert "paper_left_out" in found(raw, status="human")
    assert everywhere(case, raw) == ({"other_digest"}, {"archived_other"})


@pytest.mark.parametrize("files", [None, 5, [None], [{}], [{"digest": [1]}]])
def test_an_entry_of_another_shape_is_a_sentence_and_no_failure(case, files) -> None:
    lines = case.lines()
    one = next(one for one in lines[1:] if one["entry"]["type"] == "minutes_issued")
    one["entry"]["payload"]["files"] = files
    raw = b"".join(canonical(one) for one in lines)

    assert found(forged(case, {EXTRACT: raw})) >= {"extract_bad", "file_unnamed"}


# ── seen only by whoever knows something from elsewhere ───────────────────────────────────────


def shortened(case: Case) -> bytes:
    """The package as if its journal had ended before the correction and what was published of it;
    its root is a true one.
    """
    lines = case.lines()
    cut = next(
        n for n, one in enumerate(lines) if n and one["entry"]["type"] == "minutes_corrected"
    )
    kept = [one for one in lines[1:cut] if one["entry"]["type"] != "correct_minutes"]
    last = kept[-1]["entry"]["seq"]
    tree = Tree(one.hash for one in case.journal[:last])
    head = {**lines[0], "size": last, "hash": kept[-1]["hash"], "root": tree.root}
    for one in kept:
        one["path"] = tree.path(one["entry"]["seq"])
    people = {one["entry"]["seq"] for one in kept}

    def says(root: Xml.Element) -> None:
        course = root.find("业务实体")
        assert course is not None
        for node in list(course):
            if int(node.findtext("日志序号", "")) not in people:
                course.remove(node)

    later = ("纪要更正", "（公开版）")
    gone = {name: None for name in case.held if any(part in name for part in later)}
    extract = b"".join(canonical(one) for one in (head, *kept))
    return forged(case, {EXTRACT: extract, **gone}, says)


def test_a_correction_cut_off_with_the_tail_of_the_journal(case) -> None:
    raw = shortened(case)

    assert found(raw) == set()
    assert everywhere(case, raw) == ({"other_digest"}, {"archived_other"})
    unknown = [one for one in case.journal if one.type != "sitting_archived"]
    assert "later" in found(raw, Known(journal=unknown), "human")
    whole = root_of([one.hash for one in case.journal])
    assert "other_root" in found(raw, Known(root=whole))


def test_a_paper_and_its_entry_taken_out_of_the_middle(case) -> None:
    name, _ = papers(case)
    raw = without(case, "paper_supplied", {name: None})

    assert found(raw) == set()
    by_digest, by_journal = everywhere(case, raw)
    assert by_digest == {"other_digest"}
    assert by_journal == {"archived_other", "left_out"}
    unknown = [one for one in case.journal if one.type != "sitting_archived"]
    assert found(raw, Known(journal=unknown)) == {"left_out"}


def _shorter(root: Xml.Element) -> None:
    put(next(root.iter("文件")), "保管期限", "10年")


def _renamed(root: Xml.Element) -> None:
    put(root.findall("机构人员实体/机构人员")[0], "名称", "别人")


def _titled(root: Xml.Element) -> None:
    content = root.find("内容描述")
    assert content is not None
    put(content, "题名", "别的会议")


@pytest.mark.parametrize("says", [_shorter, _renamed, _titled])
def test_what_the_description_alone_says_told_otherwise(case, says) -> None:
    raw = forged(case, {}, says)

    assert found(raw) == set()
    assert everywhere(case, raw) == ({"other_digest"}, {"archived_other"})


def test_a_paper_of_which_the_journal_names_no_digest_exchanged(case) -> None:
    raw = forged(case, {case.one("会议记录.pdf"): OTHER})

    assert found(raw) == set()
    assert everywhere(case, raw) == ({"other_digest"}, {"archived_other"})


def test_a_program_that_passes_everything_in_the_place_of_the_check(case, monkeypatch) -> None:
    monkeypatch.setattr("yishi.archive.bag.program", lambda: b"print('ok')\n")
    raw = forged(case, {})

    assert found(raw) == set()
    assert everywhere(case, raw) == ({"other_digest"}, {"archived_other"})


def test_every_event_that_names_the_digest_of_a_file_is_looked_at() -> None:
    naming = {
        name for name, event in EVENTS.items() if "[0-9a-f]{64}" in str(msgspec.json.schema(event))
    }

    looked_at = {*ISSUED, "paper_supplied"}
    assert naming == looked_at | {"sitting_archived"}, "the last is the package's own"

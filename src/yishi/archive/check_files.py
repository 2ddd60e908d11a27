"""Are the files those whose digests the journal names, each where it belongs, and none else?

A part of `check.py`; like it, it stands alone. The journal names the digests of what went out as
minutes, as corrections and as what was published of them, of each paper that was supplied, and of
the rules of the meeting.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from typing import Any, NamedTuple

from yishi.archive.check_journal import AUDIT, Extract, Told
from yishi.archive.check_result import Fault, Result, all_well, human

RULES, PAPERS, MADE = "data/议事规则/", "data/材料/", "data/公文/"
MINUTES = "会议纪要"
ISSUED = ("minutes_issued", "minutes_corrected", "minutes_published")
OWN = "own"
"""The form of what went out by a Word template of the office's own: no other is made of it."""


class Named(NamedTuple):
    """A file of which an entry of the journal names the digest."""

    seq: int
    digest: str
    kind: str
    """minutes · paper · rules"""
    within: str
    """Of a paper: the stream of its item; of minutes: their form."""


class Package(NamedTuple):
    """What is compared: the journal's extract, the digest of every file, what is said of them."""

    extract: Extract
    sums: dict[str, str]
    about: Xml.Element

    @property
    def kinds(self) -> dict[str, str]:
        """Every file that is described, with the kind of record that it is said to be."""
        nodes = self.about.iter("文件")
        return {node.findtext("计算机文件名", ""): node.findtext("文种", "") for node in nodes}

    @property
    def places(self) -> dict[str, str]:
        """The stream of each item by its number on the agenda."""
        nodes = [node for node in self.about.iter("议题") if node.findtext("编号")]
        return {node.findtext("议题号", ""): f"item/{node.findtext('编号')}" for node in nodes}


def files_named(held: Package) -> Iterator[Result]:
    """Both ways: what is named is there, and what ought to be named is."""
    faults: list[Fault] = []
    every: list[Named] = []
    forms: list[str] = []
    for seq, one in held.extract.seen.items():
        try:
            mine = [] if one.stream == AUDIT else [*_named(seq, one)]
        except (LookupError, TypeError):
            faults.append(("entry_odd", {"seq": seq}))
            continue
        every += mine
        if one.type in ISSUED and not mine:
            forms.append("pdf")
            yield human("authentic", "ZS-8", "no_originals", seq=seq)
    for named in every:
        how = "" if named.digest in held.sums.values() else _excuse(held, named)
        if how == "file_gone":
            faults.append((how, {"seq": named.seq, "digest": named.digest}))
        elif how:
            remade = named.kind == "minutes" and named.within != OWN
            forms += [named.within] if remade else []
            yield human("complete", "WZ-5", how, seq=named.seq, digest=named.digest)
    faults += [*_unnamed(held, every, forms), *_retitled(held, every)]
    if not any(one.type == ISSUED[0] for one in held.extract.seen.values()):
        faults.append(("not_issued", {}))
    yield from all_well("authentic", "ZS-8", "files_named", faults, n=len(every))


def _named(seq: int, one: Told) -> Iterator[Named]:
    if one.type in ISSUED:
        for file in one.payload["files"]:
            yield Named(seq, str(file["digest"]), "minutes", str(file["form"]))
    elif one.type == "paper_supplied" and one.payload.get("digest"):
        yield Named(seq, str(one.payload["digest"]), "paper", one.stream)
    elif one.type == "sitting_convened":
        for digest in one.payload["charters"]:
            yield Named(seq, str(digest), "rules", "")


def _excuse(held: Package, one: Named) -> str:
    """Why a file is not there: `file_gone` where nothing excuses it, empty where the journal does.

    What only the description says is for a person to look at.
    """
    extract = held.extract
    if one.kind == "paper" and extract.ref(one.seq, "title") in extract.owed:
        return ""
    declared = {node.get("摘要") for node in held.about.iter("未列入")}
    if one.digest not in declared or one.kind == "rules":
        return "file_gone"
    if one.kind == "minutes":
        emptied = "own_emptied" if one.within == OWN else "original_emptied"
        return emptied if extract.gone else "file_gone"
    return "paper_left_out"


def _unnamed(held: Package, every: list[Named], forms: list[str]) -> Iterator[Fault]:
    """Files whose digest the journal ought to name and does not, or names of another item.

    `forms` are those of minutes that were made without an original, one each.
    """
    known: dict[str, set[tuple[str, str]]] = {}
    for one in every:
        within = "docx" if one.within == OWN else one.within
        known.setdefault(one.digest, set()).add((one.kind, within))
    kinds = held.kinds
    for name, digest in held.sums.items():
        mine = known.get(digest, set())
        form = name.rpartition(".")[2]
        if name.startswith(PAPERS):
            yield from _paper(held, name, {where for kind, where in mine if kind == "paper"})
        elif name.startswith(RULES) and ("rules", "") not in mine:
            yield "file_unnamed", {"file": name}
        elif name.startswith(MADE) and kinds.get(name) == MINUTES and ("minutes", form) not in mine:
            if form not in forms:
                yield "file_unnamed", {"file": name}
            else:
                forms.remove(form)
    if forms:
        yield "minutes_gone", {"n": len(forms)}


def _paper(held: Package, name: str, streams: set[str]) -> Iterator[Fault]:
    if not streams:
        yield "file_unnamed", {"file": name}
        return
    number = re.match(r"0*(\d+)_", name[len(PAPERS) :])
    place = held.places.get(number[1]) if number else None
    if held.places and place not in streams:
        yield "file_misplaced", {"file": name}


def _retitled(held: Package, every: list[Named]) -> Iterator[Fault]:
    """Titles of items and of papers that are not those that the journal tells."""
    extract = held.extract
    items: dict[str, set[Any]] = {}
    papers: dict[str, set[Any]] = {}
    for seq, one in extract.seen.items():
        titled = one.stream.startswith("item/") and extract.ref(seq, "title")
        if titled and one.type != "paper_supplied":
            items.setdefault(one.stream, set()).add(extract.text(seq, "title"))
    for named in every:
        if named.kind == "paper":
            papers.setdefault(named.digest, set()).add(extract.text(named.seq, "title"))
    for node in held.about.iter("议题"):
        said = node.findtext("题名", "")
        if said and not _says(said, items.get(f"item/{node.findtext('编号', '')}", set())):
            yield "title_differs", {"name": said}
    for node in held.about.iter("文件"):
        name, said = node.findtext("计算机文件名", ""), node.findtext("题名", "")
        known = papers.get(held.sums.get(name, ""))
        if name.startswith(PAPERS) and known and not _says(said, known):
            yield "title_differs", {"name": said}


def _says(said: str, titles: set[Any]) -> bool:
    """Whether it is one of the titles; None is one that is closed or erased."""
    return None in titles or _bare(said) in {_bare(one) for one in titles}


def _bare(words: str) -> str:
    """Words as XML keeps them: blanks are alike, and what is no character is none."""
    return "".join(
        one
        for one in words
        if not one.isspace() and one != "\ufffd" and ord(one) & 0xFFFE != 0xFFFE
        if not 0xFDD0 <= ord(one) <= 0xFDEF
    )

"""The four checks of an unpacked archive package: 真实性, 完整性, 可用性, 安全性.

It stands alone: Python 3.7 or newer and nothing else, run as `python3 check.py` in the unpacked
folder. A copy of it goes into each package, with its sentences filled in; in twenty years it needs
neither the software that wrote the package nor a network.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
import xml.etree.ElementTree as Xml
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from yishi.archive.check_files import Package, files_named
from yishi.archive.check_journal import EXTRACT, Extract, extract_of
from yishi.archive.check_known import Known, root_known, whole_known
from yishi.archive.check_packed import CHUNK, MOST, TooLarge, base_of, digest, spell
from yishi.archive.check_result import Fault, Result, all_well, human

WORDS: dict[str, dict[str, str]] = {}
"""Sentences by language and id; filled in when the package is made."""


LARGEST = 64 << 20
"""Bytes of one list."""

TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
METADATA = "data/元数据.XML"
FORMATS = (
    *(".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".png", ".jpg", ".jpeg"),
    *(".txt", ".md", ".csv", ".xml", ".json", ".jsonl"),
)
PROGRAMS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"#!", b"\xca\xfe\xba\xbe")
"""How programs begin, and old office files, which may hold some."""

REQUIRED = (
    *("聚合层次", "来源", "电子文件号", "档号", "题名", "责任者", "日期", "文种", "保管期限"),
    *("件数", "语种", "稿本", "文件", "计算机文件名", "文件大小", "格式信息", "文档创建程序"),
    *("数字摘要", "业务行为", "机构人员"),
)
UNSAFE = re.compile(
    r'[\x00-\x1f\x7f<>:"|?*\\%]|^/|//|(^|/)\.{1,2}(/|$)|[. ](/|$)'
    r"|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)",
    re.I,
)
"""Names that lead elsewhere, or that some system cannot hold."""


class Folder:
    """A package as it lies unpacked."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self.odd: list[str] = []
        self.names: list[str] = []
        for top, folders, files in os.walk(self.root):
            for name in files + [f for f in folders if (Path(top) / f).is_symlink()]:
                path = Path(top) / name
                said = path.relative_to(self.root).as_posix()
                plain = stat.S_ISREG(path.lstat().st_mode)
                (self.names if plain else self.odd).append(said)
        self.names.sort()

    def size(self, name: str) -> int:
        """Bytes that a file has."""
        return (self.root / name).stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """A file, to be read."""
        return (self.root / name).open("rb")

    def whole(self) -> str:
        """The SHA-256 that the package has as one file; of one that fits into none, empty."""
        made, named = hashlib.sha256(), re.search(IDENTIFIER, _whole(self, "bag-info.txt"))
        files = [(name, partial(self.open, name)) for name in self.names]
        try:
            spell(made.update, base_of(named[1]) if named else "", files)
        except TooLarge:
            return ""
        return made.hexdigest()


IDENTIFIER = r"(?m)^External-Identifier: (.*)$"
NOTHING = Known()


def run(bag: Any, known: Known = NOTHING) -> list[Result]:
    """Every check on a package: line by line what was found, also by what is known elsewhere."""
    found = [*_names(bag)]
    if len(bag.names) <= MOST:
        sums = {name: _sum(bag, name) for name in bag.names}
        found += [*_fixity(bag, sums), *_amount(bag), *_metadata(bag, sums)]
        found += [*_journal(bag, sums, known), *_formats(bag), *_programs(bag)]
    found += [human(*one) for one in (("usable", "KY-9", "read"), ("safe", "AQ-1", "scanned"))]
    order = ("authentic", "complete", "usable", "safe")
    return sorted(found, key=lambda one: order.index(one.group))


def _sum(bag: Any, name: str) -> str:
    with bag.open(name) as file:
        return digest(file)


def _whole(bag: Any, name: str) -> str:
    """A list or a small file as text; ValueError where it is not there, too large or no text."""
    if name not in bag.names or bag.size(name) > LARGEST:
        raise ValueError(name)
    with bag.open(name) as file:
        return str(file.read().decode("utf-8"))


def _manifest(bag: Any, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _whole(bag, name).splitlines():
        said = re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line)
        if said is None or said[2] in found:
            raise ValueError(name)
        found[said[2]] = said[1]
    return found


# ── 真实性 ──


def _fixity(bag: Any, sums: dict[str, str]) -> Iterator[Result]:
    """Every file is the one that the lists name, and the lists are the ones that were made."""
    for name, tag in (("tagmanifest-sha256.txt", True), ("manifest-sha256.txt", False)):
        try:
            listed = _manifest(bag, name)
        except ValueError:
            yield Result("authentic", "ZS-1", "fail", "archived.no_list", {"file": name})
            continue
        faults = [*_differing(sums, listed)]
        faults += [("not_listed", {"file": tag_}) for tag_ in TAGS if tag and tag_ not in listed]
        there = (n for n in bag.names if n.startswith("data/") != tag and n != name)
        faults += [("extra", {"file": n}) for n in there if n not in listed]
        key = "tags_sound" if tag else "files_sound"
        yield from all_well("authentic", "ZS-1", key, faults, n=len(listed))


def _differing(sums: dict[str, str], listed: dict[str, str]) -> Iterator[Fault]:
    for name, wanted in listed.items():
        if name not in sums:
            yield "missing", {"file": name}
        elif sums[name] != wanted:
            yield "altered", {"file": name}


def _journal(bag: Any, sums: dict[str, str], known: Known) -> Iterator[Result]:
    """The extract of the journal, entry by entry, and what it says of the files."""
    extract = Extract.empty()
    faults: list[Fault] = []
    if EXTRACT in sums:
        extract, faults = extract_of(bag)
    else:
        faults.append(("missing", {"file": EXTRACT}))
    yield from whole_known(_made(bag), known, extract.sitting)
    yield from all_well("authentic", "ZS-8", "extract_sound", faults, n=len(extract.seen))
    if not extract.head:
        return
    if extract.owed:
        yield Result("complete", "WZ-5", "pass", "archived.erased", {"n": len(extract.owed)})
    about = _described(bag)
    yield from files_named(Package(extract, sums, Xml.Element("x") if about is None else about))
    yield from root_known(extract, known)
    if about is not None:
        yield from _process(about, extract)


def _made(bag: Any) -> str:
    try:
        return str(bag.whole())
    except ValueError:
        return ""


# ── 完整性 ──


def _amount(bag: Any) -> Iterator[Result]:
    """As many files and bytes as were counted."""
    try:
        said = re.search(r"(?m)^Payload-Oxum: (\d+)\.(\d+)$", _whole(bag, "bag-info.txt"))
    except ValueError:
        said = None
    sizes = [bag.size(name) for name in bag.names if name.startswith("data/")]
    counted = {"n": len(sizes), "bytes": sum(sizes)}
    fits = said is not None and (int(said[1]), int(said[2])) == (sum(sizes), len(sizes))
    faults = [] if fits else [("miscounted", counted)]
    yield from all_well("complete", "WZ-1", "counted", faults, **counted)


def _metadata(bag: Any, sums: dict[str, str]) -> Iterator[Result]:
    """The description: readable, every element there, and true of the files."""
    root = _described(bag)
    if root is None:
        yield Result("usable", "KY-1", "fail", "archived.metadata_bad", {})
        return
    yield Result("usable", "KY-1", "pass", "archived.metadata_read", {})
    tags = Counter(node.tag for node in root.iter())
    absent = [("element_missing", {"name": name}) for name in REQUIRED if not tags[name]]
    yield from all_well("complete", "WZ-3", "elements", absent, n=len(tags))
    for gap in root.iter("缺项"):
        yield human("complete", "WZ-4", "gap", name=gap.text or "")
    faults = [*_undescribed(bag, sums, root)]
    yield from all_well("authentic", "ZS-9", "files_described", faults, n=tags["文件"])


def _described(bag: Any) -> Xml.Element | None:
    try:
        said = _whole(bag, METADATA)
        return None if "<!" in said else Xml.fromstring(said)
    except (ValueError, Xml.ParseError):
        return None


def _undescribed(bag: Any, sums: dict[str, str], root: Xml.Element) -> Iterator[Fault]:
    told: set[str] = set()
    for node in root.iter("文件"):
        name, size = node.findtext("计算机文件名", ""), node.findtext("文件大小", "")
        told.add(name)
        if name not in bag.names:
            yield "missing", {"file": name}
        elif str(bag.size(name)) != size or name.rpartition(".")[2] != node.findtext("格式信息"):
            yield "misdescribed", {"file": name}
        elif sums[name] != node.findtext("数字摘要"):
            yield "digest_differs", {"file": name}
    own = (METADATA, EXTRACT, "data/说明文件.TXT", "data/目录文件.XML")
    for name in bag.names:
        if name.startswith("data/") and name not in told and name not in own:
            yield "not_described", {"file": name}


def _process(root: Xml.Element, extract: Extract) -> Iterator[Result]:
    """Every act of the course is described as the journal has it, and none is left out."""
    told: dict[str, Any] = {}
    for node in root.iter("业务行为"):
        told[node.findtext("日志序号", "")] = (node.get("行为"), node.findtext("时间", ""))
    held = {str(seq): (one.type, one.at) for seq, one in extract.seen.items()}
    apart = [s for s in {**held, **told} if held.get(s) != told.get(s)]
    faults = [("process_differs", {"seq": seq}) for seq in apart]
    yield from all_well("complete", "WZ-5", "process", faults, n=len(told))


# ── 可用性, 安全性 ──


def _formats(bag: Any) -> Iterator[Result]:
    faults: list[Fault] = []
    for name in (n for n in bag.names if n.startswith("data/")):
        ending = os.path.splitext(name)[1].lower()
        if ending not in FORMATS:
            faults.append(("other_format", {"file": name}))
        elif ending == ".pdf":
            faults += [(said, {"file": name}) for said in _pdf(bag, name)]
    yield from all_well("usable", "KY-3", "formats", faults)


def _pdf(bag: Any, name: str) -> Iterator[str]:
    """Whether a PDF begins and ends as one, is open to all, and is for keeping where we made it."""
    with bag.open(name) as file:
        head, tail, marked, locked = file.read(1024), b"", False, False
        held = head
        while held:
            both = tail + held
            marked, locked = marked or b"pdfaid:part" in both, locked or b"/Encrypt" in both
            tail, held = both[-1024:], file.read(CHUNK)
    if b"%PDF-" not in head or b"%%EOF" not in tail:
        yield "pdf_broken"
    if locked:
        yield "pdf_locked"
    if not marked and name.startswith("data/公文/"):
        yield "pdf_not_kept"


def _names(bag: Any) -> Iterator[Result]:
    faults: list[Fault] = [
        ("unsafe_name", {"file": name}) for name in bag.names if UNSAFE.search(name)
    ]
    faults += [("odd_file", {"file": name}) for name in bag.odd]
    faults += [("too_many", {"n": len(bag.names)})] if len(bag.names) > MOST else []
    twice = Counter(name.casefold() for name in bag.names)
    faults += [("same_name", {"file": name}) for name, n in twice.items() if n > 1]
    yield from all_well("safe", "AQ-5", "names", faults, n=len(bag.names))


def _programs(bag: Any) -> Iterator[Result]:
    faults: list[Fault] = []
    for name in bag.names:
        with bag.open(name) as file:
            if file.read(4).startswith(PROGRAMS) and name.startswith("data/"):
                faults.append(("program", {"file": name}))
    yield from all_well("safe", "AQ-2", "no_program", faults)


def main(arguments: list[str]) -> int:
    """Check the folder of this file, or the one that is named; 1 where something does not pass."""
    spoken = WORDS["en" if "--lang=en" in arguments else "zh"]
    named = [a for a in arguments if not a.startswith("--")]
    told = dict(a[2:].split("=", 1) for a in arguments if a.startswith("--") and "=" in a)
    known = Known(told.get("digest", ""), told.get("root", ""))
    found = run(Folder(named[0] if named else Path(__file__).parent), known)
    for one in found:
        said = spoken[one.said].format(**one.params)
        print(f"{spoken[one.group]}  {one.code:<5}  {spoken[one.status]}  {said}")
    failed = sum(one.status == "fail" for one in found)
    asked = sum(one.status == "human" for one in found)
    print(spoken["archived.failed" if failed else "archived.passed"].format(n=failed, asked=asked))
    return 1 if failed else 0


if __name__ == "__main__":
    out: Any = sys.stdout
    out.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))

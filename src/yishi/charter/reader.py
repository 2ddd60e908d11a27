"""A charter file → a charter, or the faults that stand in the way. Never raises."""

import hashlib

from yishi.charter.block import Block
from yishi.charter.clauses import clauses
from yishi.charter.header import day, parted
from yishi.charter.model import Charter, Clause, Fault
from yishi.charter.outline import Section, sections
from yishi.charter.source import prepared


def read(text: str) -> tuple[Charter | None, tuple[Fault, ...]]:
    """Read a charter; it comes back only when no fault is an error."""
    faults: list[Fault] = []
    charter = _read(text, faults)
    in_order = tuple(sorted(faults, key=lambda fault: fault.line))
    return (None if any(fault.level == "error" for fault in faults) else charter), in_order


def _read(text: str, faults: list[Fault]) -> Charter | None:
    clean = prepared(text, faults)
    if faults:
        return None
    header, markdown = parted(clean, faults)
    if header is None:
        return None
    parts = sections(markdown, faults)
    _check_title(header, parts, faults)
    found = clauses((part for part in parts if part.level > 1), faults)
    return None if faults else _charter(text, header, found)


def _check_title(header: Block, parts: list[Section], faults: list[Fault]) -> None:
    titles = [part for part in parts if part.level == 1]
    if not parts or parts[0].level != 1:
        faults.append(Fault(parts[0].line if parts else 1, "charter.title_missing"))
    elif titles[0].heading != header.values.get("title", titles[0].heading):
        faults.append(Fault(titles[0].line, "charter.title_differs"))
    faults += [Fault(part.line, "charter.title_repeated") for part in titles[1:]]


def _charter(text: str, header: Block, found: tuple[Clause, ...]) -> Charter | None:
    since = day(header.values["in_force"])
    if since is None:
        return None
    return Charter(
        header=header.values,
        body=header.values["body"],
        title=header.values["title"],
        name=header.values["name"],
        in_force=since,
        clauses=found,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        header_lines=header.lines,
    )

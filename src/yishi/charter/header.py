"""The header of a charter: YAML between two lines of `---` at the top of the file."""

import re
from datetime import date
from typing import Any

from yishi.charter.block import Block, load
from yishi.charter.model import Fault

REQUIRED = ("body", "title", "name", "in_force")
"""Keys without which a charter cannot be enacted."""


def parted(text: str, faults: list[Fault]) -> tuple[Block | None, str]:
    """The header, and the rest with blank lines in its place so that line numbers stay true."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        faults.append(Fault(1, "charter.header_missing"))
        return None, text
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), 0)
    if not end:
        faults.append(Fault(1, "charter.header_open"))
        return None, ""
    header = load("\n".join(lines[1:end]), 2, faults)
    if header:
        _check(header, faults)
    return header, "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def day(text: Any) -> date | None:
    """A day written 2017-03-21, and in no other way."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _check(header: Block, faults: list[Fault]) -> None:
    for key in REQUIRED:
        value = header.values.get(key, "")
        if not isinstance(value, str):
            faults.append(Fault(header.lines[key], "charter.value_not_text", {"key": key}))
        elif not value.strip():
            line = header.lines.get(key, 1)
            faults.append(Fault(line, "charter.header_key_missing", {"key": key}))
    if header.values.get("in_force") and not day(header.values["in_force"]):
        faults.append(
            Fault(header.lines["in_force"], "charter.date_malformed", {"key": "in_force"})
        )
    for key in ("posts", "units"):
        _check_names(header, key, faults)


def _check_names(header: Block, key: str, faults: list[Fault]) -> None:
    group = header.values.get(key, {})
    if not isinstance(group, dict):
        faults.append(Fault(header.lines[key], "charter.value_not_mapping", {"key": key}))
        return
    for name, names in group.items():
        good = isinstance(names, list) and names
        if not good or not all(isinstance(n, str) and n.strip() for n in names):
            path = f"{key}.{name}"
            faults.append(Fault(header.lines[path], "charter.value_not_list", {"key": path}))

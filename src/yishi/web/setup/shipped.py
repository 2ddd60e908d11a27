"""The charters that come with the software, and those that somebody brings along."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec
from django.conf import settings

from yishi.charter.model import Charter, Fault
from yishi.charter.reader import read
from yishi.procedure.charters import GENERAL
from yishi.procedure.lint import lint

LARGEST = 150_000
"""Bytes of a charter's text."""


class Offered(msgspec.Struct, frozen=True):
    """A charter to choose: its text and what it says of itself."""

    key: str
    text: str
    charter: Charter


class Faulty(msgspec.Struct, frozen=True):
    """A charter that cannot be enacted, and why, line by line."""

    name: str
    faults: tuple[Fault, ...]


def shipped(on: date) -> list[Offered]:
    """The latest version of every shipped charter that is in force on a day."""
    found: dict[str, Offered] = {}
    for path in sorted(Path(settings.CHARTERS).glob("*/[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        charter, _ = read(text)
        if charter is not None and charter.in_force <= on:
            found[charter.body] = Offered(charter.body, text, charter)
    return list(found.values())


def general(offered: Iterable[Offered]) -> Offered:
    """The general rules among them."""
    return next(one for one in offered if one.key == GENERAL)


def brought(name: str, raw: bytes, defaults: Charter) -> Offered | Faulty:
    """An uploaded charter, readable and sound under the general rules; else its faults."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return Faulty(name, (Fault(1, "page.setup.not_text"),))
    if len(raw) > LARGEST:
        return Faulty(name, (Fault(1, "page.setup.too_long"),))
    charter, faults = read(text)
    if charter is not None:
        faults = (*faults, *lint(charter, defaults))
    errors = tuple(fault for fault in faults if fault.level == "error")
    if charter is None or errors:
        return Faulty(name, errors)
    if charter.body == GENERAL:
        return Faulty(name, (Fault(1, "page.setup.general"),))
    return Offered(charter.body, text, charter)

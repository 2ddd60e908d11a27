"""A paper by an office's own Word template: filled with what our own paper says."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from yishi.documents.model import Document
from yishi.documents.own.apart import filled
from yishi.profiles.templates import content_of
from yishi.web.documents.pen import Pen
from yishi.web.documents.values import values
from yishi.web.profiles.templates import own_of


class Filled(msgspec.Struct, frozen=True):
    """The file, and what of the register is printed in it."""

    content: bytes
    words: tuple[str, ...]


def by_own(pen: Pen, name: str, subject: str, about: str, document: Document) -> Filled | None:
    """The paper by the template in use; None where there is none. Raises `Unfilled`."""
    held = own_of(pen.office, name, subject)
    if held is None:
        return None
    raw = content_of(pen.office.institution, held)
    given = values(pen, name, subject, about, document)
    made = filled(name, raw, given, document.called, document.dated)
    return Filled(made, tuple(_words(given)))


def named(pen: Pen, document: Document) -> str:
    """What the file is called: never as the one for Word that we set ourselves."""
    return f"{document.called}{pen.say('paper.own.called')}"


def later(pen: Pen, document: Document) -> Document:
    """A paper that went out, by a template that it did not go out by: it says so itself."""
    called = document.called + pen.say("paper.own.later_called")
    return replace(document, called=called, draft=pen.say("paper.own.later"))


def _words(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
        return
    for one in held.values() if isinstance(held, dict) else held:
        yield from _words(one)

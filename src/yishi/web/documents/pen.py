"""How papers are written: in Chinese whoever asks, with the names that the office knows."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from typing import Any

from yishi.documents.model import Cell
from yishi.documents.saying import LANGUAGE, words
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.profiles.models import Held
from yishi.values.text import ERASED
from yishi.web.office import Office
from yishi.web.profiles.face import Face, face_of
from yishi.web.sittings.capacity import names_at
from yishi.wording import Names
from yishi.wording.formats import FORMATS, at_time, on_day


class Pen:
    """Writes for one person, who reads on paper what they may read on the pages."""

    def __init__(self, office: Office, trying: Held | None = None) -> None:
        """Write for whoever this office is of, in Chinese; by a profile that is only tried."""
        self.office = Office(office.account, LANGUAGE)
        # The same moment and the same state as the page's, not looked up again.
        self.office.__dict__.update(held=office.held, now=office.now, past=office.past)
        self.office.__dict__.update(names=office.apart, apart=office.apart)
        if trying is not None:
            self.office.__dict__.update(profiles=(trying,))

    def of(self, sitting: Sitting, item: str = "", signs: bool = False) -> "Pen":
        """The same pen, which tells namesakes apart by what they are at a meeting."""
        made, names = copy(self), names_at(self.office, sitting, item, signs)
        made.office = copy(self.office)
        made.office.__dict__.update(names=names, apart=names)
        return made

    def face(self, body: str, at: datetime, secretariat: str | None = None) -> Face:
        """How a body's papers look that are of a moment."""
        return face_of(self.office, body, at, secretariat)

    def inner(self, body: str, title: str, at: datetime) -> dict[str, Any]:
        """What every inner paper has: its day, and over its title who it was from on that day."""
        return {"dated": self.on(at), **self.face(body, at).inner(title)}

    def say(self, key: str, **params: Any) -> str:
        """A text by its id; params may hold ids and times."""
        told = {name: self._on_clock(value) for name, value in params.items()}
        return words().sentence(Message(key, told), self.office.names)

    def sentence(self, message: Message) -> str:
        """A message of the procedure in words."""
        return words().sentence(message, self.office.names)

    def _on_clock(self, value: Any) -> Any:
        return value.astimezone(self.office.zone) if isinstance(value, datetime) else value

    def word(self, table: str, key: str) -> str:
        """The word for a key of a table."""
        return words().word(table, key)

    def plain(self, said: str | None) -> str:
        """Somebody's words, with the word for what was erased in its place."""
        return (said or "").replace(ERASED, self.word("shapes", "erased"))

    def day(self, value: date | datetime | None) -> str:
        """A day as papers write it."""
        return on_day(words(), self._on_clock(value)) if value else ""

    def when(self, value: datetime | None) -> str:
        """A day and time."""
        return at_time(words(), self._on_clock(value)) if value else ""

    def on(self, value: datetime) -> date:
        """The day of a moment, on the institution's clock."""
        return value.astimezone(self.office.zone).date()

    def person(self, key: str | None) -> str:
        """A person's name."""
        return self.plain(self.office.names.person(key)) if key else ""

    def people(self, keys: Iterable[str]) -> str:
        """Names in a row."""
        return self.word("shapes", "join").join(self.person(key) for key in keys)

    def unit(self, *keys: str | None) -> str:
        """A unit's name, or those of several."""
        return self.word("shapes", "join").join(self.office.names.unit(k) for k in keys if k)

    def seats(self, keys: tuple[str, ...], names: Names) -> str:
        """Seats in words, as a body's charter names its posts."""
        return FORMATS["seats"](words(), names, keys, "")

    def secretariat(self, body: str) -> str:
        """The office that sends a body's papers, as its charter names it."""
        return self.office.names_for(body).office("secretariat") or ""

    def sitting(self, key: str) -> str:
        """What people call a meeting."""
        return self.say("page.sitting_name", s=key)

    @property
    def called(self) -> str:
        """The institution."""
        return self.office.state.called

    def label(self, key: str) -> Cell:
        """A cell that names what stands beside it."""
        return Cell(self.say(key), label=True)

    def signing(self, key: str = "paper.sign") -> str:
        """Where a hand signs and writes the day."""
        return self.say(key)


def entered_from_paper(pen: Pen, sitting: Sitting) -> str:
    """That a meeting was entered from paper: by whom, when, how much, why; else nothing."""
    entry = sitting.paper
    if entry is None or not entry.entries:
        return ""
    said = pen.say("page.paper.sitting_mark", by=entry.by, at=entry.since, n=entry.entries)
    return (
        said
        + pen.say("page.paper.full_stop")
        + pen.say("page.paper.reason_mark", words=pen.plain(entry.reason))
    )

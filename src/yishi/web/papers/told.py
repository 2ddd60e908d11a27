"""The papers of an item as its people see them: what the journal says, and the file to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from yishi.journal import Entry
from yishi.journal.tables.models import Entry as EntryRow
from yishi.papers.content import INLINE
from yishi.papers.converting import CONVERTED, program
from yishi.papers.models import Paper
from yishi.procedure.items import PaperSupplied
from yishi.values.text import is_erased
from yishi.web.items.chronicle import Told
from yishi.web.items.listing import plain
from yishi.web.office import Office

_entry: Final = msgspec.json.Decoder(Entry).decode


class Version(msgspec.Struct, frozen=True):
    """One paper as it was supplied; `name` is empty where there is no file."""

    paper: str
    item: str
    title: str
    by: str
    at: datetime
    number: int
    name: str = ""
    size: int = 0
    sha256: str = ""
    type: str = ""
    why: str = ""
    """Why it was handed in after the notice had told of what there was."""
    gone: bool = False
    """Whether there was a file, and it was erased with its title."""

    @property
    def shows(self) -> bool:
        """Whether a browser shows the file as it is."""
        return self.type.partition(";")[0] in INLINE

    @property
    def previews(self) -> bool:
        """Whether a browser is shown a PDF that is made of the file."""
        return self.type in CONVERTED and bool(program())

    @property
    def ending(self) -> str:
        """The end of the file's name, as people speak of it."""
        return self.name.rpartition(".")[2].upper()


class Document(msgspec.Struct, frozen=True):
    """Papers of one title: each a version of it, the latest first."""

    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        """The version that counts."""
        return self.versions[0]

    @property
    def earlier(self) -> tuple[Version, ...]:
        """The versions before it, which stay readable."""
        return self.versions[1:]


def documents(office: Office, supplied: Iterable[Told], files: Iterable[Paper]) -> list[Document]:
    """The papers that were supplied, those of one title together, in order of first mention."""
    held = {(row.item, row.paper): row for row in files}
    found: dict[str, list[Version]] = {}
    for one in supplied:
        event: PaperSupplied = one.event
        versions = found.setdefault(event.title.strip(), [])
        row = held.get((event.item, event.paper)) if event.digest else None
        versions.append(_version(office, event, one, len(versions) + 1, row))
    return [Document(tuple(reversed(versions))) for versions in found.values()]


def _version(
    office: Office, event: PaperSupplied, told: Told, number: int, row: Paper | None
) -> Version:
    gone = event.digest is not None and is_erased(event.title)
    why = plain(office, told.reason) if told.departed else ""
    version = Version(event.paper, event.item, event.title, event.by, told.at, number, why=why)
    if row is not None:
        sha256 = event.digest or ""
        version = replace(version, name=row.name, size=row.size, sha256=sha256, type=row.type)
    return replace(version, gone=gone)


def digest_of(institution: str, item: str, paper: str) -> str | None:
    """The digest of a paper's file, as the journal has it."""
    rows = EntryRow.objects.filter(
        chain=institution, stream=f"item/{item}", type=PaperSupplied.name()
    )
    for raw in rows.values_list("body", flat=True):
        facts = _entry(bytes(raw)).payload
        if facts.get("paper") == paper:
            said: str | None = facts.get("digest")
            return said
    return None

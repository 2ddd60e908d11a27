"""What the templates to begin with are made of: fields in our own blocks (pure)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec

from yishi.documents.model import Block, Cell, Document, Foot, People, Signed, Table, para
from yishi.documents.own.labels import label
from yishi.documents.profile import Profile
from yishi.documents.saying import words

DAY: Final = date(2000, 1, 1)
ANY_DAY: Final = "2000年10月10日"
"""Stands in for a day, as long as one."""

Rows = tuple[tuple[Cell, ...], ...]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How the papers of those who begin look: their profile, and the words it makes."""

    profile: Profile = Profile()
    organ: str = "某某单位"
    issuer: str = "某某单位办公室"
    mark: str = "会议纪要"
    """The red mark of minutes: how large it is depends on how long it is."""

    @property
    def letterhead(self) -> str:
        """The red mark of a paper in the general format."""
        return self.profile.letterhead or say("paper.mark", called=self.organ)


def say(key: str, **params: str) -> str:
    """Words of our papers by their id."""
    return words().text(key, **params)


def word(table: str, key: str) -> str:
    """A word of our papers."""
    return words().word(table, key)


def field(name: str) -> str:
    """A field in its braces."""
    return f"{{{{ {name} }}}}"


def either(name: str, other: str) -> str:
    """A field, or other words where it is empty."""
    return f"{{% if {name} %}}{field(name)}{{% else %}}{other}{{% endif %}}"


def told(*names: str) -> tuple[Block, ...]:
    """A paragraph for each field that says something."""
    return tuple(block for name in names for block in when(name, para(field(name))))


def when(asked: str, *blocks: Block) -> tuple[Block, ...]:
    """Blocks that are there on a condition."""
    return (para(f"{{%p if {asked} %}}"), *blocks, para("{%p endif %}"))


def each(one: str, of: str, *blocks: Block) -> tuple[Block, ...]:
    """Blocks for each of a list."""
    return (para(f"{{%p for {one} in {of} %}}"), *blocks, para("{%p endfor %}"))


def people(*names: str) -> tuple[Block, ...]:
    """Lists of people, those that are not empty."""
    return tuple(b for name in names for b in when(name, People(name, field(name))))


def listed(of: str, widths: tuple[int, ...], head: Iterable[str], cells: tuple[Cell, ...]) -> Table:
    """A table with a row for each of a list, which is called 行 within it."""
    begins = (Cell(f"{{%tr for 行 in {of} %}}", span=len(widths)),)
    ends = (Cell("{%tr endfor %}", span=len(widths)),)
    return Table(widths, (begins, cells, ends), tuple(head))


def rows_when(asked: str, columns: int, *rows: tuple[Cell, ...]) -> Rows:
    """Rows that are there on a condition."""
    begins = (Cell(f"{{%tr if {asked} %}}", span=columns),)
    return (begins, *rows, (Cell("{%tr endif %}", span=columns),))


def pair(
    label: str, said: str, span: int = 1, least: int = 1, signed: str = ""
) -> tuple[Cell, ...]:
    """A label and what stands beside it."""
    return Cell(label, label=True), Cell(said, span=span, least=least, signed=signed)


def beside(
    paper: str, name: str, span: int = 1, least: int = 1, signed: str = ""
) -> tuple[Cell, ...]:
    """A field with the label that our own form has for it."""
    return pair(label(paper, name), field(name), span, least, signed)


def centred(*names: str) -> tuple[Cell, ...]:
    """Cells of a row's fields, in the middle."""
    return tuple(Cell(field(f"行.{name}"), place="centre") for name in names)


def cells(*names: str) -> tuple[Cell, ...]:
    """Cells of a row's fields."""
    return tuple(Cell(field(f"行.{name}")) for name in names)


def inner(look: Look, *body: Block, **more: Any) -> Document:
    """A paper without a masthead."""
    title, faces = field("标题分行"), look.profile.typefaces
    return Document(called="模板", dated=DAY, title=title, typefaces=faces, body=body, **more)


def signed(look: Look, seal: bool | None = None) -> Signed:
    """Who signs and the day, with room for the seal as the profile has it."""
    seal = look.profile.seal if seal is None else seal
    return Signed(look.issuer, ANY_DAY, seal=seal)


def foot(look: Look, label: str, to: str) -> Foot:
    """The lines at the foot, as long as those that will stand there."""
    return Foot(look.issuer, say("paper.starter.issued", on=ANY_DAY), to, label)

"""What an institution says for its archive: its numbers, and how long each kind is kept.

Both stand in a file that the institution edits; the default periods come with the software. A
period of one's own may be longer than the default, never shorter.
"""

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec

from yishi.procedure.verdict import Message

PERIODS: Final = {"D10": 10, "D30": 30, "Y": 1000}
"""Periods by their code in an archival number, with how long each is."""

FONDS: Final = {
    "archive_name": "档案馆名称",
    "archive_code": "档案馆代码",
    "fonds_name": "全宗名称",
    "fonds_code": "全宗号",
    "catalogue_code": "目录号",
    "agency": "机构或问题",
    "file_code": "案卷号",
}
"""What only the institution can say of itself; what it leaves out is named as missing."""


class Wrong(ValueError):  # noqa: N818
    """A file that cannot be used; `args[0]` says what is wrong with it."""


class Profile(msgspec.Struct, frozen=True):
    """What holds for an institution."""

    periods: dict[str, str]
    own: frozenset[str] = frozenset()
    """Kinds whose period is the institution's own."""
    fonds: dict[str, str] = {}
    approved_on: date | None = None
    authority: str = ""
    """Who approved the table of periods; empty where the defaults hold."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the institution has not said, by its key."""
        return tuple(key for key in FONDS if not self.fonds.get(key))

    @property
    def gaps(self) -> tuple[str, ...]:
        """What the institution has not said, by its name in the description."""
        return tuple(FONDS[key] for key in self.lacks)

    def period(self, record: str, body: str) -> str:
        """How long a kind of record is kept, of this body if it says so."""
        return self.periods.get(f"{record}.{body}") or self.periods[record]


def defaults() -> dict[str, str]:
    """The periods that come with the software."""
    text = files(__package__).joinpath("retention.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)["retention"]
    return found


def profile(path: Path) -> Profile:
    """What the file says over the defaults; the defaults where there is none. Raises Wrong."""
    periods = defaults()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Profile(periods)
    except (OSError, ValueError) as error:
        raise Wrong(Message("archive.file_unreadable", {"file": path.name})) from error
    own, approval = _table(said, "retention", path), _table(said, "approval", path)
    for kind, period in own.items():
        _fits(kind, period, periods)
    fonds = _table(said, "fonds", path)
    unknown = [*(said.keys() - {"retention", "approval", "fonds"}), *(fonds.keys() - {*FONDS})]
    if unknown:
        raise Wrong(Message("archive.unknown_key", {"key": sorted(unknown)[0]}))
    on, authority = approval.get("on"), str(approval.get("authority") or "").strip()
    if own and not (type(on) is date and authority):
        raise Wrong(Message("archive.not_approved", {"file": path.name}))
    told = {key: str(value).strip() for key, value in fonds.items()}
    return Profile(periods | own, frozenset(own), told, on if own else None, authority)


def _table(said: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    held = said.get(name, {})
    if not isinstance(held, dict):
        raise Wrong(Message("archive.file_unreadable", {"file": path.name}))
    return held


def _fits(kind: str, period: Any, defaults: dict[str, str]) -> None:
    """A period of one's own is a known one, of a known kind, and no shorter. Raises Wrong."""
    record = kind.partition(".")[0]
    if record not in defaults:
        raise Wrong(Message("archive.unknown_key", {"key": kind}))
    if not isinstance(period, str) or period not in PERIODS:
        raise Wrong(Message("archive.unknown_period", {"kind": kind, "period": str(period)}))
    least = defaults[record]
    if PERIODS[period] < PERIODS[least]:
        said = {"kind": kind, "period": period, "least": least}
        raise Wrong(Message("archive.period_short", said))

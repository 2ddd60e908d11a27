"""How an office's papers look (单位公文格式), as one value: empty, it is the standard's (pure)."""

from hashlib import sha256
from typing import Final, Literal, get_args

import msgspec

Numbering = Literal["bracketed", "year_issue", "issue", "year_nth", "running_issue", "running_nth"]
"""How minutes are numbered (编号样式); the running ones count on over the years."""

Attendance = Literal["after", "before"]
"""Where the lists of people stand: after what was settled, or before it."""

Naming = Literal["units", "names"]
"""Whether the lists of people name everybody's unit too, or people alone."""

Typefaces = Literal["gb2312", "windows", "gbk"]
"""By which names a Word file asks for its fonts."""

STANDARD: Final = "GB/T 9704-2012"

_NUMBERS: Final[dict[Numbering, str]] = {
    "bracketed": "{code}〔{year}〕{number}号",
    "year_issue": "{year}年第{number}期",
    "issue": "第{number}期",
    "year_nth": "{year}年第{number}次",
    "running_issue": "第{running}期",
    "running_nth": "第{running}次",
}

NUMBERINGS: Final[tuple[Numbering, ...]] = get_args(Numbering)
RUNNING: Final[tuple[Numbering, ...]] = ("running_issue", "running_nth")
MEETINGS: Final[tuple[Numbering, ...]] = ("year_nth", "running_nth")
"""Those that count meetings held (次); the others count what is issued, corrections too."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """How papers look; words that are left empty are made from the institution's name."""

    organ: str = ""
    """发文机关: the name on every paper, whole or as the institution shortens it."""
    mark: str = ""
    """纪要标志: the red words at the head of minutes."""
    letterhead: str = ""
    """发文机关标志: the red words at the head of a paper in the general format."""
    code: str = ""
    """机关代字, before the year of a number."""
    numbering: Numbering = "bracketed"
    before: int = 0
    """How many minutes there had been before this software numbered them: for the running ones."""
    head_line: bool = True
    """Whether office and day stand above the red rule of minutes (编发行)."""
    attendance: Attendance = "after"
    naming: Naming = "units"
    """How the lists of people name them (GW-F1)."""
    sign_off: bool = False
    """Whether minutes name who signed them (签发)."""
    seal: bool = True
    """Whether papers that are sent leave room for the seal."""
    notice_seal: bool = False
    """Whether notices do."""
    issuer: str = ""
    """印发机关: who compiles, prints and sends."""
    distribution: str = ""
    """分送: whom minutes go to, at their foot."""
    copies: str = ""
    """抄送: the same of minutes in the general format."""
    typefaces: Typefaces = "gb2312"


EARLIER: Final = {"naming": "names"}
"""What holds for a profile that was kept before one could choose: papers looked like that."""

TEXTS: Final = ("organ", "mark", "letterhead", "code", "issuer", "distribution", "copies")
"""What of a profile is printed as it stands."""


def serial(profile: Profile, year: int, number: int, running: int) -> str:
    """A number as papers and pages show it: the same everywhere."""
    shape = _NUMBERS[profile.numbering]
    counted = profile.before + running
    return shape.format(code=profile.code, year=year, number=number, running=counted)


def correction_of(number: str, place: int) -> str:
    """The number of what corrects minutes that bear the number of their meeting."""
    return f"{number}（更正{place}）"


def digest(profile: Profile) -> str:
    """What tells one profile from another, whenever it was saved.

    Of one that was kept before there was a choice it stays what files from then say.
    """
    told = msgspec.to_builtins(profile)
    chosen = {name: value for name, value in told.items() if EARLIER.get(name) != value}
    return sha256(msgspec.json.encode(chosen, order="sorted")).hexdigest()

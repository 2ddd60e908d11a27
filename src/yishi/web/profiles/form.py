"""The form of a profile: what was typed, what of it cannot stand, and what it makes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

import msgspec

from yishi.documents.profile import NUMBERINGS, Attendance, Naming, Profile, Typefaces
from yishi.procedure.verdict import Message
from yishi.web.acts.inputs import spoilt

LONGEST: Final = {
    "organ": 60,
    "mark": 26,
    "letterhead": 26,
    "code": 12,
    "issuer": 60,
    "distribution": 300,
    "copies": 300,
}
"""Characters of what is typed; a mark is one line in the smallest size that one can read."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "numbering": NUMBERINGS,
    "attendance": get_args(Attendance),
    "naming": get_args(Naming),
    "typefaces": get_args(Typefaces),
}
FLAGS: Final = ("head_line", "sign_off", "seal", "notice_seal")
MOST: Final = 99999
"""Minutes that there may have been before."""

CODE: Final = re.compile(r"[\u4e00-\u9fff]*")

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "names": ("organ", "mark", "letterhead"),
    "numbers": ("code", "numbering", "before"),
    "body": ("head_line", "attendance", "naming", "sign_off"),
    "ends": ("seal", "notice_seal", "issuer", "distribution", "copies"),
    "fonts": ("typefaces",),
}
"""The fields as the form has them, part by part."""

FIELDS: Final = tuple(name for names in SECTIONS.values() for name in names)


class Typed(msgspec.Struct, frozen=True):
    """What somebody typed, and what became of it."""

    values: dict[str, Any]
    """As it stands in the form."""
    profile: Profile
    """What it makes; where a field cannot stand, as it would be left empty."""
    problems: dict[str, Message]
    """By the field, why it cannot stand."""


def shown(profile: Profile) -> Typed:
    """The form of a profile that is kept."""
    return Typed(msgspec.to_builtins(profile), profile, {})


def typed(data: Mapping[str, str]) -> Typed:
    """What was sent; nothing of it is lost where some of it cannot stand."""
    values: dict[str, Any] = {name: " ".join(data.get(name, "").split()) for name in LONGEST}
    values |= {name: data.get(name, "") for name in CHOICES}
    values |= {name: name in data for name in FLAGS}
    values["before"] = data.get("before", "").strip() or "0"
    problems = dict(_problems(values))
    sound = {name: value for name, value in values.items() if name not in problems}
    if "before" in sound:
        sound["before"] = int(sound["before"])
    return Typed(_plain(values), msgspec.convert(sound, Profile), problems)


def _problems(values: dict[str, Any]) -> Iterator[tuple[str, Message]]:
    for name, longest in LONGEST.items():
        if len(values[name]) > longest:
            yield name, Message("profile.too_long", {"n": longest})
        elif values[name] and spoilt(values[name]):
            yield name, Message("profile.unreadable")
    if not CODE.fullmatch(values["code"]):
        yield "code", Message("profile.code_only")
    for name, choices in CHOICES.items():
        if values[name] not in choices:
            yield name, Message("profile.choose")
    said = values["before"]
    if not (said.isascii() and said.isdecimal() and len(said) < 10 and int(said) <= MOST):
        yield "before", Message("profile.no_count", {"n": MOST})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """What can go back into a page: no form holds a NUL."""
    return {k: v.replace("\x00", "") if isinstance(v, str) else v for k, v in values.items()}

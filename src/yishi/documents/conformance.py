"""Where a profile departs from the standard, and what the standard wants (pure)."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from yishi.documents.profile import Profile
from yishi.procedure.verdict import Message


class Check(msgspec.Struct, frozen=True):
    """One requirement (GW-…) that a profile has a say in."""

    number: str
    wants: Message
    found: Message | None = None
    """What the profile does instead; nothing where it keeps to it."""


def checks(profile: Profile, organ: str, substitutes: Iterable[str] = ()) -> tuple[Check, ...]:
    """Every requirement that this profile keeps or departs from, in the order of the standard.

    `organ` is what the institution is called on its papers; `substitutes` are the roles that other
    faces than the standard's play on this server.
    """
    return (
        *_names(profile, organ),
        *_numbers(profile),
        *_body(profile),
        *_ends(profile),
        *_faces(profile, substitutes),
    )


def departures(found: Iterable[Check]) -> tuple[Check, ...]:
    """Those that are departed from."""
    return tuple(one for one in found if one.found is not None)


def _check(number: str, wants: Message, departs: bool, found: Message) -> Check:
    return Check(number, wants, found if departs else None)


def _names(profile: Profile, organ: str) -> Iterator[Check]:
    yield _check(
        "GW-D1",
        Message("profile.mark_wants"),
        bool(profile.mark) and not profile.mark.endswith("纪要"),
        Message("profile.mark_is", {"words": profile.mark}),
    )
    named = (organ, f"{organ}文件")
    yield _check(
        "GW-D2",
        Message("profile.letterhead_wants", {"organ": organ}),
        bool(profile.letterhead) and profile.letterhead not in named,
        Message("profile.letterhead_is", {"words": profile.letterhead}),
    )


def _numbers(profile: Profile) -> Iterator[Check]:
    yield _check(
        "GW-D3", Message("profile.code_wants"), not profile.code, Message("profile.code_is")
    )
    yield _check(
        "GW-D4",
        Message("profile.number_wants"),
        profile.numbering != "bracketed",
        Message("profile.number_is", {"style": profile.numbering}),
    )


def _body(profile: Profile) -> Iterator[Check]:
    yield _check(
        "GW-A3",
        Message("profile.signs_wants"),
        profile.sign_off,
        Message("profile.signs_is"),
    )
    yield _check(
        "GW-F1",
        Message("profile.units_wants"),
        profile.naming == "names",
        Message("profile.units_is"),
    )
    yield _check(
        "GW-F6",
        Message("profile.people_wants"),
        profile.attendance == "before",
        Message("profile.people_is"),
    )


LISTS: Final = ("distribution", "copies")


def _ends(profile: Profile) -> Iterator[Check]:
    yield _check(
        "GW-G4", Message("profile.seal_wants"), not profile.seal, Message("profile.seal_is")
    )
    named = [getattr(profile, name) for name in LISTS if getattr(profile, name)]
    unlike = [words for words in named if not words.endswith("。") or set(words) & set(",;；、.")]
    yield _check(
        "GW-H3",
        Message("profile.list_wants"),
        bool(unlike),
        Message("profile.list_is", {"words": "".join(unlike[:1])}),
    )
    yield _check(
        "GW-H5",
        Message("profile.sent_wants"),
        not profile.distribution,
        Message("profile.sent_is"),
    )


NUMBERS: Final = {"fang": "GW-C1", "biao": "GW-C2、C3", "hei": "GW-C4", "kai": "GW-C5"}
"""Which requirement names the face of a role."""


def _faces(profile: Profile, substitutes: Iterable[str]) -> Iterator[Check]:
    played = set(substitutes)
    for role, number in NUMBERS.items():
        if role == "biao":
            yield Check(number, Message("profile.word_wants"), _titles(profile, role in played))
            continue
        yield _check(
            number,
            Message("profile.face_wants", {"role": role}),
            role in played,
            Message("profile.face_is", {"role": role}),
        )


def _titles(profile: Profile, substituted: bool) -> Message | None:
    """How titles and marks are set otherwise: in Word files, in PDF, or in both."""
    word = profile.typefaces == "windows"
    if word and substituted:
        return Message("profile.titles_are", {"role": "biao"})
    if word:
        return Message("profile.word_is")
    return Message("profile.face_is", {"role": "biao"}) if substituted else None

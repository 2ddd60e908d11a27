"""Names and posts in words held against the roster (姓名, 职务; pure).

A name stands between words that are no name; without blanks nothing else tells it apart. So a
name counts as one only where what is beside it speaks of somebody.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from yishi.documents.lapses import HAN, Lapse
from yishi.procedure.verdict import Message

AHEAD: Final = r"(?:^|(?<=[，。；：、（\n由请经和与及了]))"
DOES: Final = (
    "同志|主持|汇报|牵头|负责|介绍|传达|通报|说明|发言|列席|出席|参加|请假|宣读"
    "|要求|强调|指出|提出|明确|表示"
)
LONGER: Final = "(?!科员|办公会|助理)"
"""What makes a post another one than it begins as."""
BEHIND: Final = rf"(?=(?:{DOES}|[，。；：、）\n]|$))"
"""What may stand before and behind a name."""


class Known(msgspec.Struct, frozen=True):
    """People and posts of the institution on the day in question."""

    people: Mapping[str, tuple[str, ...]]
    """By name, the posts held; of namesakes, the posts of all."""
    posts: frozenset[str]


def people_lapses(words: str, known: Known) -> Iterator[Lapse]:
    """Names one character off somebody's, and posts that are not theirs."""
    yield from _names(words, known)
    yield from _posts(words, known)


def _names(words: str, known: Known) -> Iterator[Lapse]:
    titles = "|".join(re.escape(p) for p in sorted(known.posts, key=len, reverse=True))
    for surname, size in sorted({(n[0], len(n)) for n in known.people if len(n) in (2, 3)}):
        first = re.escape(surname)
        # A surname with a post names nobody by name (刘副主任).
        name = rf"(?P<name>(?!{first}(?:副|{titles or '副'})){first}[{HAN}]{{{size - 1}}})"
        shapes = [rf"{AHEAD}{name}(?=同志)"]
        shapes += [rf"{AHEAD}(?:{titles}){name}{BEHIND}"] if titles else []
        shapes += [rf"{_alone(size)}{name}(?=(?:{titles}){LONGER})"] if titles else []
        # Two characters are too often a word; three are one between commas (曾建议).
        listed = rf"(?<=[、：由请经]){name}(?=[、，。；）])"
        shapes += [rf"{AHEAD}{name}(?={DOES})", listed] if size == 3 else []
        found = {m.span("name"): m["name"] for one in shapes for m in re.finditer(one, words)}
        for (start, end), said in found.items():
            like = [n for n in known.people if _near(n, said)]
            if said not in known.people and like:
                better = like[0] if len(like) == 1 else None
                wrong = Message("proofreading.name", {"words": "、".join(like)})
                yield Lapse("", wrong, start, end, better)


def _alone(size: int) -> str:
    """What stands ahead of a name with its post behind: three characters stand for themselves."""
    return AHEAD if size == 2 else ""


def _near(name: str, said: str) -> bool:
    """Whether a name is another of the same length and surname but for one character."""
    off = sum(a != b for a, b in zip(name, said, strict=False))
    return len(name) == len(said) and name[0] == said[0] and off == 1


def _posts(words: str, known: Known) -> Iterator[Lapse]:
    people = "|".join(re.escape(n) for n in known.people if len(n) > 1)
    titles = "|".join(re.escape(p) for p in sorted(known.posts, key=len, reverse=True))
    if not people or not titles:
        return
    long = "|".join(re.escape(n) for n in known.people if len(n) > 2)
    shapes = [
        rf"{AHEAD}(?P<post>{titles})(?P<name>{people})",
        rf"{AHEAD}(?P<name>{people})(?P<post>{titles}){LONGER}",
        *([rf"(?P<name>{long})(?P<post>{titles}){LONGER}"] if long else []),
    ]
    every = {m.span(): m for one in shapes for m in re.finditer(one, words)}
    for found in every.values():
        held = known.people[found["name"]]
        if not held or any(_same(found["post"], one) for one in held):
            continue
        better = held[0] if len(held) == 1 else None
        wrong = Message("proofreading.post", {"name": found["name"], "words": "、".join(held)})
        yield Lapse("", wrong, *found.span("post"), better)


def _same(said: str, held: str) -> bool:
    """Whether a post may be called so: by part of its name, but never a deputy as the head."""
    return (said in held or held in said) and ("副" in said) == ("副" in held)

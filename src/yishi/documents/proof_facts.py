"""Words beside decisions held against what the register says (决定, 责任人, 时限, 票数; pure).

The words are the office's own; what was decided is not theirs to say otherwise. Only what is said
in so many words is looked at, so that no remark is made about the past or about others.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import msgspec

from yishi.documents.lapses import HAN, ONES, Lapse
from yishi.procedure.verdict import Message

MEETING: Final = "会议(?:经?(?:研究|讨论|审议|表决)[，,]?)?"
VERBS: Final = {
    "reject": "不同意|不予同意|不予通过|未予通过|没有通过|否决",
    "agree_in_principle": "原则上?同意",
    "postpone": "缓议|暂缓审议",
    "adopt": "一致同意|同意|审议通过|表决通过|一致通过",
}
"""How each outcome is said; by means of (通过) is no verb of deciding when it stands alone."""

OUTCOME: Final = re.compile(
    rf"{MEETING}(?:决定|议定)?[：:，]?(?:"
    + "|".join(f"(?P<{outcome}>{said})" for outcome, said in VERBS.items())
    + ")"
)
DECIDED: Final = re.compile(rf"{MEETING}(?:决定|议定)[：:，]?(?P<said>[^。；\n]+)")

IS: Final = "(?:为|是|：|:)"
ENDS: Final = r"(?=[，。；、）\s]|$)"
OWNER: Final = re.compile(rf"责任人{IS}(?P<said>[{HAN}·]{{2,12}}?){ENDS}")
UNIT: Final = re.compile(rf"责任(?:科室|窗口|单位){IS}(?P<said>[{HAN}]{{2,20}}?){ENDS}")

DAY: Final = r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
DUE: Final = re.compile(rf"办结时限{IS}{DAY}")
DUE_BY: Final = re.compile(rf"{DAY}(?:(?:以前|之前|前)(?:办结|完成)|办结)(?!了)")

COUNT: Final = rf"(?:\d{{1,3}}|[{ONES}十]{{1,3}})"
STANCES: Final = {"赞成": "for", "同意": "for", "反对": "against", "弃权": "abstain"}
VOTES: Final = re.compile(
    rf"(?P<n>{COUNT})[票人](?P<s>赞成|同意|反对|弃权)"
    rf"|(?P<s2>赞成|同意|反对|弃权)(?P<n2>{COUNT})[票人]"
)


class Facts(msgspec.Struct, frozen=True):
    """What the register says about an item, or about all items of a meeting together."""

    outcomes: tuple[str, ...]
    decided: tuple[str, ...]
    owners: tuple[str, ...]
    units: tuple[str, ...]
    due: tuple[date, ...]
    votes: Mapping[str, int] | None = None
    """How many members took which stance; of one item only."""


def fact_lapses(words: str, facts: Facts) -> Iterator[Lapse]:
    """What the words say otherwise than the register."""
    yield from _outcomes(words, facts)
    yield from _decided(words, facts)
    yield from _named(words, OWNER, "owner", facts.owners)
    yield from _named(words, UNIT, "unit", facts.units)
    yield from _due(words, facts)
    if facts.votes is not None:
        yield from _votes(words, facts.votes)


def _outcomes(words: str, facts: Facts) -> Iterator[Lapse]:
    for found in OUTCOME.finditer(words):
        said = next(name for name in VERBS if found[name])
        if facts.outcomes and said not in facts.outcomes:
            wrong = Message("proofreading.fact_outcome", {"stands": facts.outcomes})
            yield Lapse("GW-E9", wrong, *found.span(said))


def _decided(words: str, facts: Facts) -> Iterator[Lapse]:
    """A decision in the office's words that is none of the meeting's."""
    held = [_bare(one) for one in facts.decided]
    for found in DECIDED.finditer(words):
        said = _bare(found["said"])
        if said and not any(said in one for one in held):
            wrong = Message(f"proofreading.fact_{'nowhere' if held else 'undecided'}")
            if len(held) == 1:
                wrong = Message("proofreading.fact_decided", {"stands": facts.decided[0]})
            yield Lapse("GW-E9", wrong, *found.span("said"))


def _bare(said: str) -> str:
    return re.sub(r"[\s，、：:。；]", "", said)


def _named(
    words: str, shape: re.Pattern[str], which: str, stands: tuple[str, ...]
) -> Iterator[Lapse]:
    for found in shape.finditer(words):
        if not any(found["said"].startswith(one) for one in stands):
            yield Lapse("", _stands(which, "、".join(stands)), *found.span("said"))


def _due(words: str, facts: Facts) -> Iterator[Lapse]:
    shapes = (DUE, DUE_BY) if facts.votes is not None else (DUE,)
    for found in (one for shape in shapes for one in shape.finditer(words)):
        day = (int(found["month"]), int(found["day"]))
        near = [one for one in facts.due if (one.month, one.day) == day]
        if not any(found["year"] in (None, str(one.year)) for one in near):
            days = "、".join(f"{one.year}年{one.month}月{one.day}日" for one in facts.due)
            start = found.start("year" if found["year"] else "month")
            yield Lapse("", _stands("due", days), start, found.end("day") + 1)


def _stands(which: str, stands: str) -> Message:
    if not stands:
        return Message(f"proofreading.fact_no_{which}")
    return Message(f"proofreading.fact_{which}", {"stands": stands})


def _votes(words: str, votes: Mapping[str, int]) -> Iterator[Lapse]:
    for found in VOTES.finditer(words):
        count, stance = found["n"] or found["n2"], STANCES[found["s"] or found["s2"]]
        if _number(count) != votes.get(stance, 0):
            said = {name: votes.get(name, 0) for name in ("for", "against", "abstain")}
            wrong = Message("proofreading.fact_votes", {f"n_{k}": v for k, v in said.items()})
            yield Lapse("", wrong, *found.span())


def _number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    value = (ONES.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (ONES.find(ones) + 1 if ones else 0)

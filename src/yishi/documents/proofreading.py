"""Words proof-read before they go out: what they say is nobody's business here (文字检查; pure)."""

import re
from collections.abc import Iterator
from typing import Final

from yishi.documents.lapses import HABITS, HAN, HAN_DIGITS, ONES, Lapse, arabic, is_day
from yishi.documents.proof_facts import Facts, fact_lapses
from yishi.documents.proof_levels import COUNTED, level_lapses
from yishi.documents.proof_people import Known, people_lapses
from yishi.procedure.verdict import Message
from yishi.values.text import is_erased

ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s，。；、）》”]*|(?<![\w.-])[\w.-]{1,64}@[\w.-]+", re.A
)
"""Codes that are no sentence: nothing in them is looked at."""

PAIRS: Final = {"）": "（", "》": "《", "〉": "〈", "”": "“", "’": "‘", "〕": "〔", "】": "【"}

LISTED: Final = re.compile(r"[0-9A-Za-z]）$")
"""1） and a） are marks of a list as often as a bracket that was never opened."""

SENTENCE: Final = 6
"""So many words without a mark in front of a point are a sentence rather than part of a name."""


def proofread(
    words: str, known: Known | None = None, whole: bool = True, facts: Facts | None = None
) -> tuple[Lapse, ...]:
    """Every lapse in the words, in their order, none over another.

    `whole`: the words are sentences, and the last one has to come to its end. `facts`: what stands
    beside them, which they may not say otherwise.
    """
    if is_erased(words):
        return ()
    found = [*fact_lapses(words, facts)] if facts is not None else []
    found += [*_days(words), *_years(words), *_habits(words), *_points(words), *_unpaired(words)]
    found += [*level_lapses(words), *_references(words)]
    found += _unended(words) if whole else ()
    found += people_lapses(words, known) if known is not None else ()
    taken = bytearray(len(words))
    for code in ADDRESS.finditer(words):
        taken[code.start() : code.end()] = b"\1" * len(code[0])
    apart: list[Lapse] = []
    for one in found:
        if not any(taken[one.start : one.end]):
            apart.append(one)
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return tuple(sorted(apart, key=lambda one: one.start))


def mended(words: str, lapse: Lapse) -> str:
    """The words with this one lapse put right."""
    better = words[lapse.start : lapse.end] if lapse.better is None else lapse.better
    return words[: lapse.start] + better + words[lapse.end :]


def _habits(words: str) -> Iterator[Lapse]:
    for habit in HABITS:
        for found in habit.looks.finditer(words):
            better = habit.better(found)
            if better != found[0]:
                yield Lapse(habit.number, habit.wrong, *found.span(), better)


def _points(words: str) -> Iterator[Lapse]:
    """A point between Han words: the end of a sentence, or else something a person has to know."""
    for found in re.finditer(rf"(?<=[{HAN}”》）])(?<![{ONES}十])\.(?=[{HAN}“《（])", words):
        sentence = re.search(rf"[{HAN}”》）]{{{SENTENCE}}}$", words[: found.start()])
        better = "。" if sentence else None
        yield Lapse("GW-K1", Message("proofreading.half_width"), *found.span(), better)


def _unpaired(words: str) -> Iterator[Lapse]:
    """The first bracket or quotation mark that is not closed or was not opened."""
    open_: list[int] = []
    for place, char in enumerate(words):
        if char in PAIRS.values():
            open_.append(place)
        elif open_ and PAIRS.get(char) == words[open_[-1]]:
            open_.pop()
        elif char in PAIRS and not LISTED.search(words[max(place - 1, 0) : place + 1]):
            open_.append(place)
    if open_:
        yield Lapse("GW-K6", Message("proofreading.unpaired"), open_[0], open_[0] + 1)


def _days(words: str) -> Iterator[Lapse]:
    """Days that no calendar has."""
    for found in re.finditer(r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日", words):
        # Without a year any leap year will do.
        if not is_day(int(found[1] or 2000), int(found[2]), int(found[3])):
            yield Lapse("GW-G2", Message("proofreading.no_day"), *found.span())


def _years(words: str) -> Iterator[Lapse]:
    """A year in Han digits where the same words have years in Arabic ones too.

    What is quoted or named stays as whoever wrote it has it.
    """
    if not re.search(r"(?<!\d)(?:19|20)\d\d年", words):
        return
    quoted = [one.span() for one in re.finditer("《[^》]*》|“[^”]*”", words)]
    for found in re.finditer(f"(?<![{HAN_DIGITS}])[一二][{HAN_DIGITS}]{{3}}(?=年)", words):
        if not any(start <= found.start() < end for start, end in quoted):
            better = arabic(found[0])
            yield Lapse("GW-J10", Message("proofreading.one_style"), *found.span(), better)


def _references(words: str) -> Iterator[Lapse]:
    """The number of a document before its title; where the number begins only a person knows."""
    for found in re.finditer(r"〔\d{4}〕\d+号(?:文件?)?《[^《》\n]+》", words):
        yield Lapse("GW-K8", Message("proofreading.title_first"), *found.span())


def _unended(words: str) -> Iterator[Lapse]:
    """A paragraph of sentences that stops without a mark; a heading has none."""
    begins = 0
    for line in words.split("\n"):
        said = line.rstrip()
        stops = re.search(rf"[{HAN}][，、]?$", said)
        if stops and re.search("[，；。]", said[:-1]) and not COUNTED.match(said):
            at = begins + len(said)
            start = at - (said[-1] in "，、")
            yield Lapse("GW-K7", Message("proofreading.unended"), start, at, "。")
        begins += len(line) + 1

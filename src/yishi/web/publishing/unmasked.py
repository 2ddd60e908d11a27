"""Words by which somebody may be known whose name is masked: 李局长, 建国同志 (隐去姓名以后)."""

import re
from collections.abc import Container, Iterable
from typing import Final

from yishi.procedure.state import Sitting, State
from yishi.values.text import ERASED
from yishi.web.decisions.masking import named_in

CALLED: Final = (
    "同志",
    "先生",
    "女士",
    "老师",
    "主任",
    "科长",
    "处长",
    "局长",
    "书记",
    "院长",
    "校长",
)
"""What follows a surname, or a given name, when people are spoken of."""
DOUBLE: Final = (
    *("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "长孙"),
    *("宇文", "夏侯", "令狐", "端木", "南宫", "百里", "轩辕", "呼延", "澹台", "闻人", "西门"),
)
"""Surnames of two characters."""
FEW: Final = 12
"""Places that are shown: enough to see that there are some."""


def hints(words: str, names: Iterable[str], posts: Iterable[str]) -> list[str]:
    """Where a given name stands by itself, or a surname before a title; nobody masks these."""
    titles = "|".join(map(re.escape, sorted({*CALLED, *posts}, key=len, reverse=True)))
    found: dict[str, None] = {}
    for name in (one for one in names if len(one) > 1 and ERASED not in one):
        surname, given = _parted(name)
        alone = re.escape(given) + ("" if len(given) > 1 else f"(?:{titles})")
        pattern = re.compile(f"{alone}|{re.escape(surname)}(?:{titles})")
        for hit in pattern.finditer(words):
            found[_around(words, hit)] = None
    return list(found)[:FEW]


def _parted(name: str) -> tuple[str, str]:
    """Surname and given name."""
    end = 2 if len(name) > 2 and name[:2] in DOUBLE else 1
    return name[:end], name[end:]


def named_already(
    state: State, sitting: Sitting, left_out: Container[str], masked: Iterable[str]
) -> list[str]:
    """Of those whose names are masked, who is named in a decision that is public as a whole."""
    found: dict[str, None] = {}
    names = {person: state.roster.people[person] for person in masked}
    for made in state.decided_at(sitting):
        held = made.publication
        if made.item in left_out or held is None or held.part:
            continue
        texts = (held.title, held.words, *(task.words for task in held.tasks))
        owners = {task.owner for task in held.tasks}
        found |= dict.fromkeys(p for p in names if p in owners or named_in({p: names[p]}, *texts))
    return list(found)


def _around(words: str, hit: re.Match[str]) -> str:
    begin = words.rfind("\n", 0, hit.start()) + 1
    line_end = words.find("\n", hit.end())
    end = line_end if line_end >= 0 else len(words)
    return words[max(begin, hit.start() - 8) : min(end, hit.end() + 8)]

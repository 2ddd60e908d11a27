"""Lapses that a pattern finds in words, each with what it should be (标点, 数字, 日期, 序号; pure).

GB/T 15834 and 15835 leave much to taste; what is here is only what no reading of them allows. A
lapse that is missed costs little, a remark on right words costs the trust in all the others.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

import msgspec

from yishi.procedure.verdict import Message

HAN: Final = "\u3400-\u9fff"
ONES: Final = "一二三四五六七八九"
HAN_DIGITS: Final = f"〇零{ONES}"
BEGINS: Final = r"(?:^|(?<=[，。；：]))"
"""Where a sentence or a part of one begins."""
APPROXIMATE: Final = (
    "个|天|人|次|位|家|件|户|种|份|台|遍|趟|元|米|公里|倍|岁|小时|分钟"
    "|名(?![次的])|成(?=[。，；、以左多])|年(?!级|度|代|期|制)"
)
"""What is counted by guess; two neighbours of 项, 条, 号, 处, 周 and their like are a list."""
PURE: Final = r"[.．](\d{1,4})"
MEASURES: Final = (
    "(?:%|‰|个百分点|万|亿|元|倍|平方|立方|公里|千米|厘米|毫米|米|公斤|千克|克|吨|小时|分钟"
    "|亩|升(?!级))"
)
"""What a decimal is of, so that it can be nothing else."""


class Lapse(msgspec.Struct, frozen=True):
    """Some words that are not as the standards want them."""

    number: str
    """Which requirement (GW-…); none for what the roster says."""
    wrong: Message
    start: int
    end: int
    better: str | None = None
    """The words that belong there; nothing where only a person can know."""


class Habit(msgspec.Struct, frozen=True):
    """One way of going wrong: how it looks, and what is put in its place."""

    number: str
    wrong: Message
    looks: re.Pattern[str]
    better: Callable[[re.Match[str]], str]
    """The same words where they are right after all."""


def _put(shape: str) -> Callable[[re.Match[str]], str]:
    return lambda found: found.expand(shape)


def _habit(number: str, wrong: Message, looks: str, better: str) -> Habit:
    return Habit(number, wrong, re.compile(looks, re.M), _put(better))


FULL: Final = dict(zip(",;:?!", "，；：？！", strict=True))


def _full(found: re.Match[str]) -> str:
    return FULL[found[0].rstrip()]


def _round(found: re.Match[str]) -> str:
    """Round brackets about Han words, or behind them, are full ones; others stay."""
    before = found.string[max(found.start() - 1, 0) : found.start()]
    mixed = (found[0][0] == "（") != (found[0][-1] == "）")
    about = re.search(f"[{HAN}]", found[1] + before)
    return f"（{found[1]}）" if mixed or about else found[0]


def _day(found: re.Match[str]) -> str:
    """A day in numbers, with no nought before them; what is no day stays."""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    return f"{year}年{month}月{day}日" if is_day(year, month, day) else found[0]


def _century(found: re.Match[str]) -> str:
    """A year with its century: the one that is nearer to this one."""
    return f"{20 if int(found[1]) < 70 else 19}{found[1]}年"


def _bare(found: re.Match[str]) -> str:
    """Month and day with no nought before them."""
    return re.sub(r"(?<!\d)0(?=[1-9])", "", found[0])


def _hundreds(found: re.Match[str]) -> str:
    return str(int(found[1]) * (100 if found[2] == "百" else 1000)) + found[3]


def _counted(found: re.Match[str]) -> str:
    """A number in Han digits as an Arabic one, if it can only be read in one way."""
    words = found[0].replace("两", "二")
    if re.search(f"[{ONES}][{ONES}]|[百千][{ONES}]$|十[百千]|^[百千]", words):
        return found[0]
    total, one = 0, 0
    for char in words:
        if char in ONES:
            one = ONES.index(char) + 1
        elif char in "十百千":
            total += (one or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            one = 0
    return str(total + one)


def arabic(said: str) -> str:
    """Digits in Han as Arabic ones, each by itself: 二〇二六 is 2026."""
    return "".join(str(max(0, HAN_DIGITS.index(char) - 1)) for char in said)


def tens(said: str) -> int:
    """A number below a hundred: 十五 is 15."""
    before, ten, ones = said.rpartition("十")
    value = (ONES.index(before) + 1 if before else 1) * 10 if ten else 0
    return value + (ONES.index(ones) + 1 if ones else 0)


def _about(found: re.Match[str]) -> str:
    """Two digits that follow on each other are a guess at a number: no mark stands between."""
    first, second = (
        ONES.find(d) if d in ONES else int(d) - 1 for d in (found["one"], found["two"])
    )
    # 一、二 are a list as often; and where 二、 stands ahead, 三、 is the next mark of one.
    before = ONES[first - 1] if found["one"] in ONES else str(first)
    listed = not first or f"{before}、" in _ahead(found)
    if second != first + 1 or second > 8 or listed:
        return found[0]
    return f"{found['ten'] or ''}{ONES[first]}{ONES[second]}"


def _ahead(found: re.Match[str]) -> str:
    """What stands ahead of it in its line."""
    return found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_K1 = Message("proofreading.half_width")
_LEVEL = Message("proofreading.level")
_DAY = Message("proofreading.day_form")

LEVELS: Final = (
    _habit(
        "GW-D4",
        Message("proofreading.number_brackets"),
        rf"(?:(?<=[{HAN}])[(（]|[\[【［])(\d{{4}})[)）\]】］]第?0*([1-9]\d*)号",
        r"〔\1〕\2号",
    ),
    _habit(
        "GW-D4",
        Message("proofreading.number_bare"),
        r"(?<=〕)(?:第0*|0+)([1-9]\d*)号",
        r"\1号",
    ),
    Habit(
        "GW-J2",
        Message("proofreading.number_digits"),
        re.compile(f"(?<=〔)[一二][{HAN_DIGITS}]{{3}}(?=〕)"),
        lambda found: arabic(found[0]),
    ),
    Habit(
        "GW-J2",
        Message("proofreading.number_digits"),
        re.compile(f"(?<=〕)(?:[{ONES}]?十[{ONES}]?|[{ONES}])(?=号)"),
        lambda found: str(tens(found[0])),
    ),
    _habit("GW-E6", _LEVEL, rf"^([{ONES}十]{{1,3}})[.．,，](?=[{HAN}])", r"\1、"),
    _habit("GW-E6", _LEVEL, rf"^(\d{{1,2}})、(?=[{HAN}])", r"\1."),
    _habit("GW-E6", _LEVEL, rf"^(\d{{1,2}})[)）](?=[{HAN}])", r"（\1）"),
    _habit("GW-E6", _LEVEL, rf"^\((\d{{1,2}})\)(?=[{HAN}])", r"（\1）"),
    _habit(
        "GW-K3",
        _LEVEL,
        rf"{BEGINS}[（(]([{ONES}十\d]+)[）)][、，：:.．](?=[{HAN}])(?!第)",
        r"（\1）",
    ),
    _habit("GW-K3", _LEVEL, rf"{BEGINS}([①-⑳])[、，：:.．](?=[{HAN}])", r"\1"),
    _habit("GW-K3", _LEVEL, rf"^([{ONES}十]{{1,3}}、|\d{{1,2}}[.．])[，、.．](?=[{HAN}])", r"\1"),
    _habit(
        "GW-K3",
        Message("proofreading.ordinal_bare"),
        rf"{BEGINS}([{ONES}十]{{1,3}}是)[，,、：:](?=[{HAN}])",
        r"\1",
    ),
    _habit(
        "GW-K3",
        Message("proofreading.ordinal_comma"),
        rf"{BEGINS}(第[{ONES}十]{{1,3}})、(?=[{HAN}])(?![第{ONES}十])",
        r"\1，",
    ),
    _habit(
        "GW-K3",
        Message("proofreading.ordinal_word"),
        rf"{BEGINS}(首先|其次|再次|最后|其[{ONES}])、(?=[{HAN}])(?!首先|其次|再次|最后|其[{ONES}])",
        r"\1，",
    ),
)

MARKS: Final = (
    _habit(
        "GW-K4",
        Message("proofreading.ellipsis"),
        rf"(?<=[{HAN}])(?:\.{{3,6}}|。{{3,6}})|(?<!…)…(?!…)",
        "……",
    ),
    _habit("GW-K4", Message("proofreading.ellipsis_etc"), r"……等(?=[，。；、）]|$)", "等"),
    _habit("GW-K4", Message("proofreading.dash"), rf"(?<=[{HAN}])--+(?=[{HAN}])", "——"),
    _habit("GW-K2", Message("proofreading.between_titles"), "》、《", "》《"),
    _habit("GW-K2", Message("proofreading.between_quotes"), "”、“", "”“"),
    _habit("GW-K7", Message("proofreading.doubled"), r"([，、；：])\1+", r"\1"),
    _habit(
        "GW-K7", Message("proofreading.doubled"), "[，、；：]{1,3}。(?!。)|(?<!。)。。(?!。)", "。"
    ),
    _habit("GW-K7", Message("proofreading.doubled"), "([？！])。", r"\1"),
    _habit(
        "GW-K6",
        Message("proofreading.inner_title"),
        r"《([^《》\n]*)《([^《》\n]*)》(?=[^《》\n]*》)",
        r"《\1〈\2〉",
    ),
    _habit(
        "GW-K6",
        Message("proofreading.inner_quote"),
        r"“([^“”‘’\n]*)“([^“”\n]*)”(?=[^“”\n]*”)",
        r"“\1‘\2’",
    ),
    _habit("GW-K1", _K1, rf'"(?=[^"\n]*[{HAN}])([^"\n“”]*)"', r"“\1”"),
    Habit("GW-K1", _K1, re.compile(r"[（(]([^（）()\n]*)[)）]"), _round),
    Habit(
        "GW-K1",
        _K1,
        re.compile(rf"(?<=[{HAN}”》）])[,;:?!] *|(?<=[\d%])[,;?!] *(?=[{HAN}])"),
        _full,
    ),
    _habit("GW-K1", _K1, rf"(?<=[{HAN}”》）])\.$", "。"),
)

NUMBERS: Final = (
    Habit(
        "GW-G2",
        _DAY,
        re.compile(
            r"(?<![A-Za-z0-9./-])(?P<year>20\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"
            r"(?![A-Za-z0-9./-])"
        ),
        _day,
    ),
    Habit("GW-G2", _DAY, re.compile(r"(?<!\d)\d{1,2}月(?:\d{1,2}日)?"), _bare),
    Habit(
        "GW-J5",
        Message("proofreading.year_short"),
        re.compile(
            r"(?<![\d第近约时期达满龄])(\d\d)年(?=(?:1[0-2]|0?[1-9])月(?!以[上下内]|之久|有余))"
        ),
        _century,
    ),
    Habit(
        "GW-J5",
        Message("proofreading.year_nought"),
        re.compile(f"[一二][{ONES}〇零○OО]{{3}}(?=年)"),
        lambda found: re.sub("[零○OО]", "〇", found[0]),
    ),
    Habit(
        "GW-J3",
        Message("proofreading.about"),
        re.compile(
            rf"(?<=[{HAN}，（“])(?<![第项题条款章节{ONES}十])"
            rf"(?P<ten>[{ONES}]?十)?(?P<one>[{ONES}]|[1-9])、(?P<two>[{ONES}]|[1-9])"
            rf"(?=(?(ten)|[十百千万亿]{{0,2}})(?:{APPROXIMATE}))"
        ),
        _about,
    ),
    Habit(
        "GW-J1",
        Message("proofreading.counted"),
        re.compile(
            rf"(?<![数几上第万亿点之两零{ONES}十百千])[两零{ONES}十百千]{{2,}}"
            "(?=(?:万元|亿元|元|平方米|公里|%))"
        ),
        _counted,
    ),
    _habit(
        "GW-J6",
        Message("proofreading.range_unit"),
        r"(?<![\d.%-])(\d+(?:\.\d+)?)[～~—–-](\d+(?:\.\d+)?)%",
        r"\1%～\2%",
    ),
    _habit("GW-J6", Message("proofreading.range_mark"), r"(?<=\d)~(?=\d)", "～"),
    _habit(
        "GW-J7",
        Message("proofreading.decimal"),
        rf"(?<=[{HAN}])(?<![{ONES}十]){PURE}(?={MEASURES}|的)"
        rf"|(?:^|(?<=[，。；：、（“+±～~—-])|(?<=[{HAN}] )){PURE}(?={MEASURES})"
        r"|(?<=[占达为约长降低高升是到至超过（])[.．](\d{1,3})(?![\d.．A-Za-z])",
        r"0.\1\2\3",
    ),
    Habit(
        "GW-J9",
        Message("proofreading.hundreds"),
        re.compile(r"(?<![\d.,])(\d{1,3})([百千])(万?)(?=元|人)"),
        _hundreds,
    ),
)

HABITS: Final = (*LEVELS, *MARKS, *NUMBERS)

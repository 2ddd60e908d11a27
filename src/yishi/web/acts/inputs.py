"""What stands in a form for each field of an act, and how what was typed is read."""

import re
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import msgspec

from yishi.procedure.convening import MOST_MINUTES
from yishi.procedure.followup import Step
from yishi.procedure.verdict import Citation
from yishi.procedure.voting import TaskDraft
from yishi.register.initials import readings
from yishi.values.text import NONCHARACTERS

Typed = Mapping[str, list[str]]
"""What was typed, as a form sends it: several values under one name."""

LONGEST_CHARTER: Final = 200_000
"""Characters that a text of rules may have."""

LONGEST: Final = {"title": 200, "suggested": 200, "line": 200}
"""Characters that stand on one line of a list; words written at length may have more."""

WORDS: Final = 20_000


LETTERED: Final = ("owner", "person", "member", "rapporteur", "to", "unit", "counter", "lead_unit")
"""Fields that name a person or a unit; first letters find them in the list."""


class Choice(msgspec.Struct, frozen=True):
    """One value to choose, and what a person reads for it."""

    value: str
    label: str
    hint: str = ""

    @property
    def letters(self) -> str:
        """The first letters of a name, by which the keyboard finds it; two readings: `cjg zjg`."""
        return " ".join(readings(self.label))


class Input(msgspec.Struct):
    """One field of a form, with what was typed and what is wrong with it."""

    name: str
    kind: str
    label: str
    required: bool
    hint: str = ""
    demanded: Citation | None = None
    """The clause that wants it, where the act itself could do without."""
    choices: tuple[Choice, ...] = ()
    values: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    error: str = ""
    wrong: tuple[int, ...] = ()  # the places, of rows, at which the error is
    stands: str | None = None
    """What somebody else has put there since, in words, where that is not what was typed."""

    @property
    def lettered(self) -> bool:
        """Whether people or units are chosen here: each then stands behind its first letters."""
        return self.kind == "choice" and self.name in LETTERED

    @property
    def longest(self) -> int:
        """Characters that may be typed."""
        return LONGEST.get(self.kind, WORDS)

    @property
    def value(self) -> str:
        """The one value typed; empty when none was."""
        return self.values[0] if self.values else ""

    @property
    def amiss(self) -> tuple[int, ...]:
        """The places, of what was typed for an agenda, at which minutes are none."""
        said = enumerate(self.values) if self.kind == "plan" and self.error else ()
        return tuple(place for place, value in said if not fit(value))

    @property
    def filled(self) -> tuple[dict[str, str], ...]:
        """The rows typed, and empty ones to go on in."""
        return (*self.rows, *({} for _ in range(max(2, 3 - len(self.rows)))))


class Unreadable(ValueError):  # noqa: N818
    """What was typed cannot be read; `args[0]` is the message id that says so."""


def kind_of(field: msgspec.structs.FieldInfo) -> str:
    """The kind of input for a field, from its type and, where that is not enough, its name."""
    named = _BY_NAME.get(field.name)
    return named or _of_type(field.type)


def _of_type(kind: Any) -> str:
    origin, args = get_origin(kind), get_args(kind)
    if hasattr(kind, "__metadata__"):
        return _annotated(kind)
    if origin in (Union, types.UnionType):
        inner = [a for a in args if a is not type(None)]
        return "judged" if inner == [bool] else _of_type(inner[0])
    if origin is Literal:
        return "radio"
    if origin is tuple:
        return _several(args[0])
    return {bool: "flag", int: "number", date: "day", datetime: "moment"}.get(kind, "line")


def _annotated(kind: Any) -> str:
    if kind.__origin__ is int:
        return "number"
    if get_origin(kind.__origin__) is tuple:
        return _several(get_args(kind.__origin__)[0])
    metas = [m for m in kind.__metadata__ if isinstance(m, msgspec.Meta)]
    if any((m.extra or {}).get("sealed") for m in metas):
        return "words"
    return "choice" if any(m.max_length == 64 for m in metas) else "line"


def _several(kind: Any) -> str:
    if kind is TaskDraft:
        return "drafts"
    if kind is Step:
        return "steps"
    if kind is date:
        return "days"
    return "checks"


_BY_NAME: Final = {
    "title": "title",
    "called": "title",
    "post": "suggested",
    "items": "agenda",
    "durations": "plan",
    "edition": "carried",
    "answer": "carried",
    "text": "charter",
    "period": "choice",
    "continues": "old",
    "ends": "old",
    "ref": "line",
    "paper": "line",
}
"""Fields whose type does not say how they are filled in."""

ROWS: Final = {
    "drafts": ("words", "unit", "counter", "owner", "due_on"),
    "steps": ("by", "words"),
}
"""Inputs that hold several rows, and the columns of each."""


MOST_ROWS: Final = 60
"""Rows that a form takes at once."""

MOST_SHOWN: Final = 1000
"""Rows that it shows again, so that nothing is lost that was too much."""


def typed(kind: str, name: str, data: Typed) -> tuple[tuple[str, ...], tuple[dict[str, str], ...]]:
    """What was typed for an input: its values, or its rows."""
    if kind in ROWS:
        return (), _rows(kind, name, data)
    if kind == "agenda":
        return _ordered(name, data), ()
    if kind == "plan":
        return tuple("".join(data.get(f"{name}.{i}", [])) for i in _ordered("items", data)), ()
    if kind == "words" and data.get(f"{name}.phrase"):
        return ("".join((*data.get(name, ()), *data[f"{name}.phrase"])),), ()
    if kind == "old":
        return (*data.get(name, ()), *_chosen(name, data)), ()
    return tuple(v for v in data.get(name, ())), ()


def _rows(kind: str, name: str, data: Typed) -> tuple[dict[str, str], ...]:
    columns = [data.get(f"{name}.{column}", []) for column in ROWS[kind]]
    height = max((len(c) for c in columns), default=0)
    rows = [
        {
            column: (values[n].strip() if n < len(values) else "")
            for column, values in zip(ROWS[kind], columns, strict=True)
        }
        for n in range(min(height, MOST_SHOWN))
    ]
    return tuple(row for row in rows if any(row.values()))


def _chosen(name: str, data: Typed) -> tuple[str, ...]:
    """The old tasks for which this was chosen, each in a choice of its own (`old.…`)."""
    said = ((key.partition(".")[2], values) for key, values in data.items() if key[:4] == "old.")
    return tuple(task for task, values in said if name in values)


def _ordered(name: str, data: Typed) -> tuple[str, ...]:
    """The items that have a place, by the place typed beside each."""
    chosen = [(_place(data, name, one), n, one) for n, one in enumerate(data.get(name, ()))]
    return tuple(one for _, _, one in sorted(chosen))


def _place(data: Typed, name: str, one: str) -> int:
    said = "".join(data.get(f"{name}.place.{one}", [])).strip()
    return int(said) if said.isdecimal() and len(said) < 6 else 999


def read(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    """The value of an input for the act; None where nothing was typed. Raises `Unreadable`."""
    return READERS.get(one.kind, _one)(one, zone, new)


def _one(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    said = one.value.replace("\r\n", "\n").strip()
    if not said:
        return None
    if one.choices and one.kind != "suggested" and said not in {c.value for c in one.choices}:
        raise Unreadable("form.not_a_choice")
    if len(said) > one.longest:
        raise Unreadable("form.too_long")
    if spoilt(said):
        raise Unreadable("form.control")
    return said


def spoilt(said: str) -> bool:
    """Whether words hold what nobody sees, or what turns them round for the eye."""
    return bool(_CONTROL.search(said) or _UNSEEN.search(said))


_UNSEEN: Final = re.compile(
    r"[\u202a-\u202e\u2066-\u2069]|\A[\s\u200b-\u200f\u2060-\u2064\u00ad]+\Z"
)
"""What turns words round for the eye, and words of which the eye sees nothing."""

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ufeff\ud800-\udfff\ufffc" + NONCHARACTERS + "]"
)


def _source(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    """A whole text of rules: as long as a charter may be, lines as they are."""
    said = one.value.replace("\r\n", "\n").strip()
    if len(said) > LONGEST_CHARTER or _CONTROL.search(said):
        one.values = ("",) if "\x00" in said else one.values
        raise Unreadable("form.no_text")
    return said + "\n" if said else None


def _many(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    known = {c.value for c in one.choices}
    chosen = [v for v in dict.fromkeys(one.values) if v]
    if any(v not in known for v in chosen):
        raise Unreadable("form.not_a_choice")
    return chosen


def _judged(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    return {"yes": True, "no": False}.get(one.value)


def _flag(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    return bool(one.value)


def _number(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    said = one.value.strip()
    if not said:
        return None
    if not said.isdecimal() or len(said) > 9:
        raise Unreadable("form.not_a_number")
    return int(said)


def _plan(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    """Minutes for each item in its order, 0 where none are planned; none at all, nothing."""
    if not all(fit(value) for value in one.values):
        raise Unreadable("form.minutes_amiss")
    said = [value.strip() or "0" for value in one.values]
    return [int(value) for value in said] if any(int(value) for value in said) else []


def fit(minutes: str) -> bool:
    """Whether this may be planned for an item; nothing may, too."""
    said = minutes.strip() or "0"
    return said.isdecimal() and len(said) < 4 and int(said) <= MOST_MINUTES


def _day(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    return day_of(one.value) if one.value.strip() else None


def day_of(said: str) -> str:
    """A day as it was typed, ISO or Chinese, as ISO. Raises `Unreadable`."""
    found = _DAY.fullmatch(said.strip())
    try:
        if found is not None:
            return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        pass
    raise Unreadable("form.not_a_day")


_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def _moment(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    said = one.value.strip()
    if not said:
        return None
    day, _, clock = said.replace("T", " ").partition(" ")
    found = _CLOCK.fullmatch(clock.strip())
    if found is None:
        raise Unreadable("form.not_a_time")
    hour, minute = int(found.group(1)), int(found.group(2))
    if hour > 23 or minute > 59:
        raise Unreadable("form.not_a_time")
    on = date.fromisoformat(day_of(day))
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone).isoformat()


_CLOCK: Final = re.compile(r"(\d{1,2})[:：](\d{2})(?::\d{2})?")


def _days(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    return [day_of(said) for said in re.split(r"[\s,，、;；]+", one.value.strip()) if said]


def _drafts(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    made = []
    _enough(one)
    for row in one.rows:
        if not row["words"]:
            raise Unreadable("form.row_without_words")
        draft = {key: value for key, value in row.items() if value}
        if "due_on" in draft:
            draft["due_on"] = day_of(draft["due_on"])
        made.append({"task": new("task"), **draft})
    return made


def _enough(one: Input) -> None:
    if len(one.rows) > MOST_ROWS:
        raise Unreadable("form.too_many_rows")
    said = "\n".join(value for row in one.rows for value in row.values())
    if spoilt(said):
        raise Unreadable("form.control")


def _steps(one: Input, zone: ZoneInfo, new: Callable[[str], str]) -> Any:
    _enough(one)
    for row in one.rows:
        if not row["words"] or not row["by"]:
            raise Unreadable("form.step_incomplete")
    return [{"by": day_of(row["by"]), "words": row["words"]} for row in one.rows]


READERS: Final[dict[str, Callable[[Input, ZoneInfo, Callable[[str], str]], Any]]] = {
    "charter": _source,
    "checks": _many,
    "old": _many,
    "agenda": _many,
    "plan": _plan,
    "carried": lambda one, *by: (_number if one.value.isdecimal() else _one)(one, *by),
    "judged": _judged,
    "flag": _flag,
    "number": _number,
    "day": _day,
    "moment": _moment,
    "days": _days,
    "drafts": _drafts,
    "steps": _steps,
}
"""How each kind of input is read; all others are one text."""

"""How an office works and what it says, as data: rates, words, names (the YAML files beside)."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

T = TypeVar("T")


class TaskWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A matter to be carried out: what, in how many days, and whether a counter carries it."""

    words: str
    days: int = 14
    counter: bool = False


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something an office brings before a meeting, with all that is said about it."""

    matter: str
    title: str
    content: str = ""
    proposal: str = ""
    decision: str = ""
    sections: tuple[str, ...] = ()
    """Parts of the names of sections it suits; others bring it where there is none such."""
    months: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    tasks: tuple[TaskWords, ...] = ()
    paper: str = ""
    progress: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every word of the simulated office."""

    topics: tuple[Topic, ...]
    slots: dict[str, tuple[str, ...]]
    """What fills the braces of a topic, beside the office's own units and the time."""
    said: dict[str, tuple[str, ...]]
    """Sentences by occasion; `said.for`, `said.leave` …"""


class Chances(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often something happens, in percent of the times it could."""

    wrong_door: int
    bare_form: int
    returned: int
    put_off: int
    refused: int
    withdrawn: int
    second_paper: int
    joint: int
    gap: int
    off_day: int
    late_notice: int
    moved: int
    called_off: int
    extra: int
    read: int
    leave: int
    leave_refused: int
    absent: int
    late: int
    early: int
    guest: int
    forgotten: int
    """Something an act needs is left out at first, so that it is refused and done again."""
    contested: int
    divided: int
    opposed: int
    by_secretary: int
    differing: int
    passed: int
    recused: int
    floor: int
    declined: int
    spot: int
    note: int
    corrected: int
    drafted: int
    unset: int
    report: int
    checked: int
    reminded: int
    reported_up: int
    slow: int
    adjusted: int
    adjustment_refused: int
    sent_back: int
    stranger: int
    published: int
    erased: int
    stood_in: int
    worded: int
    closing: int
    moved_up: int
    circulated: int
    looked_through: int
    signed_off: int
    remarked: int
    agreed: int
    not_taken: int
    delivered: int
    acknowledged: int
    miscounted: int
    drafted_first: int
    dropped: int
    excerpted: int
    entered: int
    """The secretary enters a decision, and the chair sets the entry right."""
    recess: int
    mistaken: int
    on_paper: int
    back_soon: int
    made_public: int
    not_public: int
    taken_down: int
    name_masked: int
    excerpt_told: int
    archived: int


class Habits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the office is in the habit of working."""

    items: dict[str, tuple[int, int]]
    """By rhythm (`month`, `week`): fewest and most items handed in for one sitting."""
    ahead: dict[str, tuple[int, int]]
    """By rhythm: how many days before the sitting items are handed in, latest and earliest."""
    convened: dict[str, int]
    """By rhythm: how many days ahead the meeting is called."""
    hour: int
    afternoon: int
    verbs_noted: tuple[str, ...]
    personnel: tuple[str, ...]
    """Matters at which somebody concerned keeps out."""
    stock: dict[str, str]
    """A matter that the vocabulary lacks speaks in the words of another, by the scope's verb."""
    moods: dict[str, tuple[int, int]]
    """Of a hundred speakers: how many are for it, and how many are for it or against it."""
    weight: dict[str, int]
    """How many times likelier than others an item of the matter is."""
    chance: Chances


class OfficeNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What other offices are made of: names of people, sections and counters."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    counters: tuple[tuple[str, str], ...]
    holders: dict[str, tuple[int, int]]
    """Key of a post in the charters' headers → fewest and most holders."""
    head: str
    """Key of the post that each section has one holder of."""
    seconded: tuple[str, ...]
    """Keys of posts whose holders are staff of the secretariat."""
    secretariat: str
    clerk: str
    counter_head: str


class YearDays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One year's holiday notice."""

    holidays: tuple[date, ...]
    workdays: tuple[date, ...] = ()


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holiday notices that are out, and the days that are off every year by standing law."""

    confirmed: dict[str, YearDays]
    always: tuple[str, ...]
    """`MM-DD`: nobody calls a meeting then, also in years whose notice is not out."""


@cache
def habits() -> Habits:
    """The shipped habits."""
    return _read("habits", Habits)


@cache
def vocabulary() -> Vocabulary:
    """The shipped words; a topic that lacks sentences takes those of its kind."""
    return _read("words", Vocabulary)


@cache
def office_names() -> OfficeNames:
    """The shipped names for offices made up."""
    return _read("names", OfficeNames)


@cache
def days() -> Days:
    """The shipped holiday notices."""
    return _read("days", Days)


def _read(name: str, kind: type[T]) -> T:
    text = Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    data: Any = yaml.safe_load(text)
    return msgspec.convert(data, kind, strict=False)

"""How each format of a placeholder turns a value into words (pure).

A placeholder is `{name}`, `{name:format}` or `{name:format.table}`; the last says where the
words stand, as in `{now:state.item}`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final, Protocol

from yishi.procedure.bringing import BEFORE
from yishi.procedure.seats import RELATIONS
from yishi.values.text import ERASED
from yishi.wording.names import Names

LONGEST: Final = 40
"""Characters of somebody's words that a sentence repeats."""


class Words(Protocol):
    """What a format needs of the catalogue."""

    def word(self, table: str, key: str) -> str:
        """The word for a key of a table."""

    def text(self, id: str, /, **params: Any) -> str:  # noqa: A002
        """A text by its id."""


Format = Callable[[Words, Names, Any, str], str]
One = Callable[[Words, Names, Any], str]


def listed(values: Any) -> tuple[Any, ...]:
    """One value or several, as several."""
    return tuple(values) if isinstance(values, tuple | list) else (values,)


def joined(words: Words, parts: Iterable[str], either: bool = False) -> str:
    """The parts as a list, each once; `either` puts "or" before the last."""
    found = list(dict.fromkeys(parts))
    comma = words.word("shapes", "join")
    if not either or len(found) < 2:
        return _in_a_row(words, found, comma)
    return _in_a_row(words, found[:-1], comma) + words.word("shapes", "either") + found[-1]


def _in_a_row(words: Words, parts: Sequence[str], comma: str) -> str:
    """The parts with a comma between; titles and quotations take none where a language says so."""
    marks = words.word("shapes", "unparted")
    bare = {marks[n : n + 2] for n in range(0, len(marks), 2)}
    said = "".join(parts[:1])
    for before, after in pairwise(parts):
        said += after if before[-1:] + after[:1] in bare else comma + after
    return said


def _each(one: One, either: bool = False) -> Format:
    def several(words: Words, names: Names, value: Any, table: str) -> str:
        return joined(words, (one(words, names, v) for v in listed(value)), either)

    return several


def _worded(table: str) -> Format:
    return _each(lambda words, names, value: words.word(table, str(value)))


def _plain(words: Words, names: Names, value: Any, table: str) -> str:
    return joined(words, (str(v) for v in listed(value)))


def _phrases(words: Words, names: Names, value: Any, table: str) -> str:
    return words.word("shapes", "phrases").join(str(v) for v in listed(value))


def _state(words: Words, names: Names, value: Any, table: str) -> str:
    found = (words.word(f"states.{table}", str(v)) for v in listed(value))
    return joined(words, found, either=True)


def _value_kind(words: Words, names: Names, value: Any, table: str) -> str:
    kinds = [kind for kind in str(value).split(" | ") if kind != "null" or value == "null"]
    return joined(words, (words.word("value_kinds", kind) for kind in kinds), either=True)


def _fault(words: Words, names: Names, value: Any, table: str) -> str:
    return words.text(str(value))


def _titled(words: Words, title: str, shape: str) -> str:
    if title == ERASED:
        return title
    short = title if len(title) <= LONGEST else title[:LONGEST] + words.word("shapes", "missing")
    return words.word("shapes", shape).format(words=_within(words, short, shape))


def _within(words: Words, said: str, shape: str) -> str:
    """The words as they stand in quotation marks: the same marks inside become the inner ones."""
    return within(said, words.word("shapes", f"within_{shape}"))


def within(said: str, marks: str) -> str:
    """Words for the inside of a pair of marks: `marks` are the outer pair and the inner one.

    Marks within marks take turns, however deep they stand; a mark closes only what one of its own
    kind opened, and one that closes nothing stays: an apostrophe looks like one.
    """
    found, opened = [], list[int]()
    for char in said:
        place = marks.find(char)
        if place in (0, 2):
            char = marks[0 if len(opened) % 2 else 2]
            opened.append(place)
        elif opened and place == opened[-1] + 1:
            opened.pop()
            char = marks[1 if len(opened) % 2 else 3]
        found.append(char)
    return "".join(found)


def _quoted(words: Words, names: Names, value: Any, table: str) -> str:
    """Somebody's words in quotation marks, whole."""
    return words.word("shapes", "quoted").format(words=_within(words, str(value), "quoted"))


def _item(words: Words, names: Names, key: Any) -> str:
    item = names.state.items.get(key)
    return _titled(words, item.title, "title") if item else str(key)


def _task(words: Words, names: Names, key: Any) -> str:
    task = names.state.tasks.get(key)
    return _titled(words, task.words, "quoted") if task else str(key)


def _adjustment(words: Words, names: Names, key: Any) -> str:
    """What a change was asked of: its task."""
    asked = names.state.adjustments.get(key)
    return _task(words, names, asked.task) if asked else str(key)


def _decision(words: Words, names: Names, key: Any) -> str:
    decision = names.state.decisions.get(key)
    if decision is None:
        return str(key)
    return words.word("shapes", "decision").format(item=_item(words, names, decision.item))


def _sitting(words: Words, names: Names, key: Any) -> str:
    sitting = names.state.sittings.get(key)
    if sitting is None:
        return str(key)
    body = names.body(sitting.body)
    if sitting.kind == BEFORE:
        shape = words.word("shapes", "sitting_before" if sitting.number else "sitting_before_day")
        day = on_day(words, sitting.starts_at)
        return shape.format(body=body, year=sitting.year, number=sitting.number, day=day)
    if sitting.number:
        shape = words.word("shapes", "sitting")
        return shape.format(body=body, year=sitting.year, number=sitting.number)
    day = on_day(words, sitting.starts_at)
    return words.word("shapes", "sitting_ahead").format(body=body, day=day)


def _bring(words: Words, names: Names, key: Any) -> str:
    """What the notice of a meeting asks of those who come, as it goes on a sentence; else nothing.

    Looked up when it is told: a message keeps no words, so that none outlive their erasure.
    """
    sitting = names.state.sittings.get(key)
    if sitting is None or sitting.bring is None or sitting.bring == ERASED:
        return ""
    return words.word("shapes", "bring").format(words=" ".join(sitting.bring.split()))


def _subject(words: Words, names: Names, key: Any) -> str:
    """What something is about, whatever kind of thing that is."""
    for known, one in (
        (names.state.items, _item),
        (names.state.sittings, _sitting),
        (names.state.tasks, _task),
        (names.state.decisions, _decision),
    ):
        if key in known:
            return one(words, names, key)
    return str(key)


def _posting(words: Words, names: Names, key: Any) -> str:
    asked = names.state.postings.get(key)
    if asked is None:
        return str(key)
    unit = names.unit(asked.unit) if asked.unit else ""
    return words.word("shapes", f"posting_{asked.change}").format(
        person=names.person(asked.person), post=placed(unit, asked.post)
    )


def _seat(words: Words, names: Names, key: Any) -> str:
    seat = str(key)
    if seat in RELATIONS or seat == "anyone":
        return words.word("seats", seat)
    post, _, place = seat.partition("@")
    held = names.post(post) or post
    if not place:
        return held
    unit = names.office(place) or words.word("places", place)
    if post == "staff":
        return words.word("shapes", "staff").format(unit=unit)
    shape = words.word("shapes", "post")
    if shape == "{unit}{post}":
        return placed(unit, held)
    return shape.format(unit=unit, post=held)


def placed(unit: str, post: str) -> str:
    """A post with its unit before it; a word that ends the one and begins the other stands once.

    One character is no word: it stands twice.
    """
    return unit + post[_overlap(unit, post) :]


def _overlap(before: str, after: str) -> int:
    """How many characters, two at least, end one word and begin the next."""
    sizes = range(min(len(before), len(after)), 1, -1)
    return next((size for size in sizes if before.endswith(after[:size])), 0)


def _moment(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def on_day(words: Words, value: Any) -> str:
    """A day in words."""
    return _dated(words, value, "date")


def at_time(words: Words, value: Any) -> str:
    """A day and time in words, on the clock that the value itself carries."""
    return _dated(words, value, "datetime" if isinstance(_moment(value), datetime) else "date")


def on_clock(value: Any) -> str:
    """Hour and minute of a time, on the clock that it carries itself."""
    moment = _moment(value)
    return f"{moment:%H:%M}" if isinstance(moment, datetime) else str(value)


def _dated(words: Words, value: Any, shape: str) -> str:
    moment = _moment(value)
    if moment is None:
        return str(value)
    return words.word("shapes", shape).format(
        year=moment.year,
        month=moment.month,
        name=words.word("months", str(moment.month)),
        day=moment.day,
        hour=getattr(moment, "hour", 0),
        minute=getattr(moment, "minute", 0),
    )


def in_period(words: Words, value: Any) -> str:
    """A month or an ISO week in words: `2026-08`, `2026-W33`."""
    year, _, rest = str(value).partition("-")
    number = rest.removeprefix("W")
    if not (year.isdecimal() and number.isdecimal()):
        return str(value)
    if rest.startswith("W"):
        return words.word("shapes", "week").format(year=int(year), week=int(number))
    month = int(number)
    name = words.word("months", str(month))
    return words.word("shapes", "month").format(year=int(year), month=month, name=name)


def _weekday(words: Words, names: Names, value: Any) -> str:
    moment = None if isinstance(value, int) else _moment(value)
    return words.word("weekdays", str(moment.isoweekday() if moment else value))


def _body(words: Words, names: Names, value: Any) -> str:
    return names.body(str(value))


def _people(words: Words, names: Names, value: Any, table: str) -> str:
    """Each person once; two of one name are two."""
    keys = dict.fromkeys(str(key) for key in listed(value))
    return _in_a_row(words, [names.person(key) for key in keys], words.word("shapes", "join"))


_UNIT: Final = _each(lambda words, names, key: names.unit(str(key)))

FORMATS: Final[dict[str, Format]] = {
    "plain": _plain,
    "list": _plain,
    "phrases": _phrases,
    "quoted": _quoted,
    "person": _people,
    "people": _people,
    "unit": _UNIT,
    "units": _UNIT,
    "body": _each(_body),
    "bodies": _each(_body, either=True),
    "matter": _each(lambda words, names, key: names.matter(str(key))),
    "item": _each(_item),
    "items": _each(_item),
    "task": _each(_task),
    "adjustment": _each(_adjustment),
    "decision": _each(_decision),
    "decisions": _each(_decision),
    "sitting": _each(_sitting),
    "bring": _each(_bring),
    "subject": _each(_subject),
    "posting": _each(_posting),
    "seats": _each(_seat, either=True),
    "posts": _each(_seat),
    "state": _state,
    "fault": _fault,
    "date": _each(lambda words, names, value: on_day(words, value)),
    "datetime": _each(lambda words, names, value: at_time(words, value)),
    "clock": _each(lambda words, names, value: on_clock(value)),
    "period": _each(lambda words, names, value: in_period(words, value)),
    "weekday": _each(_weekday),
    "act": _worded("acts"),
    "event": _worded("events"),
    "half": _worded("halves"),
    "value_kind": _value_kind,
    "fields": _worded("fields"),
    "stance": _worded("stances"),
    "numbering": _worded("numberings"),
    "face": _worded("face_roles"),
    "outcome": _worded("outcomes"),
    "base": _worded("bases"),
    "share": _worded("shares"),
    "parts": _worded("parts"),
    "contents": _worded("contents"),
    "thing": _worded("things"),
    "topic": _worded("topics"),
    "practice": _worded("practices"),
    "minutes_steps": _worded("minutes_steps"),
}
"""Every format by the name that the catalogue's texts write."""

"""The cast of a case: an institution set up, its charters enacted (given)."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from yishi.cases.misfit import explained
from yishi.cases.model import Cast
from yishi.cases.tree import Faulty, Tree, read_tree
from yishi.charter.reader import read
from yishi.chronicle.history import History
from yishi.procedure.act import Deed
from yishi.procedure.charters import (
    GENERAL,
    CalendarConfirmed,
    CharterEnacted,
    EnactCharter,
    InstitutionFounded,
)
from yishi.procedure.verdict import Accepted, Message, Rejected
from yishi.roster.events import PersonEntered, PostFilled, UnitOpened


def read_file(path: Path) -> str:
    """The text of a file; raises `Faulty` when it cannot be read as UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Faulty(str(path), 0, Message("case.no_file")) from error
    except IsADirectoryError as error:
        raise Faulty(str(path), 0, Message("case.a_folder")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Faulty(str(path), 0, Message("case.unreadable")) from error


def convert(tree: Tree, data: Any, kind: Any, *path: str | int) -> Any:
    """Plain data as a value of a kind; raises `Faulty` at the line that does not fit."""
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as error:
        message, where = explained(str(error), kind)
        raise Faulty(tree.file, tree.line(*path, *where), message) from error


def zone_of(tree: Tree, zone: str) -> timezone:
    """The offset a cast counts its days in."""
    try:
        moment = datetime.fromisoformat(f"2000-01-01T00:00{zone}")
    except ValueError as error:
        raise tree.fault("case.zone", "zone", zone=zone) from error
    return timezone(moment.utcoffset() or timedelta())


class Stage(msgspec.Struct, frozen=True):
    """A cast set up and ready to play."""

    zone: timezone
    institution: str
    history: History


def set_up(path: Path, overrides: dict[str, str], on: date | None = None) -> Stage:
    """Found the institution of a cast file; `overrides` gives other texts for bodies' charters.

    `on` is another day of founding than the cast's own; units and posts are there from that day on
    at the latest.
    """
    return set_up_text(str(path), read_file(path), path.parent, overrides, on)


def set_up_text(
    file: str, text: str, folder: Path, overrides: dict[str, str], on: date | None = None
) -> Stage:
    """Found the institution of a cast's text; the charters it names lie in the folder."""
    tree = read_tree(file, text)
    cast: Cast = convert(tree, tree.data, Cast)
    zone = zone_of(tree, cast.zone)
    founded = on or convert(tree, cast.on, date, "on")
    at = datetime(founded.year, founded.month, founded.day, tzinfo=zone)
    history = History()
    first = InstitutionFounded(institution=cast.institution, on=founded)
    history.happened((first, *_roster(tree, cast, on)), at)
    for number, name in enumerate(cast.charters):
        adopted = read_file((folder / name).resolve())
        charter, _ = read(adopted)
        body = charter.body if charter else ""
        _enact(tree, history, cast, overrides.get(body, adopted), at, number)
    history.happened(tuple(_calendar(tree, cast)), at)
    return Stage(zone, cast.institution, history)


def _roster(tree: Tree, cast: Cast, on: date | None) -> list[Any]:
    events: list[Any] = []
    for unit, named in cast.units.items():
        fields = {"unit": unit, "called": named.get("name", ""), **named}
        fields.pop("name", None)
        events.append(_by(on, convert(tree, fields, UnitOpened, "units", unit)))
    for person, name in cast.people.items():
        fields = {"person": person, "called": name}
        events.append(convert(tree, fields, PersonEntered, "people", person))
    for number, post in enumerate(cast.posts):
        events.append(_by(on, convert(tree, post, PostFilled, "posts", number)))
    _known(tree, cast)
    return events


def _by(on: date | None, event: Any) -> Any:
    """The event as of that day at the latest."""
    return event if on is None else msgspec.structs.replace(event, since=min(event.since, on))


def _known(tree: Tree, cast: Cast) -> None:
    for number, post in enumerate(cast.posts):
        if post.get("person") not in cast.people:
            raise tree.fault("case.unknown_person", "posts", number, id=post.get("person", ""))
        if post.get("unit") and post["unit"] not in cast.units:
            raise tree.fault("case.unknown_unit", "posts", number, id=post["unit"])


def _calendar(tree: Tree, cast: Cast) -> list[CalendarConfirmed]:
    return [
        convert(
            tree,
            {"year": year, "holidays": (), "workdays": (), **days},
            CalendarConfirmed,
            "calendar",
            year,
        )
        for year, days in cast.calendar.items()
    ]


def _enact(tree: Tree, history: History, cast: Cast, text: str, at: datetime, number: int) -> None:
    charter, faults = read(text)
    if charter is None:
        file, fault = Path(tree.file).parent / cast.charters[number], faults[0]
        params = {k: tuple(v) if isinstance(v, list) else v for k, v in fault.params.items()}
        raise Faulty(str(file), fault.line, Message(fault.message, params))
    if charter.body == GENERAL:
        enacted = CharterEnacted(
            body=GENERAL, text=text, digest=charter.digest, in_force=charter.in_force
        )
        history.happened((enacted,), at)
        return
    act = EnactCharter(body=charter.body, text=text)
    verdict = history.do(Deed(act=act, actor=cast.enacted_by, at=at))
    if isinstance(verdict, Accepted):
        return
    message = verdict.message if isinstance(verdict, Rejected) else verdict.grounds[0].message
    by_whom = isinstance(verdict, Rejected) and verdict.field == "actor"
    line = tree.line(*(("enacted_by",) if by_whom else ("charters", number)))
    raise Faulty(tree.file, line, message)

"""Norms for units, people and posts, and for what passes to others."""

from tests.procedure.norms.base import Found, sitting_of, when
from tests.procedure.norms.order import kept, stood
from tests.procedure.telling import GENERAL, Entry, Facts, Telling
from tests.procedure.written import Rules

KEPT_APART = "administrator"
"""The post that goes with none that the rules of a body name."""


def posts_change_by_a_second_person(told: Telling, entry: Entry) -> Found:
    """second_person: who proposed a change of posts, or is concerned by it, does not confirm it."""
    said = entry["payload"]
    asked = told.postings[said["posting"]]
    yield from when(said["by"] in (asked["by"], asked["person"]) and said["by"], "no second person")
    yield from when(asked["status"] != "proposed" and asked["status"], "settled already")


def posts_change_as_confirmed(told: Telling, entry: Entry) -> Found:
    """second_person: after the founding a post changes with a posting confirmed just then."""
    said, day = entry["payload"], "since" if entry["type"] == "post_filled" else "until"
    confirmed = any(
        asked.get("on") == entry["at"] and _same(asked, said) and asked.get(day) == said[day]
        for asked in told.postings.values()
    )
    yield from when(entry["actor"] and not confirmed and said["person"], "nobody confirmed it")


def offices_are_kept_apart(told: Telling, entry: Entry) -> Found:
    """kept_apart: who administers the roster holds no post that the rules of a body name."""
    asked = told.postings.get(entry["payload"]["posting"], entry["payload"])
    if asked["change"] != "appoint":
        return
    day = entry["at"][:10]
    every = [(b, rules) for b in told.versions if (rules := told.in_force(b, day))]
    apart = {n for b, rules in every if b == GENERAL for n in rules.posts.get(KEPT_APART, ())}
    named = {n for b, rules in every if b != GENERAL for p in rules.posts.values() for n in p}
    held = {
        a["post"]
        for a in told.posts
        if a["person"] == asked["person"] and a.get("until", "9999") >= asked.get("since", day)
    }
    clash = held & named if asked["post"] in apart else held & apart
    yield from when(asked["post"] in apart | named and sorted(clash), "not with this post")


def posts_are_held_before_they_end(told: Telling, entry: Entry) -> Found:
    """post_held: a post is given to who has it not, ended for who has it, and begins first.

    It is given in a unit that is there as long.
    """
    asked = told.postings.get(entry["payload"]["posting"], entry["payload"])
    first, last = asked.get("since"), asked.get("until")
    day = first if asked["change"] == "appoint" else last
    yield from when(day is None and asked["posting"], "no day")
    if day is None:
        return
    has = any(_same(a, asked) and a["since"] <= day <= a.get("until", "9999") for a in told.posts)
    yield from when(has == (asked["change"] == "appoint") and asked["person"], "held or not")
    yield from when(first and last and last < first and last, "ends before it begins")
    unit = told.units.get(asked.get("unit") or "")
    if unit and asked["change"] == "appoint":
        there = unit["since"] <= first and (last or "9999") <= unit.get("until", "9999")
        yield from when(not there and unit["unit"], "not there as long")


def _same(held: Facts, asked: Facts) -> bool:
    return all(held.get(key) == asked.get(key) for key in ("person", "post", "unit"))


def closed_units_are_empty(told: Telling, entry: Entry) -> Found:
    """unit_free: a unit ends when nobody holds a post in it longer and no task waits for it."""
    said = entry["payload"]
    first = told.units[said["unit"]]["since"]
    yield from when(said["until"] < first and said["until"], "ends before it begins")
    staff = [a for a in told.posts if a.get("unit") == said["unit"]]
    later = [a["person"] for a in staff if a.get("until", "9999") > said["until"]]
    yield from when(later, "still hold posts")
    open_ones = [t for t in told.tasks.values() if t["status"] != "closed"]
    left = [t["task"] for t in open_ones if said["unit"] in (t.get("unit"), t.get("counter"))]
    yield from when(left, "tasks wait")


def handed_over_to_another_in_office(told: Telling, entry: Entry) -> Found:
    """new_owner: a task goes to somebody else, who holds a post."""
    said = entry["payload"]
    yield from when(said["owner"] == told.tasks[said["task"]].get("owner"), "the same owner")
    names = {held["post"] for held in told.posts}
    holds = said["owner"] in told.holders(names, entry["at"][:10])
    yield from when(not holds and said["owner"], "holds no post")


def tasks_go_to_those_there(told: Telling, entry: Entry) -> Found:
    """able_to_carry: a task names units that there are until it is due, and an owner in office."""
    said = entry["payload"]
    held = told.tasks.get(said["task"], {})
    yield from _cannot_carry(
        told, {**said, "due_on": said.get("due_on") or held.get("due_on")}, entry
    )


def minutes_name_those_there(told: Telling, entry: Entry) -> Found:
    """able_to_carry: minutes name nobody who has left, and no unit that is gone."""
    for task in sitting_of(told, entry)["tasks"]:
        yield from _cannot_carry(told, told.tasks[task], entry)


def _cannot_carry(told: Telling, said: Facts, entry: Entry) -> Found:
    day, names = entry["at"][:10], {held["post"] for held in told.posts}
    for unit in (told.units[said[key]] for key in ("unit", "counter") if said.get(key)):
        there = unit["since"] <= day <= unit.get("until", "9999")
        yield from when(not there and unit["unit"], "not there")
        late = "until" in unit and (said.get("due_on") or "9999") > unit["until"]
        yield from when(late and unit["unit"], "ends before it is due")
    owner = said.get("owner")
    yield from when(owner and owner not in told.holders(names, day) and owner, "holds no post")


def substitutes_stand_in(told: Telling, entry: Entry) -> Found:
    """stands_in: without a reason nobody is named for a secretary who is not away."""
    held = told.sittings[entry["payload"]["act"]["sitting"]]
    secretary = held.get("secretary")
    if secretary is None or not (stood(entry) and kept(entry, "stands_in")):
        return
    now = held["presence"].get(secretary)
    excused = held["leaves"].get(secretary) in ("granted", "told") and now is None
    yield from when(now not in ("left", "leave", "absent") and not excused and secretary, "here")


def the_chair_passes_as_the_charter_says(told: Telling, entry: Entry) -> Found:
    """deputy_chair: a named deputy presides while the chair is away; the head takes it back."""
    held, person, day = sitting_of(told, entry), entry["payload"]["person"], entry["at"][:10]
    own, block = told.binding(held["sitting"])[0], told.demand(held["sitting"], "deputy_chair")
    heads = _holders(told, own, own.one("presided_by"), day)
    out = held["talks"][held["current"]]["recused"] if held["current"] else []
    back = person in heads and person in held["members"] and person != held.get("chair")
    back = back and person not in out
    deputies = _holders(told, own, block, day)
    away = held.get("chair") not in told.present(held["sitting"]) or held.get("chair") in out
    yield from when(not back and not (person in deputies and away) and person, "may not preside")


def _holders(told: Telling, own: Rules, block: Facts | None, day: str) -> list[str]:
    seats = block["by"] if block else []
    return [p for seat in seats for p in told.holders(own.posts.get(seat, ()), day)]

"""Norms for calling a meeting: on which day, with what notice, and what was said where none was."""

from datetime import date, datetime, timedelta

from tests.procedure.norms.base import Found, sitting_of, when
from tests.procedure.norms.order import kept, stood
from tests.procedure.norms.scene import Scene
from tests.procedure.retelling import news, settle
from tests.procedure.telling import Entry, Telling
from tests.procedure.written import Block


def called_on_the_usual_day(told: Telling, entry: Entry) -> Found:
    """usual_day: without a reason an ordinary meeting is called for the usual day."""
    if not (stood(entry) and kept(entry, "usual_day")):
        return
    scene = Scene(told, entry)
    kind = (scene.sitting or scene.said)["kind"]
    block = scene.own and scene.own.one("usual_day")
    start = datetime.fromisoformat(scene.said["starts_at"])
    yield from when(kind != "extra" and block and not usual(block, start) and start, "not usual")


def usual(block: Block, start: datetime) -> bool:
    """Whether a start is at the month's end, on the weekday, in the half that the charter means."""
    month_end = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    late = not block.get("last_days") or month_end.day - start.day < block["last_days"]
    fits = block.get("weekday", 0) in (0, start.isoweekday())
    half = {"morning": start.hour < 12, "afternoon": start.hour >= 12}
    return late and fits and half.get(block.get("half"), True)


def called_in_between_where_foreseen(told: Telling, entry: Entry) -> Found:
    """extra_sittings: out of the usual rhythm only where the charter lets, and with the need."""
    said = entry["payload"]
    if said["kind"] == "extra":
        block = told.charters[said["charters"][0]].one("extra_sittings")
        yield from when(not (block and block["allowed"]) and said["sitting"], "not foreseen")
        yield from when("need" not in said.get("sealed", {}) and said["sitting"], "no need given")


def somebody_makes_up_the_body(told: Telling, entry: Entry) -> Found:
    """composition: a meeting is called while the posts that make up the body are held."""
    said = entry["payload"]
    blocks = told.charters[said["charters"][0]].all("composition")
    asked = any(block.get("members") for block in blocks)
    yield from when(asked and not said["members"] and said["sitting"], "nobody to meet")


def notice_in_time(told: Telling, entry: Entry) -> Found:
    """notice_lead: without a reason the notice goes out so many days ahead."""
    scene = Scene(told, entry)
    held = scene.sitting
    block = told.demand(held["sitting"], "notice_lead") if held else None
    if held and block and stood(entry) and kept(entry, "notice_lead"):
        last = last_moment(told, block, datetime.fromisoformat(held["starts_at"]))
        yield from when(datetime.fromisoformat(entry["at"]) > last and entry["at"], "too late")


def last_moment(told: Telling, block: Block, start: datetime) -> datetime:
    """Until when a notice is in time; a day is 24 hours, a calendar day or a working day."""
    days, counted = block["days"], block["counted"]
    if counted == "hours":
        return start - timedelta(days=days)
    day = start
    while days:
        day -= timedelta(days=1)
        days -= counted == "day_before" or worked(told, day.date())
    return day.replace(hour=23, minute=59, second=59)


def worked(told: Telling, day: date) -> bool:
    """Whether a day is worked, as far as its year's notice has been told."""
    off, on = told.calendar.get(day.year, ([], []))
    return str(day) in on or (day.isoweekday() < 6 and str(day) not in off)


def notice_tells_something_new(told: Telling, entry: Entry) -> Found:
    """notice_stands: given again when time, place, agenda, guests, chair or wishes are others."""
    held = {**sitting_of(told, entry)}
    settle(held, entry["payload"])
    yield from when(held["told_of"] == news(held) and held["sitting"], "told already")


def signed_in_on_the_day(told: Telling, entry: Entry) -> Found:
    """signs_in_on_the_day: without a reason nobody signs in before the day of the meeting."""
    if not (stood(entry) and kept(entry, "signs_in_on_the_day")):
        return
    held = told.sittings[entry["payload"]["act"]["sitting"]]
    early = "opened_on" not in held and entry["at"][:10] < held["starts_at"][:10]
    asked = told.demand(held["sitting"], "signs_in_on_the_day")
    yield from when(asked and early and entry["payload"]["act"]["person"], "ahead of the day")


def papers_stay_as_told(told: Telling, entry: Entry) -> Found:
    """papers_settled: without a reason nobody changes papers that the notice told of."""
    if not (stood(entry) and kept(entry, "papers_settled")):
        return
    item = told.items[entry["payload"]["act"]["item"]]
    held = told.sittings.get(item.get("sitting") or "")
    if held and held["told_of"] and item["item"] in held["papers_told"]:
        asked = told.demand(held["sitting"], "papers_settled")
        yield from when(asked and item["item"], "told of before")


def gaps_are_gaps(told: Telling, entry: Entry) -> Found:
    """gap_there: explained is a period of the body's rhythm, begun, in which nothing was held."""
    said, today = entry["payload"], date.fromisoformat(entry["at"][:10])
    yield from when(entry["actor"] != said["by"] and said["by"], "said by another")
    own = told.in_force(said["body"], entry["at"][:10])
    block = own.one("cadence") if own else None
    weekly = "W" in said["period"]
    yield from when(block and (block["every"] == "week") != weekly and said["period"], "no period")
    first = begins(said["period"])
    yield from when(first is None or first > today, f"not begun: {said['period']}")
    yield from when(said["period"] in met(told, said["body"], weekly), f"met: {said['period']}")


def begins(period: str) -> date | None:
    """The first day of a month or week by its name; None where there is none of that name."""
    year, part = period.split("-")
    try:
        if part.startswith("W"):
            return date.fromisocalendar(int(year), int(part[1:]), 1)
        return date(int(year), int(part), 1)
    except ValueError:
        return None


def met(told: Telling, body: str, weekly: bool) -> set[str]:
    """The periods in which a body met: every meeting that was opened, by its day."""
    held = (s for s in told.sittings.values() if s["body"] == body and "opened_on" in s)
    days = [date.fromisoformat(s["opened_on"]) for s in held]
    return {day.strftime("%G-W%V" if weekly else "%Y-%m") for day in days}


def carried_is_not_withdrawn(told: Telling, entry: Entry) -> Found:
    """carried_stay, standing_item: what the rules bring before a meeting is not taken back."""
    item = told.items[entry["payload"]["item"]]
    comes = item.get("sitting") or told.in_force(item["body"], entry["at"][:10])
    stays = comes and item["origin"] in ("carried", "standing")
    yield from when(stays and item["item"], "must stay")


def changes_a_decision_of_its_own_body(told: Telling, entry: Entry) -> Found:
    """changes_known: what is changed was carried by the same body and stands as a whole."""
    said = entry["payload"]
    changed = told.decisions.get(said.get("changes"), {"body": said["body"]})
    yield from when(changed["body"] != said["body"] and said["changes"], "of another body")
    carried = changed.get("outcome", "adopt") in ("adopt", "agree_in_principle")
    yield from when(not carried and said["changes"], "never carried")
    yield from when(changed.get("changed") and said["changes"], "changed already")


def changes_a_task_of_its_own_body(told: Telling, entry: Entry) -> Found:
    """changes_known: a task that is changed itself is in hand, and rests on no such decision."""
    said = entry["payload"]
    task = said.get("changes_task")
    if task is None:
        return
    held = told.tasks[task]
    yield from when(said.get("changes"), "a decision beside it")
    yield from when(told.sittings[held["sitting"]]["body"] != said["body"] and task, "not theirs")
    yield from when(held["status"] in ("closed", "ended") and task, "at an end")
    decision = told.decisions.get(held.get("rests"), {"outcome": ""})
    carried = decision["outcome"] in ("adopt", "agree_in_principle")
    stands = carried and not decision.get("changed")
    yield from when(stands and task, "it is the decision that is changed")

"""Norms for what happens after a meeting: record, minutes, tasks, changes."""

from collections.abc import Callable

from tests.procedure.norms.base import Found, sitting_of, when
from tests.procedure.norms.scene import Scene
from tests.procedure.telling import CARRIED, Entry, Facts, Telling, keepers


def record_is_the_secretarys(told: Telling, entry: Entry) -> Found:
    """recorded_by: the body's secretary keeps the record of a meeting that was held."""
    held = sitting_of(told, entry)
    yield from when(entry["actor"] not in keepers(held) and entry["actor"], "not the secretary")
    yield from when(held["status"] not in ("open", "closed") and held["status"], "not held")


def notes_are_told_apart(told: Telling, entry: Entry) -> Found:
    """corrects_known: a note has its own id, and a correction names one that is on record."""
    said, held = entry["payload"], sitting_of(told, entry)
    known = {note["note"] for note in held["notes"]}
    yield from when(said["note"] in known and said["note"], "taken")
    names = known | set(held["talks"])
    yield from when("corrects" in said and said["corrects"] not in names, "corrects nothing")
    foreign = said.get("item") and said["item"] not in {*held["agenda"], *held["talks"]}
    raised = foreign and told.items[said["item"]].get("sitting") == held["sitting"]
    yield from when(foreign and not raised and said["item"], "not an item of this meeting")


def record_is_complete(told: Telling, entry: Entry) -> Found:
    """record_contents: the record closes with every item, person, opinion, decision asked for."""
    held = sitting_of(told, entry)
    yield from when(held["status"] != "closed" and held["status"], "not closed")
    blocks = told.binding(held["sitting"])[0].all("record_contents")
    for content in (one for block in blocks for one in block["holds"]):
        yield from when(LACKING[content](held), content)


def _without_opinions(held: Facts) -> list[str]:
    noted = {note.get("item") for note in held["notes"]}
    return [
        item
        for item, talk in held["talks"].items()
        if talk["outcome"] not in ("postpone", "noted")
        and item not in noted
        and not any("words" in position.get("sealed", {}) for position in talk["positions"])
    ]


LACKING: dict[str, Callable[[Facts], list[str]]] = {
    "items": lambda held: [i for i in held["agenda"] if i not in held["talks"]],
    "people": lambda held: [p for p in held["people"] if p not in held["presence"]],
    "opinions": _without_opinions,
    "decisions": lambda held: [i for i, talk in held["talks"].items() if not talk["outcome"]],
}
"""What of each content a record still lacks."""


def minutes_say_who_until_when(told: Telling, entry: Entry) -> Found:
    """task_parts: no minutes with a task that lacks unit (or counter), owner or deadline."""
    held = sitting_of(told, entry)
    block = told.demand(held["sitting"], "task_parts")
    if block is None:
        return
    for task in (told.tasks[t] for t in held["tasks"]):
        unit = task.get("unit") or (block["counters"] and task.get("counter"))
        fits = unit and task.get("owner") and task.get("due_on")
        yield from when(not fits and task["task"], "unit, owner or deadline missing")
        kinds = [(task.get("unit"), "section"), (task.get("counter"), "counter")]
        for named, kind in kinds:
            yield from when(named and told.units[named]["kind"] != kind and named, f"no {kind}")


def minutes_say_what_is_to_be_done(told: Telling, entry: Entry) -> Found:
    """tasks_drawn: no minutes while a matter that was carried has nothing to be done about it."""
    held = sitting_of(told, entry)
    yield from when(held["status"] != "closed" and held["status"], "not closed")
    yield from when(held["minutes"], "issued already")
    for decision in told.decisions.values():
        here = decision["sitting"] == held["sitting"] and decision["outcome"] in CARRIED
        here = here and told.demand(held["sitting"], "tasks_drawn")
        yield from when(here and not decision["tasks"] and decision["decision"], "bare decision")


def tasks_go_to_units_that_fit(told: Telling, entry: Entry) -> Found:
    """task_parts: a task goes to a section, to a counter only where the charter has some."""
    said = entry["payload"]
    sitting = said.get("sitting") or told.tasks[said["task"]]["sitting"]
    block = told.demand(sitting, "task_parts")
    if block is None:
        return
    yield from when(not block["counters"] and said.get("counter"), "no counters here")
    for key, kind in (("unit", "section"), ("counter", "counter")):
        named = said.get(key)
        yield from when(named and told.units[named]["kind"] != kind and named, f"no {kind}")


def minutes_are_signed(told: Telling, entry: Entry) -> Found:
    """signed_by: minutes go out once somebody has signed whom the charter wants to sign."""
    held = sitting_of(told, entry)
    block = told.demand(held["sitting"], "signed_by")
    asked = block and block.get("by")
    yield from when(asked and not held["signed"] and held["sitting"], "nobody has signed")


def minutes_are_prepared(told: Telling, entry: Entry) -> Found:
    """minutes_prepared: minutes go out after the steps that the charter names."""
    held = sitting_of(told, entry)
    block = told.demand(held["sitting"], "minutes_prepared") or {}
    sent = held["sent"]
    done = {
        "circulated": bool(sent),
        "answered": bool(sent) and not held["requests"] and set(sent["people"]) <= sent["answered"],
        "checked": "check" in held["passed"],
        "signed_off": "sign_off" in held["passed"],
    }
    for step in block.get("steps", ()):
        yield from when(not done[step] and held["sitting"], f"{step} is missing")


def only_what_is_public_is_published(told: Telling, entry: Entry) -> Found:
    """publication_reviewed: minutes tell of items only whose decision, and what it changes, is
    public as a whole, or by what is public of it; of tasks under no decision only once all is."""
    held = sitting_of(told, entry)
    if told.demand(held["sitting"], "publication_reviewed") is None:
        return
    said = (
        (held.get("proposal") or {}) if entry["type"] == "minutes_published" else entry["payload"]
    )
    made = {d["item"]: d for d in told.decisions.values() if d["sitting"] == held["sitting"]}
    for item in held["talks"]:
        decision, about = made.get(item), told.items[item]
        changed = told.decisions.get(about.get("changes"), {"published": True})
        both = decision and decision["published"] and changed["published"]
        excerpt = item in (said.get("excerpted") or ())
        yield from when(excerpt and not (decision or {}).get("excerpted"), f"{item} has no excerpt")
        shown = item not in said.get("left_out", ()) and not excerpt
        yield from when(shown and (not both or about.get("changes_task")), f"{item} is closed")
    free = any(not told.tasks[task].get("decision") for task in held["tasks"])
    shut = not all(one["published"] for one in made.values())
    yield from when(free and shut and "unbound" not in said.get("without", ()), "tasks are closed")


def published_by_another(told: Telling, entry: Entry) -> Found:
    """publication_reviewed: who proposed to publish minutes does not publish them."""
    held = sitting_of(told, entry)
    asked = told.demand(held["sitting"], "publication_reviewed") is not None
    proposed = (held.get("proposal") or {}).get("by")
    yield from when(not proposed and held["sitting"], "nobody proposed it")
    yield from when(asked and proposed == entry["payload"]["by"] and proposed, "by themselves")


def corrections_are_answered_once(told: Telling, entry: Entry) -> Found:
    """in_state: what a member asked for is open when the office answers it."""
    held = sitting_of(told, entry)
    yield from when(entry["payload"]["request"] not in held["requests"], "not open")


def signed_by_whom_the_charter_names(told: Telling, entry: Entry) -> Found:
    """signed_by: minutes are signed by whom the charter names, and by nobody where it does not."""
    scene = Scene(told, entry)
    held = sitting_of(told, entry)
    seats = (told.demand(held["sitting"], "signed_by") or {}).get("by", ())
    yield from when(entry["payload"]["by"] not in scene.anybody(seats), "may not sign")


def numbers_run_without_gap(told: Telling, entry: Entry) -> Found:
    """第N次: sittings and minutes are numbered one by one in each year of each body."""
    said, held = entry["payload"], sitting_of(told, entry)
    what = "sitting" if entry["type"] == "sitting_opened" else "minutes"
    year = said.get("year", held.get("year"))
    due = told.numbers.get((what, held["body"], year), 0) + 1
    yield from when(said["number"] != due and said["number"], f"not {due}")
    if entry["type"] == "minutes_corrected":
        yield from when(str(year) != entry["at"][:4] and year, "not the year of its issue")
    if entry["type"] == "minutes_issued":
        nth = held.get("number")
        yield from when(said.get("nth") != nth and said.get("nth"), f"not meeting {nth}")


def tasks_run_from_the_minutes(told: Telling, entry: Entry) -> Found:
    """in_state: what is done about a task comes after its minutes and before it is closed."""
    task = told.tasks[entry["payload"]["task"]]
    early = entry["type"] not in ("task_planned", "progress_reported")
    issued = told.sittings[task["sitting"]]["minutes"]
    yield from when(early and issued is None, "no minutes yet")
    due = TASK_STATES[entry["type"]]
    yield from when(task["status"] not in due and task["status"], f"not {due}")


def tasks_are_theirs(told: Telling, entry: Entry) -> Found:
    """reserved_to: the owner completes, the carrying unit plans, reports and asks for changes."""
    task = told.tasks[entry["payload"]["task"]]
    units = [task[key] for key in ("unit", "counter") if task.get(key)]
    mine = told.staff(units, entry["at"][:10])
    people = [task.get("owner")] if entry["type"] == "task_completed" else mine
    yield from when(entry["actor"] not in people and entry["actor"], "not theirs")


def reported_up_to_a_leader(told: Telling, entry: Entry) -> Found:
    """reported_to: the office reports to the head or a leader in charge."""
    said = entry["payload"]
    sitting = told.tasks[said["task"]]["sitting"]
    own, block = told.binding(sitting)[0], told.demand(sitting, "reported_to")
    if block is None:
        return
    people = [p for s in block["any_of"] for p in told.holders(own.posts[s], entry["at"][:10])]
    yield from when(said["to"] not in people and said["to"], "no leader")


def brought_in_is_from_before(told: Telling, entry: Entry) -> Found:
    """from_before: what is brought in was held before the journal; numbers, before any was held."""
    said = entry["payload"]
    yield from when(said.get("on", "") > told.founded and said["on"], "not from before")
    held = [s for s in told.sittings.values() if s["body"] == said["body"] and "opened_on" in s]
    opened = [s["sitting"] for s in held if s["year"] == said["year"]]
    numbers = entry["type"] == "numbers_brought_in"
    yield from when(numbers and opened, "numbered here already")


ASKING = "request_adjustment"


def changed_by_the_charters_way(told: Telling, entry: Entry) -> Found:
    """adjusted_by: by approval on a written opinion where the charter says so, else by decision."""
    said = entry["payload"]
    body = told.sittings[told.tasks[said["task"]]["sitting"]]["body"]
    own = told.last_in_force(body, entry["at"][:10])
    assert own is not None
    block = own.one("adjusted_by")
    yield from when(not (block and block["by"] == "approval"), "only the meeting changes it")
    if entry["type"] == "adjustment_requested":
        needs = [b["fields"] for b in own.all("needs") if ASKING in b["acts"]]
        missing = {field for fields in needs for field in fields} - set(said.get("sealed", {}))
        yield from when(sorted(missing), "not in writing")
    else:
        asked = told.adjustments[said["adjustment"]]
        yield from when(asked["status"] != "requested" and asked["status"], "not open")
        yield from when(told.tasks[said["task"]]["status"] != "open", "the task is done")
        carries = block and block.get("then") == "next_sitting"
        alone = entry["part"] != [2, 3]
        yield from when(carries and alone, "nothing carried to the next sitting")


def old_tasks_are_said(told: Telling, entry: Entry) -> Found:
    """old_tasks_said: a changed decision's tasks in hand each go on or end, and no others do."""
    said = entry["payload"]
    item, named = told.items[said["item"]], [*said.get("continues", ()), *said.get("ends", ())]
    concerned: list[str] = []
    if item.get("changes") and said["outcome"] in ("adopt", "agree_in_principle"):
        asked = told.adjustments.get(item.get("adjustment"))
        every = [asked["task"]] if asked else told.decisions[item["changes"]]["tasks"]
        concerned = [t for t in every if told.tasks[t]["status"] not in ("closed", "ended")]
    elif item.get("changes_task") and said["outcome"] in ("adopt", "agree_in_principle"):
        running = told.tasks[item["changes_task"]]["status"] not in ("closed", "ended")
        concerned = [item["changes_task"]] if running else []
    yield from when(sorted(named) != sorted(set(concerned)) and said["item"], "tasks unsaid")


def tasks_end_as_decided(told: Telling, entry: Entry) -> Found:
    """old_tasks_said: a task ends with the decision that says so."""
    said = entry["payload"]
    named = told.decisions[said["decision"]].get("ends", ())
    yield from when(said["task"] not in named and said["task"], "not decided")


def decisions_stay(told: Telling, entry: Entry) -> Found:
    """A decided item is at an end: only a new item with a new decision can change it."""
    item = told.items[entry["payload"]["item"]]
    yield from when(item["status"] == "decided" and entry["payload"]["item"], "decided already")


_RUNNING = ("open",)

TASK_STATES = {
    "task_planned": _RUNNING,
    "progress_reported": _RUNNING,
    "task_checked": _RUNNING,
    "owner_reminded": _RUNNING,
    "progress_reported_up": ("open", "completed"),
    "task_completed": _RUNNING,
    "task_closed": ("completed",),
    "task_sent_back": ("completed",),
}
"""How a task stands when something is done about it."""

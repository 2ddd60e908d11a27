"""Norms for what happens before a meeting: items, calling, agenda, who is there."""

from tests.procedure.norms.base import Found, sitting_of, when
from tests.procedure.telling import CARRIED, Entry, Facts, Telling, keepers


def matter_is_in_scope(told: Telling, entry: Entry) -> Found:
    """scope, within_scope, reserves: a body takes what its charter lists and nobody reserved.

    What a person judges to be no such matter is not taken either.
    """
    said, day = entry["payload"], entry["at"][:10]
    held = told.sittings.get(said.get("sitting") or "")
    own = told.binding(said["sitting"])[0] if held else told.in_force(said["body"], day)
    assert own is not None
    listed = [block["matter"] for block in own.all("scope")]
    yield from when(said["matter"] not in listed and said["matter"], "not listed")
    questions = [
        b["judged"] for b in own.all("scope") if b["matter"] == said["matter"] and "judged" in b
    ]
    denied = [question for question in questions if said.get(question) is False]
    yield from when(denied, "judged to be none of it")
    yield from _reserved(told, said["body"], day, said)


def judged_items_stay_reserved(told: Telling, entry: Entry) -> Found:
    """reserves: what a person judges weighty when it is let through stays with the body."""
    said = entry["payload"]
    item = told.items[said["item"]]
    yield from _reserved(told, item["body"], entry["at"][:10], {**item, **said})
    own = told.in_force(item["body"], entry["at"][:10])
    assert own is not None
    asked = [
        b["judged"] for b in own.all("scope") if b["matter"] == item["matter"] and "judged" in b
    ]
    for question in asked:
        answer = said.get(question, item.get(question))
        yield from when(answer is not True and question, "let through unjudged")


def _reserved(told: Telling, body: str, day: str, said: Facts) -> Found:
    for other in told.versions:
        rules = told.in_force(other, day)
        if other == body or rules is None:
            continue
        for block in rules.all("reserves"):
            mine = said["matter"] in block.get("matters", ()) or said.get(block.get("judged", ""))
            yield from when(mine and said["item"], f"reserved to {other}")


def written_where_asked(told: Telling, entry: Entry) -> Found:
    """written_form: an item for such a body is in writing and has its text, revised or not."""
    held = told.items.get(entry["payload"]["item"], {})
    said = {**held, **entry["payload"]}
    said["written"] = said.get("written") or held.get("written")
    said["sealed"] = {**held.get("sealed", {}), **said.get("sealed", {})}
    own = told.in_force(said["body"], entry["at"][:10])
    if own and own.one("written_form") and said.get("origin", "submitted") == "submitted":
        fits = said.get("written") and "content" in said.get("sealed", {})
        yield from when(not fits, "not in writing")


def raised_together_by_sections(told: Telling, entry: Entry) -> Found:
    """raised_by_sections: who raise an item are sections there are, each named once."""
    said, there = entry["payload"], told.standing_units(entry["at"][:10])
    co, lead = said.get("co_units", []), said.get("lead_unit")
    named = [lead, *co]
    sections = [u for u in there if told.units[u]["kind"] == "section"]
    fits = len(set(named)) == len(named) and set(named) <= set(sections)
    yield from when((lead or co) and not fits and said["item"], "not raised by sections")


def floor_items_only_where_foreseen(told: Telling, entry: Entry) -> Found:
    """floor_items: nothing is raised from the floor where the charter does not foresee it."""
    said = entry["payload"]
    if said.get("origin") == "floor":
        block = told.demand(said["sitting"], "floor_items")
        yield from when(not (block and block["allowed"]), "not foreseen")
        yield from when(sitting_of(told, entry)["status"] != "open", "not at a meeting")


def seats_are_those_of_the_charter(told: Telling, entry: Entry) -> Found:
    """composition, presided_by, recorded_by: seats are frozen as the charter makes the body up."""
    said, day = entry["payload"], entry["at"][:10]
    own = told.charters[said["charters"][0]]
    yield from when(own is not told.in_force(said["body"], day), "another version")
    for field in ("members", "in_attendance"):
        posts = [post for block in own.all("composition") for post in block.get(field, ())]
        due = dict.fromkeys(p for post in posts for p in told.holders(own.posts[post], day))
        given = [seat["person"] for seat in said[field]]
        yield from when(given != list(due) and given, f"{field} differ")
    for field, kind in (("chair", "presided_by"), ("secretary", "recorded_by")):
        block = own.one(kind)
        assert block is not None
        due = [p for post in block["by"] for p in told.holders(own.posts[post], day)]
        yield from when(said.get(field) not in due and said.get(field), f"{field} differs")


def convened_go_with_the_post(told: Telling, entry: Entry) -> Found:
    """presided_by, recorded_by: until it opens, a meeting goes with the posts held on its day.

    Opened on another day, it goes with the secretary of that day.
    """
    held, said = sitting_of(told, entry), entry["payload"]
    yield from when(held["status"] != "convened" and held["status"], "frozen since it opened")
    passed = {**held, "chair": None, "secretary": None, **said}
    wrong = list(_not_in_post(told, passed))
    if wrong and held.get("chair") == said.get("chair"):
        wrong = list(_not_in_post(told, {**passed, "starts_at": entry["at"]}))
    yield from wrong


def opened_by_who_holds_the_post(told: Telling, entry: Entry) -> Found:
    """presided_by, recorded_by: a meeting opens with who holds the posts on the day it opens."""
    yield from _not_in_post(told, {**sitting_of(told, entry), "starts_at": entry["at"]})


def _not_in_post(told: Telling, held: Facts) -> Found:
    own, day = told.binding(held["sitting"])[0], held["starts_at"][:10]
    for field, kind in (("chair", "presided_by"), ("secretary", "recorded_by")):
        posts = (own.one(kind) or {"by": ()})["by"]
        due = [p for post in posts for p in told.holders(own.posts[post], day)]
        mine = field == "chair" and held.get("deputed")
        yield from when(not mine and held.get(field) not in due and held.get(field), f"no {field}")


def agenda_was_let_through(told: Telling, entry: Entry) -> Found:
    """approved_agenda: an agenda holds what was approved for this body, carried or standing."""
    held = sitting_of(told, entry)
    yield from when(held["status"] != "convened" and held["status"], "too late")
    for name in entry["payload"]["items"]:
        item = told.items[name]
        here = item["status"] == "on_agenda" and item["sitting"] == held["sitting"]
        fits = item["status"] == "approved" or here
        yield from when(not (fits and item["body"] == held["body"]) and name, "not let through")


def agenda_keeps_what_must_stay(told: Telling, entry: Entry) -> Found:
    """carried_stay, standing_item: what is carried or stands on every agenda is not left out."""
    held = sitting_of(told, entry)
    for name in held["agenda"]:
        stays = told.items[name]["origin"] in ("carried", "standing")
        yield from when(stays and name not in entry["payload"]["items"] and name, "left out")


def late_items_wait(told: Telling, entry: Entry) -> Found:
    """submission_deadline: a late item comes to, or moves with, an ordinary sitting by word only.

    One that is opened in an earlier month than announced brings none into it.
    """
    held = sitting_of(told, entry)
    block = told.demand(held["sitting"], "submission_deadline")
    if block is None or held["kind"] == "extra":
        return
    said = entry["payload"]
    month = said.get("starts_at", held["starts_at"])[:7]
    opened = entry["type"] == "sitting_opened"
    last = f"{min(month, entry['at'][:7]) if opened else month}-{block['day']:02d}"
    for name in said.get("items", held["agenda"]):
        item = told.items[name]
        late = item["origin"] == "submitted" and item["on"] > last
        yield from when(late and not item.get("late_admitted") and name, f"after {last}")


def admitted_is_what_came_late(told: Telling, entry: Entry) -> Found:
    """late_items: only what came after the last day of its month is admitted late, and once."""
    item = told.items[entry["payload"]["item"]]
    own = told.in_force(item["body"], entry["at"][:10])
    block = own.one("submission_deadline") if own else None
    last = f"{item['on'][:7]}-{block['day']:02d}" if block else "9999"
    came_late = item["origin"] == "submitted" and item["on"] > last
    yield from when(not came_late and item["item"], "not late")
    yield from when(item.get("late_admitted") and item["item"], "admitted already")


def next_sitting_takes_the_carried(told: Telling, entry: Entry) -> Found:
    """adjusted_by: a carried item is on the next sitting's agenda without anybody asking again."""
    said = entry["payload"]
    due = told.next_sitting(said["body"])
    yield from when(said.get("sitting") != due, f"not at {due}")


def carried_changes_what_the_task_rests_on(told: Telling, entry: Entry) -> Found:
    """adjusted_by: what is carried changes the latest decision by which its task goes on."""
    asked = told.adjustments.get(entry["payload"].get("adjustment"))
    if asked is None:
        return
    latest = None
    for decision in told.decisions.values():
        if decision["outcome"] in CARRIED and asked["task"] in decision["tasks"]:
            latest = decision["decision"]
    yield from when(entry["payload"].get("changes") != latest and latest, "another decision")


def opened_when_its_notice_says(told: Telling, entry: Entry) -> Found:
    """notice_lead: without a reason nobody opens a meeting unannounced, or on another day."""
    if entry["type"] != "open_sitting" or entry["payload"]["verdict"] != "accepted":
        return
    held = told.sittings[entry["payload"]["act"]["sitting"]]
    if told.demand(held["sitting"], "notice_lead"):
        yield from when(held["notice"] != held["starts_at"], "not announced")
        yield from when(entry["at"][:10] != held["starts_at"][:10], "not on its day")


def opened_by_the_chair_after_notice(told: Telling, entry: Entry) -> Found:
    """presided_by, notice_lead, in_the_room: the chair, in the room, opens what was convened."""
    held = sitting_of(told, entry)
    yield from when(held["status"] != "convened" and held["status"], "not convened")
    yield from when(entry["payload"]["by"] != held.get("chair"), "not the chair")
    yield from when(held.get("chair") not in told.present(held["sitting"]), "chair away")
    carried = told.carried.get(held["body"], ())
    left = [i for i in carried if told.items[i]["status"] == "approved"]
    yield from when(left, "carried items wait")


def leave_is_granted_by_another(told: Telling, entry: Entry) -> Found:
    """not_for: nobody grants their own leave, nor one that was not asked for."""
    said, held = entry["payload"], sitting_of(told, entry)
    yield from when(said["by"] == said["person"] and said["by"], "granted to oneself")
    yield from when(held["leaves"].get(said["person"]) != "requested", "not asked for")


def on_leave_means_granted_and_told(told: Telling, entry: Entry) -> Found:
    """leave_granted_first, leave_told: on leave is who has it granted and has told the office."""
    said, held = entry["payload"], sitting_of(told, entry)
    told_so = held["leaves"].get(said["person"]) == "told"
    yield from when(said["status"] == "leave" and not told_so and said["person"], "no leave")


def absence_is_entered_by_the_secretary(told: Telling, entry: Entry) -> Found:
    """recorded_by: who is on leave or absent is entered by who keeps the record."""
    entered = entry["payload"]["status"] in ("leave", "absent")
    mine = entry["actor"] in keepers(sitting_of(told, entry))
    yield from when(entered and not mine and entry["actor"], "not the secretary")


def presence_says_by_whose_hand(told: Telling, entry: Entry) -> Found:
    """Every sign-in: entered by oneself, on the page or by the code, or by the secretary's hand."""
    said = entry["payload"]
    mine = entry["actor"] == said["person"] and "entered_by" not in entry
    yield from when(mine != (said["source"] != "secretary") and said["source"], "not by that hand")
    coming = said["status"] == "present"
    yield from when(said["source"] == "code" and not coming and said["person"], "left by the code")


def only_those_of_the_sitting_attend(told: Telling, entry: Entry) -> Found:
    """concerns: presence is kept of members, those in attendance and those invited."""
    said, held = entry["payload"], sitting_of(told, entry)
    guests = [p for people in held["invited"].values() for p in people]
    yield from when(said["person"] not in (*held["people"], *guests) and said["person"], "outsider")

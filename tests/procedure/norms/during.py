"""Norms for what happens at a meeting: one item at a time, speaking, deciding."""

from tests.procedure.norms.base import Found, sitting_of, when
from tests.procedure.telling import Entry, Facts, Telling, heard, keepers, stances


def meeting_is_open(told: Telling, entry: Entry) -> Found:
    """in_state: what belongs to a meeting happens while it is open."""
    held = sitting_of(told, entry)
    yield from when(held["status"] != "open" and held["status"], "not open")


def one_item_at_a_time(told: Telling, entry: Entry) -> Found:
    """in_state, on_this_agenda: an item of this agenda begins when nothing else is before it."""
    held, item = sitting_of(told, entry), entry["payload"]["item"]
    yield from when(held["current"], "another is before the meeting")
    yield from when(item not in held["agenda"] and item, "not on the agenda")
    yield from when(told.items[item]["status"] != "on_agenda" and item, "not waiting")
    yield from when(held.get("chair") not in told.present(held["sitting"]), "chair away")


def planned_before_floor(told: Telling, entry: Entry) -> Found:
    """planned_first: items from the floor come after every planned one has its outcome."""
    held, item = sitting_of(told, entry), entry["payload"]["item"]
    if item in held["floor"] and told.demand(held["sitting"], "planned_first"):
        planned = [i for i in held["agenda"] if i not in held["floor"]]
        open_ones = [i for i in planned if not held["talks"].get(i, {}).get("outcome")]
        yield from when(open_ones, "planned items wait")


def only_the_item_before_the_meeting(told: Telling, entry: Entry) -> Found:
    """in_state: who reports, speaks, keeps out or decides does so on the item at hand."""
    held, item = sitting_of(told, entry), entry["payload"]["item"]
    yield from when(held["current"] != item and item, "not before the meeting")


def only_the_present_act(told: Telling, entry: Entry) -> Found:
    """in_the_room, not_recused: who reports or speaks is in the room and has not recused."""
    said = entry["payload"]
    person = said.get("member") or said.get("rapporteur") or said.get("person")
    yield from when(person not in told.present(said["sitting"]) and person, "away")
    yield from when(person in told.talk(entry)["recused"] and person, "recused")


def recused_stay_out(told: Telling, entry: Entry) -> Found:
    """not_recused: who keeps out of an item neither settles anything in it nor keeps out twice."""
    said = entry["payload"]
    person = said.get("member") or said.get("person")
    yield from when(person in told.talk(entry)["recused"] and person, "recused")


def decided_by_no_recused_chair(told: Telling, entry: Entry) -> Found:
    """chair_not_recused: what the meeting decides is stated by nobody who keeps out of the item."""
    held = sitting_of(told, entry)
    asked = told.demand(held["sitting"], "chair_not_recused")
    out = held["chair"] in told.talk(entry)["recused"]
    yield from when(asked and out and held["chair"], "keeps out of it")


def enough_are_present(told: Telling, entry: Entry) -> Found:
    """quorum: a meeting opens and decides with as many members present as its charter wants."""
    held = sitting_of(told, entry)
    block = told.demand(held["sitting"], "quorum")
    if block:
        there = len(set(held["members"]) & told.present(held["sitting"])) * block["den"]
        whole = len(held["members"]) * block["num"]
        short = there <= whole if block.get("strict") else there < whole
        yield from when(short and held["sitting"], "too few members")


def only_what_is_on_this_agenda(told: Telling, entry: Entry) -> Found:
    """on_this_agenda: who is called in, and what is admitted, is for this meeting."""
    said = entry["payload"]
    elsewhere = told.items[said["item"]].get("sitting") != said["sitting"]
    yield from when(elsewhere and said["item"], "not of this meeting")


def work_is_reported_where_foreseen(told: Telling, entry: Entry) -> Found:
    """work_reports: sections report under the matter the charter names, each by its people."""
    said, held = entry["payload"], sitting_of(told, entry)
    block = told.demand(held["sitting"], "work_reports")
    matter = told.items[held["current"]]["matter"] if held["current"] else None
    fits = block and block["allowed"] and matter == block.get("during", matter)
    yield from when(not fits and said["unit"], "not foreseen now")
    mine = said["by"] in told.staff([said["unit"]], entry["at"][:10])
    fits = mine and told.units[said["unit"]]["kind"] == "section"
    yield from when(not fits and said["by"], "not of that section")
    yield from when(said["by"] not in told.present(said["sitting"]) and said["by"], "away")


def entered_by_self_or_secretary(told: Telling, entry: Entry) -> Found:
    """reserved_to: a position is the member's own or the secretary's entry, and says which.

    The chair too may enter that the next speaker lets the turn pass.
    """
    said, held = entry["payload"], sitting_of(told, entry)
    mine = entry["actor"] == said.get("member", said.get("rapporteur", said.get("person")))
    hands = {*keepers(held), *([held["chair"]] if entry["type"] == "turn_passed" else [])}
    yield from when(not mine and entry["actor"] not in hands, "by somebody else")
    source = "member" if mine and "entered_by" not in entry else "secretary"
    yield from when(said.get("source", source) != source, "source is wrong")


def report_is_by_the_charter(told: Telling, entry: Entry) -> Found:
    """report_parts, rapporteur: the report has the parts that this charter asks for."""
    said = entry["payload"]
    own = told.binding(said["sitting"])[0]
    due = [part for block in own.all("report_parts") for part in block["parts_due"]]
    yield from when([part for part in due if part not in said["parts"]], "parts missing")
    yield from _may_report(told, entry, said["rapporteur"])


def _may_report(told: Telling, entry: Entry, person: str) -> Found:
    said, day = entry["payload"], entry["at"][:10]
    own = told.binding(said["sitting"])[0]
    item, block = told.items[said["item"]], own.one("rapporteur")
    if block and item.get("lead_unit"):
        raising = [item["lead_unit"], *item.get("co_units", ())]
        heads = [p for u in raising for p in told.holders(own.posts["section_head"], day, u)]
        posts = [post for post in block["by"] if "@" not in post]
        others = [p for post in posts for p in told.holders(own.posts[post], day)]
        yield from when(person not in (*heads, *others) and person, "may not report it")


def report_comes_first(told: Telling, entry: Entry) -> Found:
    """after_report: nobody speaks before the item has been reported."""
    yield from when(not told.talk(entry)["rapporteur"], "nobody has reported")


def turns_are_kept(told: Telling, entry: Entry) -> Found:
    """speaks_in_turn: who has not been heard waits for those seated before."""
    said = entry["payload"]
    sitting, item, person = said["sitting"], said["item"], said["member"]
    silent = told.silent(sitting, item)
    if told.demand(sitting, "speaks_in_turn") and person in silent:
        yield from when(silent[0] != person and silent[0], "before")


def called_in_turn(told: Telling, entry: Entry) -> Found:
    """speaks_in_turn, participants, rapporteur: the chair calls whose turn it is.

    Until the item is reported, whoever may report it.
    """
    said = entry["payload"]
    yield from when(said["by"] != sitting_of(told, entry)["chair"] and said["by"], "not the chair")
    if told.talk(entry)["rapporteur"]:
        yield from turns_are_kept(told, entry)
    else:
        yield from _may_report(told, entry, said["member"])


def asked_by_the_chair(told: Telling, entry: Entry) -> Found:
    """reserved_to, not_for, concerns: the chair asks somebody else who belongs there to add."""
    said, held = entry["payload"], sitting_of(told, entry)
    person, rapporteur = said["person"], told.talk(entry)["rapporteur"]
    yield from when(said["by"] != held["chair"] and said["by"], "not the chair")
    yield from when(person == said["by"] and person, "asks themselves")
    belong = (*held["people"], *held["invited"].get(said["item"], ()), rapporteur)
    yield from when(person not in belong and person, "outsider")
    yield from when("words" not in said["sealed"], "nothing asked")


def added_when_asked(told: Telling, entry: Entry) -> Found:
    """in_state: who adds something has been asked, and adds it once for each asking."""
    asked = told.talk(entry).get("asked", {}).get(entry["payload"]["person"], "none")
    yield from when(asked != "asked" and asked, "was not asked")


def chair_speaks_last(told: Telling, entry: Entry) -> Found:
    """speaks_last: the chair takes a position when nobody who takes part is still silent."""
    said = entry["payload"]
    held = sitting_of(told, entry)
    if said["member"] == held.get("chair") and told.demand(held["sitting"], "speaks_last"):
        yield from when(entry["type"] == "turn_passed" and said["member"], "passed")
        yield from when(told.silent(held["sitting"], said["item"]), "not yet heard")


def after_the_chair(talk: Facts, held: Facts) -> list[str]:
    """Who stands, since the chair's last words, where they did not stand before."""
    stands: dict[str, set[str]] = {}
    then: dict[str, set[str]] | None = None
    for person, stance, settled in talk["said"]:
        if person == held.get("chair") and not settled:
            then = {who: set(stances) for who, stances in stands.items()}
        stands[person] = {stance} if settled else stands.get(person, set()) | {stance}
    others = stands.keys() - {held.get("chair")}
    return [p for p in sorted(others) if then is not None and stands[p] - then.get(p, set())]


def only_who_takes_part_speaks(told: Telling, entry: Entry) -> Found:
    """participants, speaks_once: members and those in attendance, each once a source.

    The chair who speaks last speaks once more after somebody who came in later, and speaks after a
    pass from before taking the chair.
    """
    said, held = entry["payload"], sitting_of(told, entry)
    guests = held["invited"].get(said["item"], ())
    yield from when(said["member"] not in (*held["people"], *guests), "outsider")
    talk = told.talk(entry)
    before = [p for p in talk["positions"] if p["member"] == said["member"]]
    again = said["member"] in talk["passed"] or any(
        p["source"] == said.get("source", p["source"]) for p in before
    )
    asked = told.demand(held["sitting"], "speaks_last") and said["member"] == held.get("chair")
    open_yet = after_the_chair(talk, held) or all(p[0] != said["member"] for p in talk["said"])
    closes = bool(asked) and entry["type"] == "position_stated" and open_yet
    yield from when(again and not closes and said["member"], "heard already")


def stance_is_clear(told: Telling, entry: Entry) -> Found:
    """clear_position: where the charter asks for it, nobody speaks without a stance."""
    said = entry["payload"]
    asked = told.demand(said["sitting"], "clear_position")
    yield from when(asked and said["stance"] == "none", "no stance")


def settled_by_the_member(told: Telling, entry: Entry) -> Found:
    """has_spoken: only the member says, with a reason, which of what was entered holds."""
    said = entry["payload"]
    yield from when(entry["actor"] != said["member"] and entry["actor"], "not the member")
    talk, person = told.talk(entry), said["member"]
    yield from when(not heard(talk, person), "nothing entered")
    mine = [stance for who, stance, _ in talk["said"] if who == person]
    away = person not in told.present(said["sitting"])
    yield from when(away and said["stance"] not in mine, "a new stance from outside")
    yield from when("reason" not in said.get("sealed", {}), "no reason")


def decided_by_the_majority(told: Telling, entry: Entry) -> Found:
    """majority: the outcome has its majority on the declared base, members only, counted anew."""
    said = entry["payload"]
    if said["outcome"] == "noted":
        return
    block = told.demand(said["sitting"], "majority")
    if block is None:
        return
    votes, base = count(told, entry, block)
    yield from when((said["votes"], said["base"]) != (votes, base), f"counted {votes} of {base}")
    mine, whole = votes * block.get("den", 2), base * block.get("num", 1)
    carried = base and (mine > whole if block.get("strict", True) else mine >= whole)
    yield from when(not carried, f"{votes} of {base} do not carry it")


def count(told: Telling, entry: Entry, block: Facts) -> tuple[int, int]:
    """The members for an outcome, and the members on whose number the charter counts them."""
    held, talk = sitting_of(told, entry), told.talk(entry)
    side = "against" if entry["payload"]["outcome"] == "reject" else "for"
    base = set(held["members"])
    if block.get("recused") == "leave":
        base -= set(talk["recused"])
    if block["base"] == "present":
        base &= told.present(held["sitting"])
    elif block["base"] == "stated":
        base = {m for m in base if len(stances(talk, m)) == 1 and stances(talk, m) != {"none"}}
    votes = {m for m in base - set(talk["recused"]) if stances(talk, m) == {side}}
    return len(votes), len(base)


def decided_once_all_are_heard(told: Telling, entry: Entry) -> Found:
    """everyone_heard, speaks_last: no decision while somebody who takes part is silent."""
    said, held = entry["payload"], sitting_of(told, entry)
    if said["outcome"] == "noted":
        return
    waiting = told.silent(held["sitting"], said["item"])
    all_heard = told.demand(held["sitting"], "everyone_heard")
    yield from when(bool(all_heard) and waiting, "not yet heard")
    talk = told.talk(entry)
    silent = not heard(talk, held["chair"]) and held["chair"] not in talk["recused"]
    asked = told.demand(held["sitting"], "speaks_last")
    yield from when(bool(asked) and silent, "the chair is silent")


def chair_has_the_last_word(told: Telling, entry: Entry) -> Found:
    """speaks_last: when it is decided, nobody was heard anew after the chair's last words."""
    said, held = entry["payload"], sitting_of(told, entry)
    if said["outcome"] != "noted" and told.demand(held["sitting"], "speaks_last"):
        talk = told.talk(entry)
        recused = held["chair"] in talk["recused"]
        yield from when(not recused and after_the_chair(talk, held), "heard after the chair")


def decided_without_contradiction(told: Telling, entry: Entry) -> Found:
    """positions_settled: two entries of one stance that differ are settled before deciding."""
    talk = told.talk(entry)
    people = {p["member"] for p in talk["positions"]}
    yield from when(sorted(p for p in people if len(stances(talk, p)) > 1), "differ")


def decided_by_the_chair(told: Telling, entry: Entry) -> Found:
    """reserved_to, entered_for: the chair, in the room, states it; the secretary may enter it."""
    held = sitting_of(told, entry)
    hand = entry["payload"].get("source") == "secretary" and entry["actor"] in keepers(held)
    mine = entry["actor"] == held["chair"] or hand
    yield from when(not mine and entry["actor"], "not the chair")
    yield from when(held["chair"] not in told.present(held["sitting"]), "chair away")


def set_right_by_the_chair(told: Telling, entry: Entry) -> Found:
    """restate_decision: the chair sets right what the secretary entered, as what it was."""
    said, held = entry["payload"], sitting_of(told, entry)
    made = told.decisions[said["decision"]]
    yield from when(entry["actor"] != held["chair"] and entry["actor"], "not the chair")
    yield from when(made.get("source") != "secretary" and said["decision"], "not entered for it")
    like = {said["outcome"], made["outcome"]}
    alike = len(like) == 1 or like == {"adopt", "agree_in_principle"}
    yield from when(not alike and said["decision"], "another outcome")


def decided_with_its_parts(told: Telling, entry: Entry) -> Found:
    """summed_up, noted_only: the summary where it is asked for; noted what only informs."""
    said = entry["payload"]
    own = told.binding(said["sitting"])[0]
    verbs = {block["matter"]: block["verb"] for block in own.all("scope")}
    matter = told.items[said["item"]]["matter"]
    noted = said["outcome"] == "noted"
    yield from when(noted and verbs[matter] not in ("inform", "hear") and matter, "only noted")
    standing = told.items[said["item"]]["origin"] == "standing"
    unheard = noted and not standing and not told.talk(entry)["rapporteur"]
    yield from when(unheard, "noted before it was reported")
    asked = own.one("summed_up") and not noted
    yield from when(asked and "summary" not in said["sealed"], "no summary")


def closed_when_all_is_done(told: Telling, entry: Entry) -> Found:
    """agenda_done: no meeting closes while an item has no outcome or waits to be admitted."""
    held = sitting_of(told, entry)
    left = [i for i in held["agenda"] if not held["talks"].get(i, {}).get("outcome")]
    raised = [
        name
        for name, item in told.items.items()
        if item["status"] == "raised" and item["sitting"] == held["sitting"]
    ]
    yield from when(left + raised, "no outcome")


def spot_tasks_only_where_foreseen(told: Telling, entry: Entry) -> Found:
    """spot_tasks, noted_only: with nothing decided, tasks come of the matter the charter names."""
    said, held = entry["payload"], sitting_of(told, entry)
    if said.get("decision"):
        decided_here = told.decisions[said["decision"]]["sitting"] == held["sitting"]
        yield from when(not decided_here and said["decision"], "decided at another sitting")
        if told.decisions[said["decision"]]["outcome"] != "noted":
            return
    block = told.demand(held["sitting"], "spot_tasks")
    about = told.decisions[said["decision"]]["item"] if said.get("decision") else held["current"]
    matter = told.items[about]["matter"] if about else None
    fits = block and block["allowed"] and matter == block["during"]
    yield from when(not fits, "not foreseen now")

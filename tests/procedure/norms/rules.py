"""Norms for the rules themselves: made, changed and ended by decision."""

from tests.procedure.norms.base import Found, when
from tests.procedure.telling import CARRIED, GENERAL, Entry, Telling
from tests.procedure.written import rules_of


def rules_are_changed_by_decision(told: Telling, entry: Entry) -> Found:
    """amended_by: rules are made, changed and ended by a carried decision of the body named.

    Where several are named, it is one of their own for each, and one of any for the others.
    """
    said, day = entry["payload"], entry["at"][:10]
    first = not told.versions.get(said["body"])
    before = first and rules_of(said["text"]).adopted.get("before_journal")
    if said["body"] == GENERAL or (before and said["in_force"] <= told.founded):
        return
    every = {other: told.in_force(other, day) for other in told.versions}
    named = {b: block for b, rules in every.items() if rules and (block := rules.one("amended_by"))}
    named = {b: named[b] for b in named if b == said["body"]} or named
    decision = told.decisions.get(said.get("decision", ""))
    block = named.get(decision["body"]) if decision else None
    carried = decision and decision.get("outcome") in CARRIED
    here = block and carried and told.items[decision["item"]]["matter"] == block["matter"]
    yield from when(named and not here and said["body"], "no decision for it")


def versions_say_what_adopted_them(told: Telling, entry: Entry) -> Found:
    """first_charter: a first version names its meeting, a later one the decision."""
    said = entry["payload"]
    if said["body"] == GENERAL:
        return
    if told.versions.get(said["body"]):
        yield from when("decision" not in said and said["body"], "no decision named")
    else:
        adopted = rules_of(said["text"]).adopted
        named = adopted.get("year") and adopted.get("number")
        yield from when(not named and said["body"], "no meeting named")
        later = min(said["in_force"], entry["at"][:10]) > told.founded
        late = adopted.get("before_journal") and later
        yield from when(late and said["in_force"], "not from before the journal")


def rules_end_while_others_decide(told: Telling, entry: Entry) -> Found:
    """amended_by: rules end on no past day, and never the last that say who decides on rules."""
    said, today = entry["payload"], entry["at"][:10]
    yield from when(said["ends_on"] < today and said["ends_on"], "ended back in time")
    own = told.in_force(said["body"], today)
    last = max([said["ends_on"], *(day for days in told.ended.values() for day in days)])
    others = [told.in_force(b, last) for b in told.versions if b != said["body"]]
    left = any(rules.one("amended_by") for rules in others if rules)
    alone = own and own.one("amended_by") and not left
    yield from when(alone and said["body"], "nobody is left to decide on rules")


def a_decision_enacts_once(told: Telling, entry: Entry) -> Found:
    """enacted_once: of one body's rules a decision enacts one version, or ends them once."""
    said = entry["payload"]
    spent = said.get("decision") and (said["body"], said["decision"]) in told.enacted
    yield from when(spent and said["decision"], "spent already")


def rules_reach_back_to_no_day_before_their_decision(told: Telling, entry: Entry) -> Found:
    """backdating: no version is in force before its decision, unless the rules foresee it."""
    said = entry["payload"]
    decision = told.decisions.get(said.get("decision", ""))
    if decision is None or said["in_force"] >= decision["on"]:
        return
    general = told.in_force(GENERAL, entry["at"][:10])
    own = told.in_force(said["body"], entry["at"][:10]) or rules_of(said["text"])
    block = own.one("backdating") or (general and general.one("backdating"))
    yield from when(not (block and block["allowed"]) and said["in_force"], "before its decision")


RULED = {
    "sign_in": ("signs_in_on_the_day",),
    "recusal": ("not_recused", "chair_not_recused"),
    "quorum": ("quorum",),
    "report_limit": (),
    "speech_limit": (),
    **dict.fromkeys(("circulate", "check", "sign_off"), ("minutes_prepared",)),
}
"""For each house practice the kinds of rules where a charter has them, it is not silent."""


def practice_fills_silence(told: Telling, entry: Entry) -> Found:
    """practice_where_silent: no house practice begins where the body's own rules speak."""
    said = entry["payload"]
    rules = told.in_force(said["body"], said["since"])
    kinds = RULED[said["practice"]]
    stated = [] if kinds or rules is None else rules.all("states")
    ruled = rules and any(rules.one(kind) for kind in kinds)
    ruled = ruled or any(block["fact"] == "time_limits" for block in stated)
    yield from when(ruled and said["practice"], "ruled on already")
    yield from when(
        said["since"] < entry["at"][:10] and said["since"], "from a day that has passed"
    )

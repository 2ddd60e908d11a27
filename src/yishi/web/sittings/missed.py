"""Which items somebody at a meeting was not there for, and why, as the minutes number them."""

from typing import Final

from yishi.procedure.state import Deliberation, Sitting
from yishi.procedure.whereabouts import Presence

WHYS: Final = ("recused", "late", "left", "away")
"""回避 · 晚到 · 提前离席 · 中途离席, in the order in which they are told."""


def missed(sitting: Sitting, person: str) -> dict[str, list[str]]:
    """By reason, the numbers that these items have in the minutes as they are ordered now (GW-F5).

    Who saw any part of an item took part in it; who was called in for one misses no other. Of who
    never came there is nothing to say: they are among those on leave or absent.
    """
    there = sitting.presence.get(person)
    if there is None or not any(status == "present" for status, _ in there.log):
        return {}
    found: dict[str, list[str]] = {why: [] for why in WHYS}
    for place, item in enumerate(sitting.draft.in_order(sitting.taken), 1):
        talk = sitting.deliberations[item]
        why = "recused" if person in talk.recused else _why(sitting, talk, person, there)
        if why:
            found[why].append(str(place))
    return {why: places for why, places in found.items() if places}


def _why(sitting: Sitting, talk: Deliberation, person: str, there: Presence) -> str:
    begun, ended = talk.begun_at, talk.ended_at or sitting.closed_at
    if begun is None or ended is None or person not in sitting.people:
        return ""
    before = [status for status, at in there.log if at <= begun]
    later = [status for status, at in there.log if begun < at < ended]
    if "present" in (*before[-1:], *later):
        return ""
    if "present" not in before:
        return "late"
    back = any(status == "present" for status, at in there.log if at >= ended)
    return "away" if back else "left"

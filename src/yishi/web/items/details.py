"""What is said of each moment in an item's life, beside who did it and when."""

from collections.abc import Callable
from typing import Any, Final

from yishi.web.items.chronicle import Told
from yishi.web.items.listing import plain, sitting_name
from yishi.web.office import Office

Say = Callable[[Office, Any], str]


def detail(office: Office, one: Told) -> str:
    """What there is to say of a moment; empty where its name says all."""
    said = DETAILS.get(one.name)
    return said(office, one.event) if said else ""


def _reason(office: Office, event: Any) -> str:
    return plain(office, event.reason)


def _revised(office: Office, event: Any) -> str:
    fields = [name for name in ("title", "content", "proposal") if getattr(event, name)]
    return _listed(office, [office.catalogue.word("fields", name) for name in fields])


def _approved(office: Office, event: Any) -> str:
    return office.catalogue.word("fields", "late_admitted") if event.late_admitted else ""


def _sitting(office: Office, event: Any) -> str:
    return sitting_name(office, event.sitting)


def _titled(office: Office, event: Any) -> str:
    return plain(office, event.title)


def _invited(office: Office, event: Any) -> str:
    return _listed(office, [plain(office, office.names.person(p)) for p in event.people])


def _postponed(office: Office, event: Any) -> str:
    """At which meeting, and what the chair said to it, for those who may read the papers."""
    where = sitting_name(office, event.sitting)
    if not office.reads("paper", event.item).allowed:
        return where
    return where + office.catalogue.word("shapes", "colon") + plain(office, event.words)


def _outcome(office: Office, event: Any) -> str:
    return office.catalogue.word("outcomes", event.outcome)


def _task(office: Office, event: Any) -> str:
    return plain(office, office.state.tasks[event.task].words)


def _listed(office: Office, words: list[str]) -> str:
    return office.catalogue.word("shapes", "join").join(words)


DETAILS: Final[dict[str, Say]] = {
    "item_revised": _revised,
    "item_returned": _reason,
    "item_put_off": _reason,
    "item_refused": _reason,
    "floor_item_declined": _reason,
    "item_approved": _approved,
    "agenda_set": _sitting,
    "item_begun": _sitting,
    "item_postponed": _postponed,
    "minutes_issued": _sitting,
    "paper_supplied": _titled,
    "others_invited": _invited,
    "item_decided": _outcome,
    "decision_restated": _outcome,
    "task_assigned": _task,
    "task_planned": _task,
    "adjustment_granted": _task,
    "task_completed": _task,
    "task_closed": _task,
    "task_ended": _task,
}
"""One function an event: its words."""

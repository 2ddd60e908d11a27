"""The reports of the sections (工作汇报), while their item is before the meeting."""

from collections.abc import Iterable
from typing import Any

from yishi.procedure.composition import StandingItem
from yishi.procedure.enact import book_of
from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.pressing import key, stands
from yishi.web.sittings.told import Told, of


def reported(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> dict[str, Any] | None:
    """Which sections have reported, and what; None while another item is in hand."""
    item = sitting.current
    rules = book_of(office.state, sitting.charters).all_of(StandingItem)
    if item is None or item not in {rule.id_in(sitting.id) for rule in rules}:
        return None
    said = {t.event.unit: t for t in of(happenings, "work_reported")}
    return {"item": item, "units": [(unit, said.get(unit)) for unit in _sections(office, sitting)]}


def to_report(office: Office, sitting: Sitting) -> list[tuple[str, str]]:
    """The sections for which whoever looks may report now, each with the key of its form."""
    if reported(office, sitting, ()) is None:
        return []
    named = {"sitting": sitting.id, "item": str(sitting.current)}
    return [
        (unit, key())
        for unit in _sections(office, sitting)
        if unit not in sitting.reports and stands(office, "report_work", **named, unit=unit)
    ]


def _sections(office: Office, sitting: Sitting) -> list[str]:
    opened = sitting.opened_at or office.now
    return [unit.id for unit in office.state.roster.open_units("section", opened.date())]

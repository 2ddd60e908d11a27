"""What a step may expect, by the question it puts: a misspelt expectation must not pass unseen."""

from typing import Any, Literal

import msgspec

from yishi.procedure.report import LedgerRow

Outcomes = Literal["accepted", "departed", "broken", "refused", "rejected"]
"""What an act may be expected to come to."""

Value = str | tuple[str, ...]


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of an expectation."""


class WantedOffers(Wanted, frozen=True):
    """Of `may`."""

    offers: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()
    withheld: dict[str, tuple[str, ...]] = {}


class WantedAccess(Wanted, frozen=True):
    """Of `read`."""

    allowed: Literal["true", "false"] = "true"
    clause: str = ""
    body: str = ""


class DueRow(Wanted, frozen=True):
    """One reminder."""

    clause: Value = ""
    body: Value = ""
    kind: Value = ""
    to: Value = ""
    about: Value = ""
    says: Value = ""


class WantedReminders(Wanted, frozen=True):
    """Of `reminders`."""

    has: tuple[DueRow, ...] = ()
    lacks: tuple[DueRow, ...] = ()


class ReportRow(Wanted, frozen=True):
    """One line of the compliance report."""

    clause: Value = ""
    body: Value = ""
    kind: Value = ""
    status: Literal["kept", "departed", "broken", "refused"] = "kept"
    about: Value = ""
    reason: Value = ""
    by: Value = ""


class WantedReport(Wanted, frozen=True):
    """Of `report`."""

    has: tuple[ReportRow, ...] = ()
    lacks: tuple[ReportRow, ...] = ()


TaskRow = msgspec.defstruct(
    "TaskRow",
    [(field.name, Value, "") for field in msgspec.structs.fields(LedgerRow)],
    bases=(Wanted,),
    frozen=True,
)
"""One line of the ledger."""


class WantedLedger(Wanted, frozen=True):
    """Of `ledger`."""

    has: tuple[TaskRow, ...] = ()  # type: ignore[valid-type]
    lacks: tuple[TaskRow, ...] = ()  # type: ignore[valid-type]


class StatedFact(Wanted, frozen=True):
    """One fact that a charter states."""

    clause: str = ""
    fact: str = ""
    value: str = ""


class WantedCharter(Wanted, frozen=True):
    """Of `charter`."""

    states: tuple[StatedFact, ...] = ()
    states_only: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    clauses: dict[str, tuple[str, ...]] = {}


class RemarkRow(Wanted, frozen=True):
    """One remark of a house practice, with what fills its sentence."""

    practice: Value = ""
    about: Value = ""
    says: Value = ""
    person: Value = ""
    people: Value = ""
    item: Value = ""
    present: Value = ""
    base: Value = ""
    needed: Value = ""
    minutes: Value = ""
    limit: Value = ""


class WantedPractice(Wanted, frozen=True):
    """Of `practice`."""

    holds: tuple[str, ...] | None = None
    has: tuple[RemarkRow, ...] = ()
    lacks: tuple[RemarkRow, ...] = ()


WANTED: dict[str, Any] = {
    "may": WantedOffers,
    "read": WantedAccess,
    "reminders": WantedReminders,
    "report": WantedReport,
    "ledger": WantedLedger,
    "charter": WantedCharter,
    "state": dict[str, Any],
    "practice": WantedPractice,
}
"""The shape of what each question may expect."""

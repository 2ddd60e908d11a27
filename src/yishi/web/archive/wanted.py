"""Which papers a meeting's package holds, known from the state alone."""

from collections.abc import Iterator

import msgspec

from yishi.procedure.issued import PUBLIC
from yishi.procedure.state import Sitting, State

UNADOPTED = ("reject", "postpone")
"""Outcomes after which what was handed in was not adopted."""


class Wanted(msgspec.Struct, frozen=True):
    """A paper by what it is about, and the kind of record that it is kept as."""

    name: str
    subject: str
    about: str = ""
    record: str = ""
    form: str = "pdf"

    @property
    def kept_as(self) -> str:
        """The kind of record by which the time that it is kept is looked up."""
        return self.record or self.name


def wanted(state: State, sitting: Sitting) -> tuple[Wanted, ...]:
    """The papers in the order in which one reads them."""
    return tuple(_papers(state, sitting))


def _papers(state: State, sitting: Sitting) -> Iterator[Wanted]:
    yield Wanted("notice", sitting.id)
    yield Wanted("agenda", sitting.id)
    for item in sitting.agenda:
        then = sitting.id if item in sitting.left else ""
        yield Wanted("item", item, then, record=of_item(sitting, item, "item"))
    yield Wanted("attendance", sitting.id)
    for person in sorted(sitting.leaves):
        yield Wanted("leave", sitting.id, person)
    yield Wanted("record", sitting.id)
    yield Wanted("minutes", sitting.id)
    for one in sitting.minutes.files if sitting.minutes else ():
        if (one.paper, one.form) != ("minutes", "pdf"):
            yield Wanted(one.paper, sitting.id, record="minutes", form=one.form)
    for made in sitting.minutes.corrected if sitting.minutes else ():
        for form in dict.fromkeys(("pdf", *(file.form for file in made.files))):
            number = str(made.number)
            yield Wanted("correction", sitting.id, number, record="minutes", form=form)
    for version in sitting.minutes.versions if sitting.minutes else ():
        for form in dict.fromkeys(("pdf", *(file.form for file in version.files))):
            yield Wanted(PUBLIC, sitting.id, str(version.number), record="minutes", form=form)
    for decision in state.decided_at(sitting):
        held = (state.tasks[task] for task in decision.tasks)
        units = dict.fromkeys(u for t in held for u in (t.unit, t.counter) if u)
        for unit in units:
            yield Wanted("decision", decision.id, unit)
    for task in sitting.tasks:
        yield Wanted("task", task)
        if state.tasks[task].status != "open" or state.tasks[task].feedback:
            yield Wanted("feedback", task)
    for asked in sorted(state.adjustments.values(), key=lambda one: one.id):
        if asked.task in sitting.tasks:
            yield Wanted("adjustment", asked.id)
    yield Wanted("report", sitting.id)


def went_on(sitting: Sitting, item: str) -> bool:
    """Whether an item left the meeting unfinished: what comes of it later is another meeting's."""
    talk = sitting.deliberations.get(item)
    return talk is None or talk.outcome in (None, "postpone")


def of_item(sitting: Sitting, item: str, record: str) -> str:
    """The kind of record of what was handed in for an item: adopted, or not."""
    talk = sitting.deliberations.get(item)
    outcome = talk.outcome if talk else None
    return f"{record}_unadopted" if outcome is None or outcome in UNADOPTED else record

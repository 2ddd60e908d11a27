"""Which rows of a form are wrong: tasks and steps whose day lies before the meeting."""

from collections.abc import Iterable
from typing import Final

from yishi.procedure.verdict import Rejected
from yishi.web.acts.inputs import Input
from yishi.wording import Catalogue

EARLY: Final = ("place.due_before_meeting", "place.step_before_meeting")
"""What is said of a day in a row that lies before the meeting."""

DAYS: Final = {"drafts": "due_on", "steps": "by"}
"""The column with the day, by the kind of rows."""


def in_rows(inputs: Iterable[Input], verdict: Rejected) -> Input | None:
    """The field that has such rows, with their places marked; None where no row is wrong."""
    if verdict.message.id not in EARLY:
        return None
    on = str(verdict.message.params["on"])
    for one in (one for one in inputs if one.kind in DAYS):
        days = [row.get(DAYS[one.kind], "") for row in one.rows]
        one.wrong = tuple(place for place, day in enumerate(days) if day and day < on)
        if one.wrong:
            return one
    return None


def told_of(one: Input, words: Catalogue) -> str:
    """Which of the rows are meant; empty where the field has none that are."""
    places = tuple(place + 1 for place in one.wrong)
    return words.text("page.form.in_rows", places=places) if places else ""

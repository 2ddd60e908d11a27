"""The decision on the item before the meeting: its form, what may be decided, putting it off."""

from typing import Any, Final

import msgspec
from django.urls import reverse

from yishi.procedure.adjusting import old_tasks
from yishi.procedure.majority import CARRIES, SummedUp
from yishi.procedure.offers import Offer
from yishi.procedure.state import CARRIED, Sitting
from yishi.procedure.verdict import Ground
from yishi.web.acts.form import ActForm, form_for
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.pressing import asked, stands

OUTCOMES: Final = ("adopt", "agree_in_principle", "reject", "noted", "postpone")


class Deciding(msgspec.Struct, frozen=True):
    """The form of the decision: the outcomes that stand, and why the others do not."""

    form: ActForm
    outcomes: tuple[str, ...]
    closed: tuple[tuple[str, tuple[Ground, ...]], ...]
    summed_up: bool
    for_chair: bool = False
    """Whether it is entered for the chair, by whoever keeps the record."""

    @property
    def ripe(self) -> bool:
        """Whether more can be done than to put the item off."""
        return any(outcome != "postpone" for outcome in self.outcomes)

    @property
    def carries(self) -> bool:
        """Whether something can be adopted, so that there is something to carry out."""
        return any(CARRIES.get(outcome) == "for" for outcome in self.outcomes)


def deciding_of(office: Office, sitting: Sitting, item: str) -> Deciding | None:
    """The form of the decision, for whoever may state it."""
    named = {"sitting": sitting.id, "item": item}
    if not stands(office, "decide_item", **named):
        return None
    old = old_tasks(office.state, office.state.items[item])
    answers = {o: asked(office, "decide_item", **named, **_with(o, old)) for o in OUTCOMES}
    form = form_for(office, "decide_item", named)
    assert form.asked.book is not None
    return Deciding(
        form=form,
        outcomes=tuple(o for o, answer in answers.items() if isinstance(answer, Offer)),
        closed=tuple(
            (o, answer.grounds)
            for o, answer in answers.items()
            if answer is not None and not isinstance(answer, Offer)
        ),
        summed_up=any(
            isinstance(bound.rule, SummedUp) for bound in form.asked.book.for_act("decide_item")
        ),
        for_chair=office.person != sitting.chair,
    )


def _with(outcome: str, old: tuple[str, ...]) -> dict[str, Any]:
    """An outcome, with what has to be said of the tasks of the decision that it changes."""
    return {"outcome": outcome, "ends": old if outcome in CARRIED else ()}


def putting_off(named: dict[str, str], deciding: Deciding | None) -> str:
    """The link to put the item off, while nothing else can be decided."""
    if deciding is None or deciding.ripe or "postpone" not in deciding.outcomes:
        return ""
    back = reverse("room", args=[named["sitting"]])
    return link_to("decide_item", named, outcome="postpone", next=back)


def asking_more(office: Office, named: dict[str, str], deciding: Deciding | None) -> str:
    """The same link, with words that say what is to be brought."""
    if deciding is None or "postpone" not in deciding.outcomes:
        return ""
    section = office.state.items[named["item"]].lead_unit
    key = "page.room.more_of" if section else "page.room.more"
    names = {"unit": office.names.unit(section)} if section else {}
    words = office.catalogue.text(key, **names)
    back = reverse("room", args=[named["sitting"]])
    return link_to("decide_item", named, outcome="postpone", words=words, next=back)

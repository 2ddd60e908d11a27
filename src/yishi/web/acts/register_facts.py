"""What a form that only words a paper may not say: facts that the register has (登记簿里的事实)."""

from collections.abc import Mapping
from typing import Any, Final

from yishi.procedure.drafting import WordMinutes, WordPoint
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.web.acts.form import ActForm
from yishi.web.office import Office
from yishi.wording.formats import on_day

WORDING: Final = (WordMinutes, WordPoint)
"""Acts that word a paper beside what was decided."""

FACTS: Final = ("decision", "outcome", "unit", "counter", "owner", "due_on")
"""Fields of a decision and of its tasks, as other forms name them."""


def contradicted(form: ActForm, data: Mapping[str, Any]) -> Message | None:
    """The facts that were sent along with words, by name, with what stands; None: there is none."""
    if form.kind not in WORDING:
        return None
    office, named = form.office, tuple(name for name in FACTS if name in data)
    if not named:
        return None
    item = form.subject.get("item", "")
    said = [f"{office.catalogue.word('fields', n)}：{_stands(office, item, n)}" for n in named]
    return Message("drafting.facts_stay", {"stands": "；".join(said)})


def _stands(office: Office, item: str, name: str) -> str:
    """What the register has for a field of an item's decision, in words; else that it has none."""
    words, state = office.catalogue, office.state
    held = state.decisions.get(state.items[item].decision or "") if item else None
    if held is not None and name == "outcome":
        return words.word("outcomes", held.outcome)
    found = [held.words] if held is not None and name == "decision" else []
    found = found or [_shown(office, name, one) for one in _values(state, held, name)]
    return words.word("shapes", "join").join(found) or words.text("page.form.stands_nothing")


def _values(state: State, held: Any, name: str) -> list[Any]:
    if held is None or name == "decision":
        return []
    every = (getattr(state.tasks[task], name) for task in held.tasks)
    return list(dict.fromkeys(one for one in every if one))


def _shown(office: Office, name: str, value: Any) -> str:
    if name == "due_on":
        return on_day(office.catalogue, value)
    return office.names.person(value) if name == "owner" else office.names.unit(value)

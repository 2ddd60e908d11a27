"""Every message id that the code can say, read off its source."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import yishi
from yishi.journal import MESSAGES
from yishi.procedure.enact import PARAM_SHAPES
from yishi.procedure.majority import Majority
from yishi.procedure.minutes import MISSING
from yishi.procedure.order import SUBJECTS
from yishi.procedure.scope import Reserves, Scope

SOURCE = Path(yishi.__file__).parent
SPEAKING = ("procedure", "roster", "charter")
"""Packages below the wording whose messages it gives words to; the journal lists its own."""

_FOUND = ("kept", "broken")

EXPANDED = {
    "in_state.{self.subject}": [f"in_state.{s}" for s in SUBJECTS],
    "majority.{self.base}": [f"majority.{b}" for b in get_args(get_type_hints(Majority)["base"])],
    "scope.{self.judged}_{state}": [
        f"scope.{judged}_{state}"
        for judged in get_args(get_type_hints(Scope)["judged"])
        if judged
        for state in ("unjudged", "denied")
    ],
    "reserves.{why}": [
        "reserves.matter",
        *(f"reserves.{j}" for j in get_args(get_type_hints(Reserves)["judged"]) if j),
    ],
    "record_contents.{content}": [f"record_contents.{c}" for c in MISSING],
    "able_to_carry.{which}": ["able_to_carry.unit_closed", "able_to_carry.unit_ends"],
    "{found.id}_in_minutes": [
        f"able_to_carry.{which}_in_minutes"
        for which in ("unit_ahead", "unit_closed", "unit_ends", "no_post")
    ],
    "signed_by.{which}": [
        f"signed_by.{which}" for which in ("other", "nobody_named", "missing", "correction_missing")
    ],
    "minutes_prepared.{which}": ["minutes_prepared.missing", "minutes_prepared.correction_missing"],
    "task_parts.not_a_{kind}": ["task_parts.not_a_section", "task_parts.not_a_counter"],
    "lint.{shape}": [f"lint.{shape}" for shape in PARAM_SHAPES],
    "cadence.{status}": ["cadence.kept", "cadence.departed", "cadence.broken"],
    "minutes_owed.{status}": [f"minutes_owed.{s}" for s in _FOUND],
    "papers.{status}": [f"papers.{s}" for s in _FOUND],
    "standing_item.{status}": [f"standing_item.{s}" for s in _FOUND],
    "tasks_followed.{status}": [f"tasks_followed.{s}" for s in _FOUND],
}
"""What the ids that the code puts together can come to."""

UNJUDGED = {
    *("kept", "report.kept", "read_by.open", "reminds.appeal", "calendar.unconfirmed"),
    *("reserved_to.vacant", "counted.over", "counted.at_least", "counted.all"),
    *("submission_deadline.admitted", "submission_deadline.admitted_as_read"),
    *("submission_deadline.marked_late", "majority.out_of_reach", "clear_position.passed"),
    *("leave.other_time", "leave.before_moving", "usual_day.day_off"),
    *("second_person.appointed", "second_person.removed"),
    *("papers.kept", "papers.broken", "papers.owed", "cadence.unexplained", "cadence.said_later"),
    *("minutes_owed.due", "tasks_followed.overdue"),
    *("practice.sign_in", "practice.recusal", "practice.recused", "practice.nobody_recused"),
    *("practice.not_circulated", "practice.not_checked", "practice.not_signed_off"),
    *("practice.quorum", "practice.report_over", "practice.speech_over"),
    *(i for key in EXPANDED if key.endswith(".{status}") for i in EXPANDED[key]),
}
"""Notes, findings and reminders: nothing is refused by them."""


ELSEWHERE = "*"
"""Among the parameters of an id: the code gives more than it spells in the same place."""


def said() -> dict[str, set[str]]:
    """Every id with the names of the parameters that the code gives it."""
    found: dict[str, set[str]] = {id_: {ELSEWHERE} for id_ in MESSAGES}
    for package in SPEAKING:
        for path in sorted((SOURCE / package).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for id_, params in _of(call):
                    found.setdefault(id_, set()).update(params)
    return found


def grounds() -> set[str]:
    """Every id on which an act is refused or rejected."""
    faults = ("charter.", "lint.", "journal.")
    return {id_ for id_ in said() if not id_.startswith(faults)} - UNJUDGED


def _of(call: ast.AST) -> Iterator[tuple[str, set[str]]]:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        for id_ in _constants(call):
            yield id_, set()  # no parameters of its own
        return
    if call.func.id == "Message" and call.args:
        params = _keys(call.args[1]) if len(call.args) > 1 else set()
        for id_ in _ids(call.args[0]):
            yield id_, params
    elif call.func.id in ("Fault", "_UnfitError") and len(call.args) > 1:
        params = _keys(call.args[2]) if len(call.args) > 2 else set()
        for id_ in _ids(call.args[1]):
            yield id_, params | {k.arg for k in call.keywords if k.arg}


def _constants(node: ast.AST) -> Iterator[str]:
    """Ids of charter faults that the code hands on before it makes the fault."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        prefix, _, rest = node.value.partition(".")
        if prefix in ("charter", "lint") and rest.replace("_", "").isalpha():
            yield node.value


def _ids(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*_ids(node.body), *_ids(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return EXPANDED[ast.unparse(node)[2:-1]]
    return []


def _keys(node: ast.expr) -> set[str]:
    if not isinstance(node, ast.Dict):
        return {ELSEWHERE}
    return {k.value if isinstance(k, ast.Constant) else ELSEWHERE for k in node.keys}

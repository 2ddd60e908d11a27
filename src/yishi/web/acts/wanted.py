"""Which fields the rules want of an act: what no rule asks about is not put to anybody."""

from typing import Final

from yishi.procedure.adjusting import OldTasksSaid
from yishi.procedure.enact import Rulebook
from yishi.procedure.majority import SummedUp, TaskParts
from yishi.procedure.minutes import PublishDecision
from yishi.procedure.order import Needs
from yishi.procedure.publishing import ProposePublication
from yishi.procedure.scope import Reserves, Scope
from yishi.procedure.submission import SubmissionDeadline, WrittenForm
from yishi.procedure.verdict import Citation
from yishi.web.acts.choices import Asked, choices_named

JUDGED: Final = ("weighty", "triple_major", "within_authority")
"""Questions that only a person can answer, where a rule turns on the answer."""

OLD_TASKS: Final = ("continues", "ends")
"""Between them, where each task of the decision that is changed has to stand."""

CHANGING: Final = ("changes", "changes_task", *OLD_TASKS)
"""What only an item that changes something is asked, where there is something to name."""

UNSEEN: Final = ("digest", "way", "expects", "files")
"""Fields that a page fills in by itself."""

PARTLY: Final = {
    PublishDecision: ("masked", "title", "words", "without_tasks", "added"),
    ProposePublication: ("left_out", "without", "uncorrected", "masked", "excerpted"),
}
"""What makes an excerpt of a decision, or a part of minutes, to be published: it has a page of its
own, which shows it first."""

WRITTEN: Final = ("written", "content")
"""What the written form of an item asks for."""

OF_OTHERS: Final = (
    "ask_speaker",
    "call_speaker",
    "hand_over_task",
    "name_substitute",
    "propose_post",
    "record_absence",
)
"""Acts that are about somebody else: their forms do not begin with whoever fills them in."""


def wanted(asked: Asked, name: str) -> bool:
    """Whether an optional field is worth asking for: some rule turns on it, or it can be chosen."""
    book = asked.book
    if name in PARTLY.get(asked.kind, ()):
        return False
    if name in UNSEEN or book is None:
        return name not in UNSEEN
    if name in JUDGED:
        return _turns(asked, book, name)
    if name == "written":
        return book.rule(WrittenForm) is not None
    if name == "counter":
        return all(rule.counters for rule in book.all_of(TaskParts))
    if name == "late_admitted":
        return book.rule(SubmissionDeadline) is not None
    return name not in CHANGING or bool(choices_named(asked, name))


def _turns(asked: Asked, book: Rulebook, name: str) -> bool:
    """Whether a rule that bears on the act turns on a judgement; of the item's own matter."""
    item = asked.state.items.get(asked.subject.get("item", ""))
    for bound in book.for_act(asked.kind.name()):
        rule = bound.rule
        if isinstance(rule, Reserves) and rule.judged == name:
            return True
        mine = item is None or item.matter == getattr(rule, "matter", "")
        if isinstance(rule, Scope) and rule.judged == name and mine:
            return True
    return False


def demanded(asked: Asked, name: str) -> Citation | None:
    """The clause that wants a field filled which the act itself could do without."""
    book = asked.book
    for bound in book.for_act(asked.kind.name()) if book else ():
        if isinstance(bound.rule, Needs) and name in bound.rule.fields:
            return bound.citation
        if isinstance(bound.rule, WrittenForm) and name in WRITTEN:
            return bound.citation
        if isinstance(bound.rule, SummedUp) and name == "summary":
            return bound.citation
        if isinstance(bound.rule, TaskParts) and _names(bound.rule, name):
            return bound.citation
        if isinstance(bound.rule, OldTasksSaid) and name in OLD_TASKS:
            return bound.citation
    return None


def _names(rule: TaskParts, name: str) -> bool:
    """Whether a task says this in the end; a section need not where a counter may stand for it."""
    return name in rule.required and not (name == "unit" and rule.counters)

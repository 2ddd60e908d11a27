"""What a rule asks for, in one sentence, as it is set in its charter (pure)."""

from typing import Any

import msgspec

from yishi.procedure.order import ReservedTo
from yishi.procedure.rule import Bound
from yishi.procedure.verdict import Message
from yishi.wording.catalogue import Catalogue
from yishi.wording.names import Names


def norm_of(bound: Bound, catalogue: Catalogue, names: Names) -> str:
    """The norm of a rule in its place."""
    rule = bound.rule
    if isinstance(rule, ReservedTo):
        return _reserved(rule, catalogue, names)
    return _norm(bound, catalogue, names)


def _reserved(rule: ReservedTo, catalogue: Catalogue, names: Names) -> str:
    acts = catalogue.text("show.list", words=[catalogue.word("acts", act) for act in rule.acts])
    return catalogue.sentence(Message("show.reserved_to", {"acts": acts, "by": rule.by}), names)


def _norm(bound: Bound, catalogue: Catalogue, names: Names) -> str:
    """The sentence for the kind and how it is set; its norm where there is none."""
    rule = bound.rule
    params = {f.name: _plain(getattr(rule, f.name)) for f in msgspec.structs.fields(rule)}
    given = {name: value for name, value in params.items() if value}
    first = next(iter(given), "")
    settings = [first if isinstance(given.get(first), tuple) else "", *given.values()]
    keys = [f"norms.{rule.name()}.{value}" for value in settings if isinstance(value, str)]
    for message in (*keys, f"norms.{rule.name()}"):
        if catalogue.has(message):
            return catalogue.sentence(Message(message, params), names)
    return catalogue.norm(rule.name())


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value

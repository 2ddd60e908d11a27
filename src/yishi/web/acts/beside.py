"""The rules that stand beside a form: each in one sentence, with its clause."""

from typing import Any

from yishi.procedure.rule import Bound
from yishi.wording import Catalogue
from yishi.wording.norms import norm_of


def beside(form: Any, words: Catalogue) -> dict[str, Any]:
    """A body's own rules, those of other kinds of matter aside, and the general ones after them."""
    rules: list[dict[str, Any]] = [
        {
            "norm": norm_of(bound, words, form.asked.names.under(bound.citation)),
            "elsewhere": _elsewhere(bound, form.asked.body),
            "modality": bound.modality,
            "citation": bound.citation,
            "aside": form.aside(bound),
        }
        for bound in form.rules
    ]
    own = [rule for rule in rules if not rule["citation"].general]
    return {
        "rules": [rule for rule in own or rules if not rule["aside"]],
        "others": [rule for rule in own or rules if rule["aside"]],
        "defaults": [rule for rule in rules if rule["citation"].general] if own else [],
    }


def _elsewhere(bound: Bound, body: str) -> str:
    """The other body whose rule it is, where one reaches here: its "this body" is not this one."""
    cited = bound.citation
    return cited.body if body and not cited.general and cited.body != body else ""

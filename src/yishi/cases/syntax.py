"""What is wrong with a text that is no YAML, as a message of the catalogue (pure)."""

from typing import Any, Final

import yaml

from yishi.procedure.verdict import Message, Value

SIGNS: Final = (
    ("found character '\\t'", "tab"),
    ("cannot start any token", "sign"),
    ("special characters are not allowed", "unseen"),
    ("a quoted scalar", "quote"),
    ("a double-quoted scalar", "escape"),
    ("a single document", "documents"),
    ("a flow node", "value"),
    ("a flow", "bracket"),
    ("a block scalar", "block"),
    ("could not find expected ':'", "no_colon"),
    ("mapping values are not allowed", "colon"),
    ("a simple key", "no_colon"),
    ("a block", "indent"),
    ("sequence entries are not allowed", "indent"),
    ("mapping keys are not allowed", "indent"),
    ("a directive", "directive"),
    ("document start", "documents"),
)
"""What the parser says, and which sentence it comes to; the first that fits."""

OPENED: Final = ("quote", "bracket")
"""Faults of something that was opened further up and is not closed."""


def fault_of(error: yaml.YAMLError | ValueError | OverflowError) -> tuple[int, Message]:
    """The line of a fault and what is wrong there."""
    if not isinstance(error, yaml.YAMLError):  # a code point beyond Unicode escapes the parser
        return 1, Message("case.yaml_escape", {"column": 1})
    told: Any = error
    mark, context = getattr(told, "problem_mark", None), getattr(told, "context_mark", None)
    said = f"{getattr(told, 'context', '')} {getattr(told, 'problem', '')} {told}"
    kind = next((name for words, name in SIGNS if words in said), "other")
    params: dict[str, Value] = {"column": mark.column + 1 if mark else 1}
    if kind in OPENED:
        params["opened"] = context.line + 1 if context else 1
    return mark.line + 1 if mark else 1, Message(f"case.yaml_{kind}", params)

"""What an excerpt leaves out of a decision, and what it says that the decision does not (删改)."""

from difflib import SequenceMatcher
from typing import Final

MOST: Final = 3_000
"""Characters up to which every change is found; longer words are shown as the one that they are."""


def changed(whole: str, said: str) -> list[tuple[str, str]]:
    """The parts in their order: `del` of the decision only, `ins` of the excerpt only, `same`."""
    if whole == said:
        return []
    if max(len(whole), len(said)) > MOST:
        return [("del", whole), ("ins", said)]
    parts: list[tuple[str, str]] = []
    for how, i, j, k, m in SequenceMatcher(None, whole, said, autojunk=False).get_opcodes():
        same = [("same", whole[i:j])] if how == "equal" else []
        parts += same or [("del", whole[i:j]), ("ins", said[k:m])]
    return [(how, text) for how, text in parts if text]

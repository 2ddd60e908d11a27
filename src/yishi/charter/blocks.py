"""The three fenced blocks of a clause: `rule`, `silent` and `no-rule`."""

from typing import Any

from yishi.charter.block import Block, load
from yishi.charter.model import Fault, Omission, RuleBlock, Silence
from yishi.charter.outline import Fence

_COMMON = ("id", "kind", "modality", "parts", "reading")


def rule(fence: Fence, faults: list[Fault]) -> RuleBlock | None:
    """A rule; its `id` stays empty when the charter gives none."""
    block = load(fence.text, fence.line + 1, faults)
    if block is None:
        return None
    words = {key: _words(block, key, faults) for key in ("id", "kind", "modality", "reading")}
    _require(block, "kind", fence, faults)
    return RuleBlock(
        **words,
        parts=_parts(block, faults),
        params={key: value for key, value in block.values.items() if key not in _COMMON},
        line=fence.line,
        lines=block.lines,
    )


def omission(fence: Fence, faults: list[Fault]) -> Omission | None:
    """Parts without a rule, and the reason, which must be given."""
    block = load(fence.text, fence.line + 1, faults)
    if block is None:
        return None
    _only(block, ("parts", "reason"), faults)
    _require(block, "reason", fence, faults)
    return Omission(_parts(block, faults), _words(block, "reason", faults), fence.line)


def silences(fence: Fence, faults: list[Fault]) -> list[Silence]:
    """Matters the text is silent on: a list of topics, or topics with a note each."""
    block = load(fence.text, fence.line + 1, faults)
    if block is None:
        return []
    _only(block, ("topics",), faults)
    _require(block, "topics", fence, faults)
    topics = block.values.get("topics") or []
    if isinstance(topics, dict) and all(isinstance(note, str) for note in topics.values()):
        return [Silence(t, note, block.lines[f"topics.{t}"]) for t, note in topics.items()]
    return [
        Silence(topic, "", block.lines[f"topics.{n}"])
        for n, topic in enumerate(_list(block, "topics", faults) if topics else [])
    ]


def _words(block: Block, key: str, faults: list[Fault]) -> str:
    value = block.values.get(key, "")
    if isinstance(value, str):
        return value.strip()
    faults.append(Fault(block.lines[key], "charter.value_not_text", {"key": key}))
    return ""


def _parts(block: Block, faults: list[Fault]) -> tuple[str, ...]:
    return tuple(_list(block, "parts", faults))


def _list(block: Block, key: str, faults: list[Fault]) -> list[str]:
    value: Any = block.values.get(key, [])
    if isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value):
        return value
    faults.append(Fault(block.lines[key], "charter.value_not_list", {"key": key}))
    return []


def _only(block: Block, known: tuple[str, ...], faults: list[Fault]) -> None:
    for key in block.values:
        if key not in known:
            faults.append(Fault(block.lines[key], "charter.key_unknown", {"key": key}))


def _require(block: Block, key: str, fence: Fence, faults: list[Fault]) -> None:
    value = block.values.get(key, "")
    if not value or (isinstance(value, str) and not value.strip()):
        line = block.lines.get(key, fence.line)
        faults.append(Fault(line, "charter.key_missing", {"key": key, "block": fence.info}))

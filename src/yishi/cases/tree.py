"""YAML as plain data of strings, with the line of every value (pure).

Scalars stay strings, whatever they look like; anchors, tags and doubled keys are refused.
"""

import re
from typing import Any

import msgspec
import yaml

from yishi.cases.syntax import fault_of
from yishi.procedure.verdict import Message

Path = tuple[str | int, ...]

LONGEST = 2_000_000
"""Characters that a case file may have."""


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
"""Controls and halves of characters, which YAML lets in as escapes."""


class Faulty(Exception):  # noqa: N818
    """A file that cannot be used: where, and what is wrong; perhaps in several places at once."""

    def __init__(
        self, file: str, line: int, message: Message, also: tuple[Message, ...] = ()
    ) -> None:
        super().__init__(f"{file}:{line}: {message.id}")
        self.file, self.line, self.message, self.also = file, line, message, also


class Tree(msgspec.Struct, frozen=True):
    """A document: its data, and the line at which each value stands."""

    file: str
    data: Any
    lines: dict[Path, int]

    def line(self, *path: str | int) -> int:
        """The line of a value, or of the nearest one around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1

    def fault(self, message: str, *path: str | int, **params: Any) -> Faulty:
        """The fault to raise for a value."""
        return Faulty(self.file, self.line(*path), Message(message, params))


def read_tree(file: str, text: str) -> Tree:
    """Read a YAML text; raises `Faulty` for anything but plain mappings, lists and strings."""
    if len(text) > LONGEST:
        raise Faulty(file, 1, Message("case.too_long", {"limit": LONGEST}))
    text = text.removeprefix("\ufeff")
    try:
        _refuse_references(file, text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise Faulty(file, *fault_of(error)) from error
    except RecursionError as error:
        raise Faulty(file, 1, Message("case.too_deep")) from error
    if node is None:
        raise Faulty(file, 1, Message("case.empty"))
    lines: dict[Path, int] = {}
    data = _plain(file, node, (), lines)
    return Tree(file, data, lines)


def _refuse_references(file: str, text: str) -> None:
    """Anchors and aliases could grow a small file without end."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None):
            raise Faulty(file, line, Message("case.anchor"))
        if getattr(event, "tag", None):
            raise Faulty(file, line, Message("case.tag"))


def _visible(file: str, line: int, value: str) -> str:
    """The text, unless it holds a character that nobody sees."""
    if found := _UNSEEN.search(value):
        raise Faulty(file, line, Message("case.character", {"code": f"U+{ord(found[0]):04X}"}))
    return value


def _plain(file: str, node: Any, path: Path, lines: dict[Path, int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if path in lines and lines[path] != line and not isinstance(node, yaml.ScalarNode):
        lines[path] = line
    if len(path) > 12:
        raise Faulty(file, line, Message("case.too_deep"))
    if isinstance(node, yaml.ScalarNode):
        return _visible(file, line, node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(file, one, (*path, n), lines) for n, one in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = getattr(key, "value", None)
        if not isinstance(name, str):
            raise Faulty(file, key.start_mark.line + 1, Message("case.key_not_text"))
        _visible(file, key.start_mark.line + 1, name)
        if name in found:
            raise Faulty(file, key.start_mark.line + 1, Message("case.key_twice", {"key": name}))
        lines[(*path, name)] = key.start_mark.line + 1
        found[name] = _plain(file, value, (*path, name), lines)
    return found

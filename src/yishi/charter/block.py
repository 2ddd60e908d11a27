"""YAML of a header or a block as plain mappings, lists and strings, with the line of each key.

Built from parser events, so that no depth of nesting can exhaust the stack and no scalar is
guessed to be a number, a date or a truth value.
"""

from typing import Any, Final

import msgspec
import yaml
from yaml import events as ev

from yishi.charter.model import Fault
from yishi.charter.source import refused

DEEPEST: Final = 12
"""Levels of nesting that a block may have."""


class Block(msgspec.Struct, frozen=True):
    """A mapping, and the line in the whole file of each of its keys (`a`, `a.b`, `a.0`)."""

    values: dict[str, Any]
    lines: dict[str, int]
    line: int


def load(text: str, first_line: int, faults: list[Fault]) -> Block | None:
    """The mapping that the text holds; None, with faults, when it holds none."""
    builder = _Builder(first_line, faults)
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            builder.take(event)
    except _UnfitError as unfit:
        faults.append(unfit.fault)
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets the last two escape for a code point beyond Unicode ("\UFFFFFFFF").
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        faults.append(Fault(first_line + (mark.line if mark else 0), "charter.yaml_syntax"))
        return None
    if not isinstance(builder.root, dict):
        message = "charter.block_empty" if builder.root is None else "charter.block_not_mapping"
        faults.append(Fault(first_line, message))
        return None
    return Block(builder.root, builder.lines, first_line)


class _UnfitError(Exception):
    def __init__(self, line: int, message: str, **params: str | int | list[str]) -> None:
        super().__init__(message)
        self.fault = Fault(line, message, params)


class _Frame:
    """A mapping or a list that is still open."""

    def __init__(self, value: dict[str, Any] | list[Any], path: str) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None


class _Builder:
    def __init__(self, first_line: int, faults: list[Fault]) -> None:
        self.root: Any = None
        self.lines: dict[str, int] = {}
        self._first = first_line
        self._faults = faults
        self._open: list[_Frame] = []

    def take(self, event: ev.Event) -> None:
        line = self._first + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, ev.NodeEvent):
            _refuse_marks(event, line)
        if isinstance(event, ev.DocumentStartEvent) and event.explicit:
            raise _UnfitError(line, "charter.yaml_document")
        if isinstance(event, ev.ScalarEvent):
            self._scalar(event.value, line)
        elif isinstance(event, ev.MappingStartEvent):
            self._descend({}, line)
        elif isinstance(event, ev.SequenceStartEvent):
            self._descend([], line)
        elif isinstance(event, ev.CollectionEndEvent):
            self._open.pop()

    def _scalar(self, text: str, line: int) -> None:
        if code := refused(text):
            raise _UnfitError(line, "charter.character", code=code)
        frame = self._open[-1] if self._open else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, text, line)
        else:
            self._put(text, line)

    def _key(self, frame: _Frame, key: str, line: int) -> None:
        if key in frame.value:
            self._faults.append(Fault(line, "charter.key_repeated", {"key": key}))
        frame.key = key
        self.lines[f"{frame.path}{key}"] = line

    def _descend(self, value: dict[str, Any] | list[Any], line: int) -> None:
        if len(self._open) >= DEEPEST:
            raise _UnfitError(line, "charter.yaml_deep", limit=DEEPEST)
        path = self._put(value, line)
        self._open.append(_Frame(value, f"{path}." if path else ""))

    def _put(self, value: Any, line: int) -> str:
        """Set a value in its place and give the place's path."""
        if not self._open:
            self.root = value
            return ""
        frame = self._open[-1]
        if isinstance(frame.value, list):
            path = f"{frame.path}{len(frame.value)}"
            self.lines[path] = line
            frame.value.append(value)
            return path
        if frame.key is None:
            raise _UnfitError(line, "charter.key_not_text")
        path, frame.value[frame.key], frame.key = f"{frame.path}{frame.key}", value, None
        return path


def _refuse_marks(event: ev.NodeEvent, line: int) -> None:
    if isinstance(event, ev.AliasEvent) or event.anchor:
        raise _UnfitError(line, "charter.yaml_anchor", name=str(event.anchor))
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise _UnfitError(line, "charter.yaml_tag", tag=str(tag))

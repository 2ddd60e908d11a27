"""What a charter's text demands, read off its fenced blocks as text, without the kinds of rules."""

import re
from functools import cache
from typing import Any

import yaml

Block = dict[str, Any]

_HEADER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_BLOCK = re.compile(r"^```rule\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


class Rules:
    """One charter's text: whose it is, the names it gives posts and units, its blocks."""

    def __init__(self, text: str) -> None:
        header = _HEADER.search(text)
        assert header is not None
        said = yaml.safe_load(header[1])
        self.body: str = said["body"]
        self.adopted: Block = said.get("adopted_by") or {}
        self.posts: dict[str, list[str]] = said.get("posts", {})
        self.units: dict[str, list[str]] = said.get("units", {})
        self._blocks: list[Block] = [yaml.safe_load(block) for block in _BLOCK.findall(text)]

    def all(self, kind: str) -> list[Block]:
        """Every block of a kind."""
        return [block for block in self._blocks if block["kind"] == kind]

    def one(self, kind: str) -> Block | None:
        """The first block of a kind, if the charter has one."""
        return next(iter(self.all(kind)), None)

    def on(self, kind: str, act: str) -> list[Block]:
        """Every block of a kind that names the act."""
        return [block for block in self.all(kind) if act in block["acts"]]


@cache
def rules_of(text: str) -> Rules:
    """The rules of a text; remembered, for a journal is told many times."""
    return Rules(text)

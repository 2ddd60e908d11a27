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
        self.posts: dict[str, list[str]] = said.get("posts", {})
        self.units: dict[str, list[str]] = said.get("units", {})
        self._blocks: list[Block] = [yaml.safe_load(block) for block in _BLOCK.findall(text)]

    def all(self, kind: str) -> list[Block]:
        """Every block of a kind."""
        return [block for block in self._blocks if block["kind"] == kind]

    def one(self, kind: str) -> Block | None:
        """The first block of a kind, if the charter has one."""
        return next(iter(self.all(kind)), None)

    def reserved(self, act: str) -> list[list[str]]:
        """For each block that reserves the act: the seats, any of which will do."""
        return [b["by"] for b in self.all("reserved_to") if act in b["acts"]]


@cache
def rules_of(text: str) -> Rules:
    """The rules of a text; remembered, for a journal is told many times."""
    return Rules(text)

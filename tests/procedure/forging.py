"""Journals made wrong by hand: an entry altered, left out, told twice or too early."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from tests.procedure.stages import entries, played

Entry = dict[str, Any]


class Forgery:
    """The journal of a case that holds, to be made wrong in one place."""

    def __init__(self, case: Path) -> None:
        self.lines: list[dict[str, Any]] = deepcopy(entries(played(case)))

    def find(self, kind: str, **said: Any) -> Entry:
        """The first entry of that type that says so; judged deeds are found by their act."""
        return self.lines[self._place(kind, said)]["entry"]

    def said(self, kind: str, **said: Any) -> dict[str, Any]:
        """What that entry says, to be altered."""
        payload: dict[str, Any] = self.find(kind, **said)["payload"]
        return payload

    def drop(self, kind: str, **said: Any) -> None:
        """It is not told."""
        del self.lines[self._place(kind, said)]

    def drop_last(self, kind: str, **said: Any) -> None:
        """The last time that it happened is not told."""
        found = [
            n
            for n, one in enumerate(self.lines)
            if one["entry"]["type"] == kind and said.items() <= one["entry"]["payload"].items()
        ]
        del self.lines[found[-1]]

    def again(self, kind: str, **said: Any) -> Entry:
        """It is told once more, right away; the second telling."""
        place = self._place(kind, said)
        self.lines.insert(place + 1, deepcopy(self.lines[place]))
        return self.lines[place + 1]["entry"]

    def repeat(self, kind: str, behind: Entry, **said: Any) -> Entry:
        """It is told once more behind another entry; the second telling."""
        line = deepcopy(self.lines[self._place(kind, said)])
        place = next(n for n, one in enumerate(self.lines) if one["entry"] is behind)
        self.lines.insert(place + 1, line)
        made: Entry = line["entry"] | {"at": behind["at"]}
        line["entry"] = made
        return made

    def add(self, behind: Entry, kind: str, actor: str, **said: Any) -> Entry:
        """Something else is told behind an entry."""
        place = next(n for n, line in enumerate(self.lines) if line["entry"] is behind)
        made = {**behind, "type": kind, "actor": actor, "payload": said, "stream": "sitting/forged"}
        self.lines.insert(place + 1, {"entry": made, "hash": "", "texts": {}})
        return made

    def _place(self, kind: str, said: dict[str, Any]) -> int:
        for place, line in enumerate(self.lines):
            entry = line["entry"]
            told = {**entry["payload"], **entry["payload"].get("act", {})}
            if entry["type"] == kind and all(told.get(k) == v for k, v in said.items()):
                return place
        raise LookupError(f"{kind} {said}")

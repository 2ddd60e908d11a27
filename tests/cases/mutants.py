"""Charters with one rule taken out, or with one that only the sister charter has put in."""

import re
from collections.abc import Iterator
from pathlib import Path

from yishi.cases.runner import Runner, case_files
from yishi.cases.tree import Faulty

ROOT = Path(__file__).parents[2] / "charters"
_BLOCK = re.compile(r"```rule\n.*?\n```\n", re.DOTALL)


def blocks(text: str) -> list[str]:
    """The rule blocks of a charter, in order."""
    return _BLOCK.findall(text)


def without(text: str, number: int) -> str:
    """The charter without its nth rule block."""
    found = list(_BLOCK.finditer(text))[number]
    return text[: found.start()] + text[found.end() :]


def essence(block: str) -> str:
    """What a block rules, apart from which parts it accounts for and how it is explained."""
    kept = [line for line in block.splitlines() if not line.startswith(("parts:", "reading:"))]
    return "\n".join(kept)


def only_in(mine: str, sister: str) -> Iterator[str]:
    """The blocks that the sister charter has and this one has not."""
    known = {essence(block) for block in blocks(mine)}
    return (block for block in blocks(sister) if essence(block) not in known)


def with_block(text: str, block: str) -> str:
    """The charter with one more rule, first of all its rules."""
    bare = re.sub(r"(?m)^parts: .*\n", "", block)
    place = _BLOCK.search(text)
    assert place is not None
    return text[: place.start()] + bare + "\n" + text[place.start() :]


def survives(body: str, text: str, files: list[Path]) -> bool:
    """Whether every case still holds with that charter: then nothing noticed the change."""
    runner = Runner(overrides={body: text})
    for file in files:
        try:
            if not runner.run(file)[0].ok:
                return False
        except Faulty:
            return False
    return True


def files_for(body: str) -> list[Path]:
    """Case files, those of the body first."""
    every = case_files(ROOT)
    return sorted(every, key=lambda file: (body not in file.parts, "full" in file.name, str(file)))

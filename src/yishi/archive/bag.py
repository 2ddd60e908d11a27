"""A BagIt bag (RFC 8493) around files: the lists of digests, and what goes with them.

A few lines of our own: the format is small, and what reads it has to stand alone anyway.
"""

import io
import json
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from yishi.archive.check_packed import digest
from yishi.archive.container import Opener
from yishi.wording.source import LANGUAGES, load

DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TABLES: Final = ("archive_groups", "archive_statuses")
"""Words that go along with the program, beside its sentences."""

Held = dict[str, Opener]
"""Files by name, each with what opens it."""


def held(content: bytes) -> Opener:
    """What opens bytes at hand."""
    return lambda: io.BytesIO(content)


def bagged(payload: Held, info: Iterable[tuple[str, str]], readme: bytes) -> Held:
    """The payload with all that makes it a bag."""
    sizes = [_size(opener) for opener in payload.values()]
    told = [*info, ("Payload-Oxum", f"{sum(sizes)}.{len(sizes)}")]
    said = "".join(f"{label}: {_folded(value)}\n" for label, value in told)
    tags = {
        "bagit.txt": held(DECLARED),
        "bag-info.txt": held(said.encode()),
        "manifest-sha256.txt": held(_manifest(payload)),
        "README.txt": held(readme),
        "check.py": held(program()),
    }
    return {**payload, **tags, "tagmanifest-sha256.txt": held(_manifest(tags))}


def _folded(value: str) -> str:
    return " ".join(value.split())


def _size(opener: Opener) -> int:
    with opener() as file:
        return file.seek(0, io.SEEK_END)


def _manifest(named: Held) -> bytes:
    lines = []
    for name in sorted(named, key=str.encode):
        with named[name]() as file:
            lines.append(f"{digest(file)}  {name}\n")
    return "".join(lines).encode()


PARTS: Final = ("result", "packed", "journal", "files", "known")
"""The parts of the program, each with what it needs before it."""
_LATER: Final = "from __future__ import annotations\n"
"""Stands once, at the top: with it no type that is told is worked out, as Pythons of before 3.10
would fail to."""
_OURS: Final = re.compile(r"^from yishi\.archive\.\w+ import (?:\([^)]*\)|.*)\n", re.MULTILINE)


def program() -> bytes:
    """The source of the checking program as it stands in a package: one file, its sentences too."""
    source, parts = _source("check"), [_source(f"check_{part}") for part in PARTS]
    words = json.dumps(sentences(), ensure_ascii=False, indent=1, sort_keys=True)
    before, after = source.split(_first(source), 1)
    parts = [_OURS.sub("", one).replace(_LATER, "", 1) for one in parts]
    whole = before + "\n\n".join(parts) + _OURS.sub("", after)
    empty = "WORDS: dict[str, dict[str, str]] = {}"
    return whole.replace(empty, f"{empty[:-2]}{words}").encode()


def _source(name: str) -> str:
    return files(__package__).joinpath(f"{name}.py").read_text(encoding="utf-8")


def _first(source: str) -> str:
    """The first line of a program that leads to another part of it."""
    return next(found[0] for found in _OURS.finditer(source))


def sentences() -> dict[str, dict[str, str]]:
    """What the checking program says, by language and id."""
    return {language: _spoken(load(language)) for language in LANGUAGES}


def _spoken(every: dict[str, str]) -> dict[str, str]:
    found = {key.removesuffix(".said"): said for key, said in every.items()}
    own = {key: said for key, said in found.items() if key.startswith("archived.")}
    for table in TABLES:
        start = f"words.{table}."
        own |= {k.removeprefix(start): v for k, v in found.items() if k.startswith(start)}
    return own

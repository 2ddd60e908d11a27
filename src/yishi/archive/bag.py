"""A BagIt bag (RFC 8493) around files: the lists of digests, and what goes with them.

A few lines of our own: the format is small, and what reads it has to stand alone anyway.
"""

import io
import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from yishi.archive.check import digest
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
        **{name: held(program(name)) for name in ("check.py", "check_journal.py")},
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


ALONE: Final = """sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from check_journal"""
"""How the program finds its other half beside it, and leaves nothing behind."""


def program(name: str) -> bytes:
    """The source of a checking program as it stands in a package: alone, its sentences with it."""
    source = files(__package__).joinpath(name).read_text(encoding="utf-8")
    words = json.dumps(sentences(), ensure_ascii=False, indent=1, sort_keys=True)
    source = source.replace("from yishi.archive.check_journal", ALONE)
    empty = "WORDS: dict[str, dict[str, str]] = {}"
    return source.replace(empty, f"{empty[:-2]}{words}").encode()


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

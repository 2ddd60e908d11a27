"""Packages that hold words which have been erased since: their files go, their digests stay."""

from collections.abc import Iterable
from pathlib import Path

from yishi.archive.check_journal import EXTRACT, LONGEST
from yishi.archive.container import Misfit, read


def holds(path: Path, refs: Iterable[str]) -> bool:
    """Whether a package tells of any of these texts; of what is no package, that it may."""
    wanted = [ref.encode() for ref in refs]
    with path.open("rb") as file:
        try:
            packed = read(file)
        except Misfit:
            return True
        if EXTRACT not in packed.names:
            return True
        with packed.open(EXTRACT) as part:
            while line := part.readline(LONGEST):
                if any(ref in line for ref in wanted):
                    return True
    return False

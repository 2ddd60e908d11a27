"""`python -m yishi.papers.inside MEMORY SECONDS WRITES WHAT …`: a file comes in, JSON goes out."""

import json
import resource
import sys
from collections.abc import Callable
from typing import Final

from yishi.papers.inside.tied import tie

NAMES: Final = 64
"""Files that a process may hold open."""


def bound(memory: int, seconds: int, writes: int, names: int = NAMES) -> None:
    """Bound this process, and whatever it starts, before any file is opened."""
    for kind, most in (
        (resource.RLIMIT_AS, memory * 1024 * 1024),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, writes * 1024 * 1024),
        (resource.RLIMIT_NOFILE, names),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))


def main(said: list[str]) -> int:
    """Answer one question about the file that comes in."""
    memory, seconds, writes, what, *more = said
    tie(2 * int(seconds) + 5)
    bound(int(memory), int(seconds), int(writes))
    from yishi.papers.inside import pdf, zipped

    answers: dict[str, Callable[..., object]]
    answers = {"pdf": pdf.look, "zip": zipped.look, "flat": pdf.flatten}
    found = answers[what](sys.stdin.buffer, *more)
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

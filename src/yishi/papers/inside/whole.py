"""`python -m yishi.papers.inside.whole MEMORY SECONDS WRITES COMMAND …`: with all that it starts.

Stays at the head of a group of its own until the command ends, and ends the whole group when
whoever started it is gone, or by the clock: a program that starts others leaves none behind.
"""

import os
import signal
import subprocess
import sys
from types import FrameType
from typing import Never

from yishi.papers.inside.__main__ import bound
from yishi.papers.inside.bounded import NAMES
from yishi.papers.inside.tied import tie


def end_all(number: int = 0, frame: FrameType | None = None) -> Never:
    """End the group, this process too."""
    os.killpg(0, signal.SIGKILL)
    raise SystemExit


def main(said: list[str]) -> int:
    """Bound this process and what it starts, start the command, and watch over it."""
    memory, seconds, writes, *command = said
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end_all)
    tie(int(seconds) + 5, signal.SIGTERM)
    bound(int(memory), int(seconds), int(writes), NAMES)
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

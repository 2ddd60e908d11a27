"""`python -m yishi.papers.inside.bounded MEMORY SECONDS WRITES COMMAND …`: within bounds."""

import os
import sys

from yishi.papers.inside.__main__ import bound
from yishi.papers.inside.tied import tie

NAMES = 1024
"""Files that the command may hold open."""


def main(said: list[str]) -> None:
    """Bound this process, and become the command."""
    memory, seconds, writes, *command = said
    tie(2 * int(seconds) + 5)
    bound(int(memory), int(seconds), int(writes), NAMES)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])

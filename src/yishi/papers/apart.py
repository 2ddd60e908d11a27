"""Files that others made are opened in a process of its own: bounded in memory, time and size."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

import msgspec

_CHUNK: Final = 1024 * 1024

SOURCE: Final = Path(__file__).parents[2]
"""Where a process of its own finds this software."""


class Bounds(msgspec.Struct, frozen=True):
    """What a process may use before it is ended."""

    memory: int = 1024
    """Megabytes."""
    seconds: int = 20
    """Of a processor; twice as many on the clock."""
    writes: int = 0
    """Megabytes in one file."""


class Busy(RuntimeError):  # noqa: N818
    """So many files are being looked through that this one would have to wait too long."""


class Beyond(RuntimeError):  # noqa: N818
    """A process that wanted more than it may use, or came to grief over the file."""


AT_ONCE: Final = threading.BoundedSemaphore(2)
"""So many files at a time, for each process that serves pages."""
WAITS: Final = 10
"""Seconds that one file waits for the others."""

LOOKING: Final = Bounds()
"""Enough for every file that people hand in, and soon over for one made to do harm."""


def ask(what: str, file: IO[bytes], *more: str, bounds: Bounds = LOOKING) -> Any:
    """The answer of `yishi.papers.inside` to a question about a file. Raises `Beyond`, `Busy`."""
    if not AT_ONCE.acquire(timeout=WAITS):
        raise Busy
    try:
        with TemporaryFile() as copy:
            file.seek(0)
            while chunk := file.read(_CHUNK):
                copy.write(chunk)
            copy.seek(0)
            asking = (sys.executable, "-m", "yishi.papers.inside", *_said(bounds), what, *more)
            return _answer(asking, copy, bounds)
    finally:
        AT_ONCE.release()


def run(command: Sequence[str], bounds: Bounds) -> Any:
    """What a command answers that runs within bounds. Raises `Beyond`."""
    asking = (sys.executable, "-m", "yishi.papers.inside.bounded", *_said(bounds), *command)
    return _answer(asking, None, bounds)


def _said(bounds: Bounds) -> tuple[str, ...]:
    return tuple(str(number) for number in msgspec.structs.astuple(bounds))


def _answer(asking: Sequence[str], file: IO[bytes] | None, bounds: Bounds) -> Any:
    try:
        done = subprocess.run(
            asking,
            stdin=file or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * bounds.seconds + 5,
            check=True,
            env={"PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Beyond(type(error).__name__) from error

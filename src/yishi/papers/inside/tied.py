"""What a process for files of others is tied to: whoever started it, and the clock."""

import ctypes
import signal
import sys
from typing import Final

_PDEATHSIG: Final = 1
"""`PR_SET_PDEATHSIG` of Linux."""


def tie(seconds: int, end: int = signal.SIGKILL) -> None:
    """Get `end` when whoever started this process is gone, and an alarm after so many seconds.

    Both stay when it becomes another program, and neither goes over to what it starts. Elsewhere
    than on Linux there is the alarm alone.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PDEATHSIG, int(end), 0, 0, 0)
    signal.alarm(seconds)

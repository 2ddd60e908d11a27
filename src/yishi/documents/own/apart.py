"""Starts the process that looks a template through or fills it, and ends it when it is time."""

import json
import os
import subprocess
import sys
import threading
from datetime import date
from typing import Any, Final

import msgspec

from yishi.documents.own import packed
from yishi.documents.own.filling import ANY_DAY, SECONDS, Answered, Asked
from yishi.procedure.verdict import Message

AT_ONCE: Final = threading.BoundedSemaphore(2)
"""So many at a time in one process of ours."""

RUN: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from yishi.documents.own.filling import main; main()"
)


class Unfilled(ValueError):  # noqa: N818
    """A template that could not be filled after all; `faults` say where, as far as one can tell."""

    def __init__(self, faults: tuple[Message, ...] = ()) -> None:
        super().__init__()
        self.faults = faults


def wrong_with(paper: str, raw: bytes) -> tuple[Message, ...]:
    """Everything that keeps a template from being used for a paper; nothing where it may be."""
    refused = packed.too_large(raw)
    if refused is not None:
        return (refused,)
    return _told(_asked(Asked(paper, raw)))


def filled(
    paper: str, raw: bytes, values: dict[str, Any], called: str = "", dated: date = ANY_DAY
) -> bytes:
    """The template with these values in it, a paper of that name and day. Raises Unfilled."""
    answer = _asked(Asked(paper, raw, values, called, dated))
    if answer is None or not answer.made:
        raise Unfilled(_told(answer) if answer else ())
    return answer.made


def _told(answer: Answered | None) -> tuple[Message, ...]:
    if answer is None:
        return (Message("template.too_much"),)
    return tuple(Message(id_, params) for id_, params in answer.faults)


def _around() -> dict[str, str]:
    """Of what surrounds this process only what finds its libraries: no secret goes along."""
    names = ("LD_LIBRARY_PATH", "SYSTEMROOT")
    return {name: os.environ[name] for name in names if name in os.environ}


def _asked(asked: Asked) -> Answered | None:
    """The answer; nothing where it took too long, too much, or came to nothing."""
    command = [sys.executable, "-I", "-c", RUN, json.dumps(sys.path)]
    given = msgspec.msgpack.encode(asked)
    with AT_ONCE:
        try:
            done = subprocess.run(
                command,
                input=given,
                capture_output=True,
                timeout=2 * SECONDS,
                check=False,
                env=_around(),
            )
        except subprocess.TimeoutExpired:
            return None
    if done.returncode:
        return None
    return msgspec.msgpack.decode(done.stdout, type=Answered)

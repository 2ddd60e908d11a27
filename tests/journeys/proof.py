"""What the journal says afterwards: whole, judged alike again, and all that the register shows."""

from argparse import Namespace
from pathlib import Path

from tests.playing import PLACE
from tests.register.test_rebuild import contents
from yishi.chronicle.scribe import replay
from yishi.clerk.memory import MEMORY
from yishi.cli.journal import run_verify
from yishi.cli.upkeep import run_export
from yishi.journal import FileStore
from yishi.register.rebuild import rebuild
from yishi.wording import Catalogue


def holds(file: Path) -> None:
    """Export the journal, verify it, replay it, and make the register anew from it."""
    words, live, state = Catalogue("zh"), contents(), MEMORY.at(PLACE).state

    assert run_export(Namespace(institution=PLACE, file=file), words) == 0
    assert run_verify(Namespace(file=file, head=None), words) == 0
    replayed = replay(FileStore(file).read())
    assert replayed.differences == ()
    assert replayed.history.state == state
    assert rebuild(PLACE) == state
    assert contents() == live

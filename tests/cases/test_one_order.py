"""The same seed gives the same years, and the same journal the same words, in every process."""

import os
import re
import subprocess
import sys

import pytest

from tests.cases.mutants import ROOT
from yishi.values.maps import Map

TELL = """
from datetime import timedelta
from pathlib import Path
from yishi.cases.simulation import simulate
from yishi.procedure.duties import duties_of
from yishi.procedure.offers import may
from yishi.procedure.report import checks, ledger, reminders

stage = simulate(Path("charters/cast.yaml"), seed="2", months=4)
for one in stage.history.done:
    print(one)
state, at = stage.history.state, stage.history.done[-1].at
for body in state.bodies:
    print(checks(state, body, at, period=(at - timedelta(days=120), at)))
    print(reminders(state, body, at))
for sitting in state.sittings:
    print(duties_of(state, "sitting", sitting, at))
print(ledger(state, at))
for person in state.roster.people:
    print(may(state, person, at))
"""


def told(salt: str) -> str:
    """What a process says whose hashes are salted so."""
    env = {**os.environ, "PYTHONHASHSEED": salt, "PYTHONPATH": str(ROOT.parent / "src")}
    run = subprocess.run(
        [sys.executable, "-c", TELL],
        env=env,
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return re.sub(r" at 0x[0-9a-f]+", "", run.stdout)


def test_two_processes_say_the_same() -> None:
    assert told("1") == told("2")


def test_a_map_is_gone_through_in_the_order_of_its_keys() -> None:
    held = Map({"b": 2}).set("c", 3).set("a", 1)

    assert list(held.items()) == [("a", 1), ("b", 2), ("c", 3)]
    assert list(held.delete("b")) == ["a", "c"]
    assert held == Map({"a": 1, "b": 2, "c": 3})
    assert held != {"a": 1}
    assert hash(held) == hash(Map({"c": 3, "b": 2, "a": 1}))
    assert repr(held) == "Map({'a': 1, 'b': 2, 'c': 3})"
    with pytest.raises(KeyError):
        held.delete("d")

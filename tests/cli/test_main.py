import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from yishi.cli import case

COMMANDS = ["charter", "case", "journal", "play", "docs"]


def test_help_names_every_command(yishi: Run) -> None:
    ran = yishi("--help")

    assert ran.status == 0
    assert all(command in ran.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(yishi: Run, command: str) -> None:
    ran = yishi(command, "--help")

    assert ran.status == 0
    assert "--lang" in ran.out


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), "command"),
        (("sing",), "'charter', 'case', 'journal', 'play', 'docs'"),
        (("charter",), "action"),
        (("charter", "mend"), "'lint', 'show'"),
        (("play", "--loud"), "--loud"),
        (("charter", "lint", "--lang", "fr"), "'zh', 'en'"),
        (("case", "run"), "FILE"),
        (("journal", "verify"), "file"),
        (("charter", "lint", "--text"), "--text"),
    ],
)
def test_what_is_typed_wrong_ends_with_two_and_says_what_can_be_typed(
    yishi: Run, words: tuple[str, ...], names: str
) -> None:
    ran = yishi(*words)

    assert ran.status == 2
    assert names in ran.err
    assert "Traceback" not in ran.err


def test_a_reader_who_stops_reading_is_no_fault() -> None:
    command = f"{sys.executable} -m yishi play | head -n 1; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout.split()[-1] == "0"
    assert ran.stderr == ""


def test_a_disk_that_fails_is_told_without_a_traceback(yishi: Run, monkeypatch) -> None:
    def fail(path: Path) -> list[Path]:
        raise OSError(errno.EIO, "Input/output error", str(path))

    monkeypatch.setattr(case, "case_files", fail)
    ran = yishi("case", "run", "charters")

    assert ran.status == 2
    assert ran.err.startswith("charters: 读不出来")


@pytest.mark.parametrize("bind", ["nonsense", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x"])
def test_an_address_that_is_none_is_told_before_anything_is_set_up(yishi: Run, bind: str) -> None:
    ran = yishi("serve", "--bind", bind)

    assert ran.status == 2
    assert ran.err.startswith(f"--bind: 地址写法不对：{bind}。")

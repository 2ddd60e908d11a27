import argparse
import errno
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from yishi.cli import case
from yishi.cli.main import build_parser
from yishi.wording import LANGUAGES, Catalogue

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


ENGLISH = re.compile(r"[a-z]+ [a-z]+ [a-z]+")
"""Three words of English on end."""

COMMAND = re.compile(r"yishi( [a-z-]+)*")

TYPED_WRONG = (
    ((), "还没有写：command。"),
    (("sing",), "command 不能写 'sing'；可以写："),
    (("charter",), "还没有写：action。"),
    (("play", "--loud"), "不认识：--loud。"),
    (("charter", "lint", "--lang", "fr"), "--lang 不能写 'fr'；可以写："),
    (("case", "run"), "还没有写：FILE。"),
    (("charter", "lint", "--text"), "--text 后面要写内容。"),
    (("charter", "lint", "--notes=3"), "--notes 后面不写内容，写了 '3'。"),
    (("serve", "--workers", "many"), "--workers 不能写 'many'。"),
    (("demo", "--in=x"), "--institutions 不能写 'x'。"),
    (("case", "run", "--j", "x"), "--j 说不清是哪一个：--json, --journal。"),
)


@pytest.mark.parametrize(("words", "said"), TYPED_WRONG)
def test_what_is_typed_wrong_is_said_in_chinese(
    yishi: Run, words: tuple[str, ...], said: str
) -> None:
    ran = yishi(*words)

    assert ran.status == 2
    assert said in ran.err
    assert "用法：yishi" in ran.err
    assert "--help。" in ran.err
    assert not ENGLISH.search(COMMAND.sub("", ran.err))


@pytest.mark.parametrize("words", [words for words, _ in TYPED_WRONG])
@pytest.mark.parametrize("lang", [("--lang", "en"), ("--lang=en",)])
def test_what_is_typed_wrong_is_said_in_english_where_that_is_asked_for(
    yishi: Run, words: tuple[str, ...], lang: tuple[str, ...]
) -> None:
    if "fr" in words:
        return
    ran = yishi(*words[:2], *lang, *words[2:])

    assert ran.status == 2
    assert "usage: yishi" in ran.err
    assert not re.search(r"[\u3000-\u9fff]", ran.err)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_and_english_where_that_is_asked_for(yishi: Run, command: str) -> None:
    chinese, english = yishi(command, "--help"), yishi(command, "--lang", "en", "--help")

    assert not ENGLISH.search(COMMAND.sub("", chinese.out))
    assert "用法：" in chinese.out
    assert "usage: " in english.out
    assert not re.search(r"[\u3000-\u9fff]", english.out)


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of all its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from commands(inner)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_of_every_command_has_a_word_of_help(lang: str) -> None:
    known = list(commands(build_parser(Catalogue(lang))))
    silent = [
        f"{parser.prog} {action.dest}"
        for parser in known
        for action in parser._actions
        if not (action.help or isinstance(action, argparse._SubParsersAction))
    ]

    assert len(known) > 15
    assert silent == []
    assert [parser.prog for parser in known if not parser.description] == []


def test_help_on_a_command_says_first_what_it_does_and_then_what_may_be_added(yishi: Run) -> None:
    said = yishi("serve", "--help").out

    assert said.index("打开网站") < said.index("缺省是环境变量 YISHI_BIND")
    assert "演示单位" in said


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


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_a_port_that_is_taken_is_told_before_anything_is_made(
    yishi: Run, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr("yishi.cli.serve.opened", lambda migrate=False: pytest.fail("went on"))
    family = socket.AF_INET6 if "[" in host else socket.AF_INET
    with closing(socket.socket(family)) as other:
        try:
            other.bind((host.strip("[]"), 0))
        except OSError:
            pytest.skip("this machine has no such address at all")
        other.listen()
        port = other.getsockname()[1]

        ran = yishi("serve", "--demo", "--bind", f"{host}:{port}")

    assert ran.status == 2
    assert ran.err.startswith(f"--bind: {host}:{port} 用不了")
    assert f"YISHI_BIND=127.0.0.1:{port + 1} make run" in ran.err


@pytest.mark.parametrize("status", [0, 2])
def test_the_demonstration_is_made_by_a_process_of_its_own_before_anything_is_served(
    yishi: Run, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    """What sets its papers has threads, and no server may be forked from those."""
    ran, served = list[list[str]](), list[object]()

    def run(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
        ran.append(command[1:])
        return subprocess.CompletedProcess(command, status)

    monkeypatch.setattr("yishi.cli.serve.opened", lambda migrate=False: None)
    monkeypatch.setattr("yishi.cli.serve.demo.is_there", lambda: False)
    monkeypatch.setattr("yishi.cli.serve.demo.make", lambda *_: pytest.fail("made here"))
    monkeypatch.setattr("yishi.cli.serve.setup.address", lambda: "")
    monkeypatch.setattr("yishi.cli.serve.subprocess.run", run)
    monkeypatch.setattr("yishi.cli.serve._serve", served.append)
    monkeypatch.setenv("YISHI_TRIAL", "1")
    monkeypatch.setenv("YISHI_BASE_URL", "http://127.0.0.1")
    told = yishi("serve", "--demo", "--bind", "127.0.0.1:0")

    assert ran == [["-m", "yishi", "demo", "--lang", "zh"]]
    assert (told.status, len(served)) == ((0, 1) if status == 0 else (2, 0))
    assert ("演示单位没有做成" in told.err) == bool(status)


def test_a_name_without_address_is_told_too(yishi: Run) -> None:
    ran = yishi("serve", "--bind", "no-such-machine.invalid:8000")

    assert ran.status == 2
    assert "用不了" in ran.err

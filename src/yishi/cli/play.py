"""`yishi play`: the full month and the full week, act by act, then what comes out of them."""

import argparse
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from yishi.cases.casting import Stage, read_file
from yishi.cases.model import Result
from yishi.cases.runner import Runner, case_files
from yishi.cases.tree import Faulty
from yishi.chronicle.history import History
from yishi.cli.papers import ledger_text, minutes_text, report_text
from yishi.cli.telling import legend, lines, posts, told
from yishi.cli.terminal import hanging, rule_off, title
from yishi.procedure.issuing import MinutesIssued
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected
from yishi.wording import Catalogue


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `play`."""
    parser = subparsers.add_parser("play", help=catalogue.text("cli.play"), parents=[common])
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path("charters")],
        help=catalogue.text("cli.play_paths"),
    )
    parser.set_defaults(run=run_play)


def run_play(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Play every case marked `play: true`; 1 when an expectation fails."""
    runner, played, failed = Runner(args.lang), 0, 0
    for file in (file for path in args.paths for file in case_files(path)):
        if "\nplay: true" not in read_file(file):
            continue
        result, stage = runner.run(file)
        played, failed = played + 1, failed + (not result.ok)
        _show(result, stage, catalogue)
    if not played:
        raise Faulty(str(args.paths[0]), 0, Message("play.nothing"))
    return 1 if failed else 0


def _show(result: Result, stage: Stage, catalogue: Catalogue) -> None:
    history, columns = stage.history, _columns()
    print(title(result.case))
    print(_people(history, columns, catalogue))
    for line in lines(told(result, stage, catalogue), columns, catalogue):
        print(line)
    for step in result.steps:
        for failure in step.failures if not step.by else ():
            print(f"✗ {step.line} {step.what}  {failure}")
    for paper in _papers(result, history, catalogue, columns):
        print(rule_off(columns))
        print(paper)
    print()


def _people(history: History, columns: int, catalogue: Catalogue) -> str:
    """Who is who on the first day, and what the marks mean."""
    first = next((j for j in history.judged() if not isinstance(j.verdict, Rejected)), None)
    if first is None:
        return ""
    charter = history.state.charters[getattr(first.verdict, "charter", None) or ""]
    known = hanging("", posts(history.state, charter, first.deed.at, catalogue), columns)
    return f"{known}\n\n{legend(catalogue)}"


def _when_issued(history: History, sitting: str) -> State:
    """What was so when the minutes went out: what is changed later does not change them."""
    state = State()
    for done in history.done:
        state = done.upon(state)
        if any(isinstance(e, MinutesIssued) and e.sitting == sitting for e in done.events):
            return state
    return state


def _papers(result: Result, history: History, catalogue: Catalogue, columns: int) -> Iterator[str]:
    state = history.state
    times = [datetime.fromisoformat(step.at) for step in result.steps]
    held = [s for s in state.sittings.values() if s.minutes is not None]
    for sitting in sorted(held, key=lambda s: s.starts_at):
        then = _when_issued(history, sitting.id)
        yield minutes_text(then, then.sittings[sitting.id], catalogue, columns)
    for body in sorted({sitting.body for sitting in held}):
        period = (times[0].replace(hour=0, minute=0), times[-1])
        yield ledger_text(state, body, period[1], catalogue, columns)
        yield report_text(history, body, period, catalogue, columns)


def _columns() -> int:
    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 100)

"""`yishi play`: the full month and the full week, act by act, then what comes out of them."""

import argparse
import shutil
from pathlib import Path
from typing import Any

from yishi.cases.casting import Stage
from yishi.cases.model import Result
from yishi.cases.runner import Runner, case_files
from yishi.cases.tree import Faulty
from yishi.cli.papers import ledger_text, minutes_text, report_text
from yishi.cli.terminal import clip, rule_off, title
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Add `play`."""
    parser = subparsers.add_parser("play", help="play a month and a week", parents=[common])
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("charters")])
    parser.set_defaults(run=run_play)


def run_play(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Play every case marked `play: true`; 1 when an expectation fails."""
    runner, played, failed = Runner(args.lang), 0, 0
    for file in (file for path in args.paths for file in case_files(path)):
        if "\nplay: true" not in file.read_text(encoding="utf-8"):
            continue
        result, stage = runner.run(file)
        played, failed = played + 1, failed + (not result.ok)
        _show(result, stage, catalogue)
    if not played:
        raise Faulty(str(args.paths[0]), 0, Message("play.nothing"))
    return 1 if failed else 0


def _show(result: Result, stage: Stage, catalogue: Catalogue) -> None:
    state = stage.history.state
    names = Names(state)
    print(title(result.case))
    for step in (s for s in result.steps if s.by or s.failures):
        when = step.at[5:16].replace("T", " ")
        who = names.person(step.by) if step.by else ""
        what = catalogue.word("acts", step.what) if step.by else step.what
        verdict = catalogue.word("verdicts", step.outcome)
        clauses = " ".join(step.clauses)
        print(f"{when}  {clip(who, 8)}  {clip(what, 16)}  {clip(verdict, 14)}  {clauses}".rstrip())
        for said in step.said if step.by else ():
            print(f"{'':29}{said}")
        for failure in step.failures:
            print(f"{'':29}✗ {failure}")
    bodies = {s.body for s in state.sittings.values() if s.minutes is not None}
    for sitting in sorted(state.sittings.values(), key=lambda s: s.starts_at):
        if sitting.minutes is not None:
            print(rule_off(_width()))
            print(minutes_text(state, sitting, catalogue))
    at = stage.history.done[-1].at
    for body in sorted(bodies):
        print(rule_off(_width()))
        print(ledger_text(state, body, at, catalogue))
        print(rule_off(_width()))
        print(report_text(stage.history, body, at, catalogue))
    print()


def _width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, 100)

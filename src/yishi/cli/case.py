"""`yishi case run FILE…`: play worked cases and say whether every expectation held."""

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec

from yishi.cases.keeping import keep
from yishi.cases.model import Result, StepResult
from yishi.cases.runner import Runner, case_files
from yishi.cases.tree import Faulty
from yishi.cli.terminal import clip
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `case` with its subcommand."""
    parser = subparsers.add_parser("case", help=catalogue.text("cli.case"), parents=[common])
    inner = parser.add_subparsers(dest="action", required=True)
    run = inner.add_parser("run", help=catalogue.text("cli.case_run"), parents=[common])
    run.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=catalogue.text("cli.case_files")
    )
    run.add_argument("--json", action="store_true", help=catalogue.text("cli.case_json"))
    run.add_argument("--journal", type=Path, help=catalogue.text("cli.case_journal"))
    run.add_argument("--quiet", action="store_true", help=catalogue.text("cli.case_quiet"))
    run.set_defaults(run=run_cases)


def run_cases(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Play every file; 0 only if every expectation held."""
    files = [file for path in args.files for file in case_files(path)]
    if not files:
        raise Faulty(str(args.files[0]), 0, Message("case.none_here"))
    if args.journal and len(files) != 1:
        raise Faulty(str(args.journal), 0, Message("case.one_journal"))
    runner, failed = Runner(args.lang), 0
    for file in files:
        result, stage = runner.run(file)
        failed += not result.ok
        _show(args, catalogue, result)
        if args.journal:
            _keep(stage, args.journal)
    if not args.json:
        ok = len(files) - failed
        print(catalogue.text("case.count", ok=ok, failed=failed))
    return 1 if failed else 0


def _keep(stage: Any, path: Path) -> None:
    try:
        keep(stage, path)
    except FileExistsError as error:
        raise Faulty(str(path), 0, Message("case.journal_exists")) from error
    except OSError as error:
        raise Faulty(str(path), 0, Message("case.journal_unwritable")) from error


def _show(args: argparse.Namespace, catalogue: Catalogue, result: Result) -> None:
    if args.json:
        for step in result.steps:
            row = {"file": _short(result.file), "case": result.case, **msgspec.to_builtins(step)}
            print(json.dumps(row, ensure_ascii=False))
        return
    if args.quiet and result.ok:
        return
    print(f"{_short(result.file)}  {result.case}")
    for step in result.steps:
        if not args.quiet or step.failures:
            print_step(step, catalogue)
    print()


def print_step(step: StepResult, catalogue: Catalogue) -> None:
    """One step in a few lines: what was done, the verdict, its grounds and clauses."""
    act = catalogue.word("acts", step.what) if step.by else step.what
    mark = "✗" if step.failures else "·"
    when = step.at[:16].replace("T", " ")
    verdict = catalogue.word("verdicts", step.outcome)
    clauses = " ".join(step.clauses)
    done = f"{clip(step.by, 8)}  {clip(act, 16)}  {clip(verdict, 14)}  {clauses}"
    print(f"{mark} {step.line:>4}  {when}  {done}".rstrip())
    for said in step.said:
        print(f"          {said}")
    for failure in step.failures:
        print(f"        ✗ {failure}")


def _short(file: str) -> str:
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file

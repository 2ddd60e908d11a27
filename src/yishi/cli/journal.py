"""`yishi journal verify|show FILE`: is the record whole, and what does it say."""

import argparse
from pathlib import Path
from typing import Any

from yishi.cases.tree import Faulty
from yishi.chronicle.scribe import AUDIT, held_at, replay
from yishi.journal import FileStore, Head, JournalBroken, Report, verify
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `journal` with its subcommands."""
    parser = subparsers.add_parser("journal", help=catalogue.text("cli.journal"), parents=[common])
    inner = parser.add_subparsers(dest="action", required=True)
    check = inner.add_parser("verify", help=catalogue.text("cli.journal_verify"), parents=[common])
    check.add_argument("file", type=Path, help=catalogue.text("cli.journal_file"))
    check.add_argument("--head", help=catalogue.text("cli.journal_head"))
    check.set_defaults(run=run_verify)
    show = inner.add_parser("show", help=catalogue.text("cli.journal_show"), parents=[common])
    show.add_argument("file", type=Path, help=catalogue.text("cli.journal_file"))
    show.set_defaults(run=run_show)
    again = inner.add_parser("replay", help=catalogue.text("cli.journal_replay"), parents=[common])
    again.add_argument("file", type=Path, help=catalogue.text("cli.journal_file"))
    again.set_defaults(run=run_replay)


def run_verify(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Name the first bad entry and what is still sound."""
    report = _report(args.file, _head(args.head))
    head = f"{report.head.seq}:{report.head.hash}"
    print(catalogue.text("journal.sound", sound=report.sound, head=head))
    if report.erased:
        print(catalogue.text("journal.erased", erased=report.erased))
    if report.first_bad is None:
        return 0
    fault = report.first_bad
    params = dict(fault.params)
    if params.get("where") == "$":
        params["where"] = catalogue.word("shapes", "whole")
    said = catalogue.sentence(Message(fault.id, params), Names(State()))
    print(f"{args.file}:{fault.line}: " + catalogue.text("journal.first_bad", said=said))
    if report.later:
        print(catalogue.text("journal.later", later=report.later))
    return 1


def _head(text: str | None) -> Head | None:
    if text is None:
        return None
    seq, _, digest = text.partition(":")
    if not (seq.isascii() and seq.isdecimal()) or len(digest) != 64:
        raise Faulty("--head", 0, Message("journal.head_form"))
    return Head(int(seq), digest)


def _report(path: Path, head: Head | None = None) -> Report:
    try:
        with path.open("rb") as file:
            return verify(file, head)
    except FileNotFoundError as error:
        raise Faulty(str(path), 0, Message("case.no_file")) from error
    except IsADirectoryError as error:
        raise Faulty(str(path), 0, Message("case.a_folder")) from error
    except OSError as error:
        raise Faulty(str(path), 0, Message("case.unreadable")) from error


def run_show(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Every sound entry: number, time, who, stream, what."""
    report = _report(args.file)
    try:
        for line in FileStore(args.file).read():
            entry = line.entry
            judged = entry.stream == AUDIT
            what = catalogue.word("acts" if judged else "events", entry.type)
            verdict = entry.payload.get("verdict", "") if judged else ""
            said = catalogue.word("verdicts", str(verdict)) if verdict else ""
            then = held_at(entry)
            if then is not None:
                said += catalogue.text("journal.from_paper", at=f"{then:%Y-%m-%d %H:%M}")
            head = f"{entry.seq:>6}  {entry.at[:16]}  {entry.actor:<8} {entry.stream:<24}"
            print(f"{head} {what} {said}".rstrip())
    except JournalBroken:
        run_verify(argparse.Namespace(file=args.file, head=None), catalogue)
    return 0 if report.ok else 1


def run_replay(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Rebuild the state and judge every deed anew; 1 when any verdict differs."""
    report = _report(args.file)
    if not report.ok:
        return run_verify(argparse.Namespace(file=args.file, head=None), catalogue)
    try:
        replayed = replay(FileStore(args.file).read())
    except ValueError as error:
        line, _, entry = str(error).partition(": ")
        where = int(line) if line.isdecimal() else 0
        message = Message("journal.unknown_entry", {"entry": entry or line})
        raise Faulty(str(args.file), where, message) from error
    for one in replayed.differences:
        print(catalogue.text("case.replayed_otherwise", seq=one.seq, act=one.act))
    done = len(replayed.history.done)
    print(catalogue.text("journal.replayed", done=done, otherwise=len(replayed.differences)))
    return 1 if replayed.differences else 0

"""`yishi archive make|check`: the package of a closed meeting, and the four checks of one."""

import argparse
from io import StringIO
from pathlib import Path
from typing import IO, Any

from yishi.archive import check, container
from yishi.archive.check_known import Entry, Known, whole_known
from yishi.archive.check_packed import digest
from yishi.archive.check_result import Result
from yishi.cases.tree import Faulty
from yishi.cli.database import institutions, opened
from yishi.cli.terminal import width
from yishi.journal import JournalBroken, Line, decode_line, verify
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `archive` with its subcommands."""
    parser = subparsers.add_parser("archive", help=catalogue.text("cli.archive"), parents=[common])
    inner = parser.add_subparsers(dest="action", required=True)
    make = inner.add_parser("make", help=catalogue.text("cli.archive_make"), parents=[common])
    for name in ("institution", "sitting"):
        make.add_argument(name, help=catalogue.text(f"cli.archive_{name}"))
    make.add_argument("file", type=Path, help=catalogue.text("cli.archive_file"))
    make.set_defaults(run=run_make)
    look = inner.add_parser("check", help=catalogue.text("cli.archive_check"), parents=[common])
    look.add_argument("file", type=Path, help=catalogue.text("cli.archive_package"))
    look.add_argument("--digest", default="", help=catalogue.text("cli.archive_digest"))
    look.add_argument("--root", default="", help=catalogue.text("cli.archive_root"))
    look.add_argument("--journal", type=Path, help=catalogue.text("cli.archive_journal"))
    look.set_defaults(run=run_check)


def run_make(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Write the package of a meeting to a file."""
    opened()
    from django.core.management import call_command

    (slug,) = institutions(args.institution)
    # The command tells its answer to its own output too: here one sentence says it.
    made = call_command("make_archive", slug, args.sitting, str(args.file), stdout=StringIO())
    print(catalogue.text("archive.made", file=str(args.file), digest=made))
    return 0


def run_check(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Every check, line by line; 1 where something does not pass, 2 where nothing can be read."""
    journal = _journal(args.journal) if args.journal else None
    known = Known(args.digest, args.root, journal)
    try:
        if args.file.is_dir():
            found = check.run(check.Folder(args.file), known)
        else:
            with args.file.open("rb") as file:
                found = _packed(file, known)
    except FileNotFoundError as error:
        raise Faulty(str(args.file), 0, Message("archive.not_there")) from error
    except OSError as error:
        raise Faulty(str(args.file), 0, Message("case.unreadable")) from error
    for one in found:
        print(_line(one, catalogue))
    failed = sum(one.status == "fail" for one in found)
    asked = sum(one.status == "human" for one in found)
    key = "archived.failed" if failed else "archived.passed"
    print(catalogue.text(key, n=failed, asked=asked))
    return 1 if failed else 0


def _packed(file: IO[bytes], known: Known) -> list[Result]:
    """What is found of a package in its container; of a misfit, only that it is one."""
    try:
        return check.run(container.read(file), known)
    except container.Misfit as misfit:
        file.seek(0)
        first, message = whole_known(digest(file), known, ""), misfit.args[0]
        return [*first, Result("safe", "AQ-5", "fail", message.id, dict(message.params))]


def _line(one: Result, catalogue: Catalogue) -> str:
    group = catalogue.word("archive_groups", one.group)
    status = catalogue.word("archive_statuses", one.status)
    said = catalogue.text(one.said, **one.params)
    return f"{group}  {one.code:<5}  {status}{' ' * (8 - width(status))}{said}"


def _journal(path: Path) -> list[Entry]:
    """The entries of a whole journal that verifies. Raises `Faulty`."""
    try:
        with path.open("rb") as file:
            if not verify(file).ok:
                raise Faulty(str(path), 0, Message("archive.journal_bad"))
            file.seek(0)
            return [_entry(decode_line(raw)) for raw in file]
    except (OSError, JournalBroken) as error:
        raise Faulty(str(path), 0, Message("case.unreadable")) from error


def _entry(line: Line) -> Entry:
    said, entry = line.entry.payload, line.entry
    told = (said.get("sitting"), said.get("digest"))
    return Entry(entry.seq, entry.type, entry.stream, line.hash, *told)

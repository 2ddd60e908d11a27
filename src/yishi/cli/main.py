"""`yishi`: what a person can do from the command line, one module a subject."""

import argparse
import os
import sys
from collections.abc import Sequence

from yishi.cases.tree import Faulty
from yishi.cli import (
    archive,
    case,
    charter,
    demo,
    docs,
    journal,
    originals,
    play,
    serve,
    setup,
    upkeep,
)
from yishi.cli.typed import language, parser_in
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.wording import LANGUAGES, Catalogue, Names

COMMANDS = (charter, case, journal, play, docs, serve, setup, demo, archive, upkeep, originals)
"""Each module adds its own parser and says what it runs."""


NOBODY = Names(State())
"""For sentences that name nobody of an institution."""


def build_parser(catalogue: Catalogue) -> argparse.ArgumentParser:
    """The parser with every subcommand; it speaks the catalogue's language."""
    kind = parser_in(catalogue)
    parser = kind(prog="yishi", description=catalogue.text("cli.description"))
    common = kind(add_help=False)
    common.add_argument(
        "--lang", choices=LANGUAGES, default=LANGUAGES[0], help=catalogue.text("cli.lang")
    )
    subparsers = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add_parser(subparsers, common, catalogue)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 all well, 1 something found, 2 it could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    typed = sys.argv[1:] if argv is None else argv
    catalogue = Catalogue(language(typed))
    args = build_parser(catalogue).parse_args(typed)
    try:
        return int(args.run(args, catalogue))
    except Faulty as fault:
        for message in (fault.message, *fault.also):
            print(_told(Faulty(fault.file, fault.line, message), catalogue), file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(
            _told(Faulty(error.filename or "?", 0, Message("case.unreadable")), catalogue),
            file=sys.stderr,
        )
        return 2


def _told(fault: Faulty, catalogue: Catalogue) -> str:
    """Where, what is wrong, and what would be right."""
    said, following = (say(fault.message, NOBODY) for say in (catalogue.sentence, catalogue.next))
    where = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{where}: {said} {following}".rstrip()


if __name__ == "__main__":
    sys.exit(main())

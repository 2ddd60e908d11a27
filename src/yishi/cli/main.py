"""`yishi`: what a person can do from the command line, one module a subject."""

import argparse
import sys
from collections.abc import Sequence

from yishi.cases.tree import Faulty
from yishi.cli import case, charter, docs, journal, play
from yishi.procedure.state import State
from yishi.wording import Catalogue, Names

COMMANDS = (charter, case, journal, play, docs)
"""Each module adds its own parser and says what it runs."""


NOBODY = Names(State())
"""For sentences that name nobody of an institution."""


def build_parser() -> argparse.ArgumentParser:
    """The parser with every subcommand."""
    parser = argparse.ArgumentParser(prog="yishi", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh (default) or en")
    subparsers = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add_parser(subparsers, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 all well, 1 something found, 2 it could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = build_parser().parse_args(argv)
    catalogue = Catalogue(args.lang)
    try:
        return int(args.run(args, catalogue))
    except Faulty as fault:
        said = catalogue.sentence(fault.message, NOBODY)
        following = catalogue.next(fault.message, NOBODY)
        where = f"{fault.file}:{fault.line}" if fault.line else fault.file
        print(f"{where}: {said} {following}".rstrip(), file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())

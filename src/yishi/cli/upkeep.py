"""`yishi rebuild`, `tick`, `work`, `export`: what an installation does beside its pages."""

import argparse
from contextlib import suppress
from pathlib import Path
from typing import Any

from yishi.cases.tree import Faulty
from yishi.cli.database import institutions, opened
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `migrate`, `rebuild`, `tick`, `work` and `export`."""
    fresh = subparsers.add_parser("migrate", help=catalogue.text("cli.migrate"), parents=[common])
    fresh.set_defaults(run=run_migrate)
    again = subparsers.add_parser("rebuild", help=catalogue.text("cli.rebuild"), parents=[common])
    again.add_argument(
        "institution", nargs="?", default="", help=catalogue.text("cli.rebuild_institution")
    )
    again.set_defaults(run=run_rebuild)
    look = subparsers.add_parser("tick", help=catalogue.text("cli.tick"), parents=[common])
    look.set_defaults(run=run_tick)
    work = subparsers.add_parser("work", help=catalogue.text("cli.work"), parents=[common])
    work.add_argument("--once", action="store_true", help=catalogue.text("cli.work_once"))
    work.set_defaults(run=run_work)
    out = subparsers.add_parser("export", help=catalogue.text("cli.export"), parents=[common])
    out.add_argument("institution", help=catalogue.text("cli.export_institution"))
    out.add_argument("file", type=Path, help=catalogue.text("cli.export_file"))
    out.set_defaults(run=run_export)


def run_migrate(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Make or alter the tables as this version needs them."""
    opened(migrate=True)
    print(catalogue.text("site.migrated"))
    return 0


def run_rebuild(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Make the register of one institution, or of all, anew from the journal."""
    opened()
    from yishi.register.rebuild import rebuild

    for slug in institutions(args.institution):
        state = rebuild(slug)
        print(catalogue.text("site.rebuilt", slug=slug, items=len(state.items)))
    return 0


def run_tick(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Look once at every institution, and deliver what is owed."""
    opened()
    from yishi.clerk.tick import tick_all

    told, sent, failed = tick_all()
    print(catalogue.text("site.ticked", told=told, sent=sent, failed=failed))
    return 1 if failed else 0


def run_work(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Do the jobs that wait, and those that will be asked for until somebody stops it."""
    opened()
    from yishi.jobs.working import named, work_all, work_for_ever

    if args.once:
        print(catalogue.text("site.worked", count=work_all(named())))
        return 0
    print(catalogue.text("site.working"), flush=True)
    with suppress(KeyboardInterrupt):
        work_for_ever()
    return 0


def run_export(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Write the journal of an institution as the file that anyone can verify."""
    opened()
    from yishi.journal import encode_line
    from yishi.journal.tables.store import TableStore

    (slug,) = institutions(args.institution)
    count = 0
    try:
        with open(args.file, "xb") as out:
            for line in TableStore(slug).read():
                out.write(encode_line(line))
                count += 1
    except FileExistsError as error:
        raise Faulty(str(args.file), 0, Message("site.file_there")) from error
    except OSError as error:
        raise Faulty(str(args.file), 0, Message("site.not_written")) from error
    print(catalogue.text("site.exported", seq=count, file=str(args.file)))
    return 0

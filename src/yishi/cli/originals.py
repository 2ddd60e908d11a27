"""`yishi originals`: are the files that were issued still what the journal says they are?"""

import argparse
from collections import Counter
from typing import Any

from yishi.cli.database import institutions, opened
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `originals`."""
    parser = subparsers.add_parser(
        "originals", help=catalogue.text("cli.originals"), parents=[common]
    )
    parser.add_argument(
        "institution", nargs="?", default="", help=catalogue.text("cli.originals_institution")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Look at every original, byte for byte; 1 when one is missing or altered."""
    opened()
    from yishi.clerk.memory import MEMORY
    from yishi.originals.keeping import checked

    counts: Counter[str] = Counter()
    for slug in institutions(args.institution):
        state = MEMORY.at(slug).state
        for one in checked(slug, state):
            counts[one.status] += 1
            if one.status != "sound":
                said = {"slug": slug, "sitting": one.sitting, "digest": one.digest}
                what = {"paper": catalogue.word("documents", one.paper), "form": one.form.upper()}
                message = {
                    "missing": Message("site.original_missing", {**said, **what}),
                    "altered": Message("site.original_altered", {**said, **what}),
                    "emptied": Message("site.original_emptied", {**said, **what}),
                }[one.status]
                print(catalogue.sentence(message, Names(state)))
    print(catalogue.text("site.originals", sound=counts["sound"], emptied=counts["emptied"]))
    return 1 if counts["missing"] or counts["altered"] else 0

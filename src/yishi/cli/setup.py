"""`yishi setup-token`: the address at which an empty installation is set up."""

import argparse
from typing import Any

from yishi.cli.database import institutions, opened
from yishi.wording import Catalogue


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Add `setup-token`."""
    parser = subparsers.add_parser(
        "setup-token", help="the address of the first setting up", parents=[common]
    )
    parser.set_defaults(run=run_token)


def run_token(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Print the address with its token; 1 where there is an institution already."""
    opened()
    said = address()
    if not said:
        print(catalogue.text("site.already_founded"))
        return 1
    print(catalogue.text("site.setup", address=said))
    return 0


def address() -> str:
    """Where to set up, with the token; nothing once there is an institution."""
    from django.conf import settings

    from yishi.accounts.bootstrap import token

    if institutions(""):
        return ""
    return f"{settings.BASE_URL.rstrip('/')}/setup?token={token()}"

"""`yishi setup-token`, `yishi password-link`: what only whoever runs the server gives out."""

import argparse
from typing import Any

from yishi.cases.tree import Faulty
from yishi.cli.database import institutions, opened
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `setup-token` and `password-link`."""
    parser = subparsers.add_parser(
        "setup-token", help=catalogue.text("cli.setup_token"), parents=[common]
    )
    parser.add_argument("--another", action="store_true", help=catalogue.text("cli.setup_another"))
    parser.set_defaults(run=run_token)
    link = subparsers.add_parser(
        "password-link", help=catalogue.text("cli.password_link"), parents=[common]
    )
    link.add_argument("username", help=catalogue.text("cli.password_link_username"))
    link.set_defaults(run=run_link)


def run_token(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Print the address with its token; 1 where there is an institution already."""
    opened()
    said = address(args.another)
    if not said:
        print(catalogue.text("site.already_founded"))
        return 1
    print(catalogue.text("site.setup", address=said))
    return 0


def run_link(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Print a one-time link for an account; its owner is told, and it stands in the record."""
    opened()
    from yishi.accounts.keeping import note
    from yishi.accounts.links import one_time_link
    from yishi.accounts.models import Account
    from yishi.outbox.about_accounts import tell_owner

    try:
        account = Account.objects.get_by_natural_key(args.username)
    except Account.DoesNotExist as error:
        raise Faulty(args.username, 0, Message("site.no_account")) from error
    note(account, "link_on_server", "")
    tell_owner(account, "link_on_server")
    print(catalogue.text("site.password_link", link=one_time_link(account)))
    return 0


def address(another: bool = False) -> str:
    """Where to set up, with the token; nothing where there is one already and none other wanted."""
    from django.conf import settings

    from yishi.accounts.bootstrap import token

    known = institutions("")
    if known and not another:
        return ""
    return f"{settings.BASE_URL.rstrip('/')}/setup?token={token(bool(known))}"

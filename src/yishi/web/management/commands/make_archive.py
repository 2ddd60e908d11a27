"""The package of a meeting, written to a file: what `yishi archive make` has done."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from yishi.accounts.models import Account
from yishi.archive.check_packed import digest
from yishi.cases.tree import Faulty
from yishi.procedure.verdict import Message
from yishi.web.archive.making import Unmade, make
from yishi.web.archive.standing import archivist
from yishi.web.office import Office


class Command(BaseCommand):
    """Make the package as the first of those may who may archive the meeting."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Of which institution, which meeting, and where to."""
        for name in ("institution", "sitting", "file"):
            parser.add_argument(name)

    def handle(self, *args: Any, **options: Any) -> str:
        """Write the file; give its digest. Raises `Faulty`."""
        path = Path(options["file"])
        office = Office(Account(institution=options["institution"], person=""), "zh")
        sitting = office.state.sittings.get(options["sitting"])
        if sitting is None:
            raise Faulty(options["sitting"], 0, Message("archive.no_sitting"))
        person = archivist(office, sitting)
        if person is None:
            key = "archive.nobody" if sitting.minutes else "archive.not_closed"
            raise Faulty(sitting.id, 0, Message(key))
        try:
            with path.open("xb") as out:
                make(
                    Office(Account(institution=office.institution, person=person), "zh"),
                    sitting,
                    out,
                )
            with path.open("rb") as made:
                return digest(made)
        except FileExistsError as error:
            raise Faulty(str(path), 0, Message("site.file_there")) from error
        except OSError as error:
            raise Faulty(str(path), 0, Message("site.not_written")) from error
        except Unmade as unmade:
            os.unlink(path)
            raise Faulty(str(path), 0, unmade.args[0]) from unmade

"""The commands that need a database open it here, and only when they run."""

import logging
import os
import sys
from types import TracebackType

from yishi.cases.tree import Faulty
from yishi.procedure.verdict import Message


def opened(migrate: bool = False) -> None:
    """Set the application up; bring the tables up to date where that is asked.

    Raises `Faulty` when the database does not answer or its tables are not there.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, OperationalError, connection

    django.setup()
    if not settings.TRIAL:
        sys.excepthook = _stopped
    _demand()
    try:
        settings.HOME.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Faulty(str(settings.HOME), 0, Message("site.no_home")) from error
    try:
        if migrate:
            call_command("migrate", verbosity=0)
        elif "journal_chain" not in connection.introspection.table_names():
            raise Faulty(_named(), 0, Message("site.no_tables"))
    except OperationalError as error:
        raise Faulty(_named(), 0, Message("site.no_database", {"error": str(error)})) from error
    except DatabaseError as error:
        raise Faulty(_named(), 0, Message("site.no_database", {"error": str(error)})) from error


def _stopped(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program goes to the log, whose lines hold nobody's words, in place of all."""
    logging.getLogger("yishi.cli").critical("stopped", exc_info=(kind, error, trace))


def _demand() -> None:
    """Go no further with settings that are missing or unsafe. Raises `Faulty` naming them all."""
    from django.core import checks

    found = checks.run_checks(tags=["yishi"])
    wrong: list[Message] = [one.obj for one in found if one.level >= checks.ERROR]
    if wrong:
        raise Faulty("settings", 0, wrong[0], tuple(wrong[1:]))


def _named() -> str:
    """What the database is called, without its password."""
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def institutions(named: str) -> list[str]:
    """The institution named, or all of them. Raises `Faulty` for one that is not there."""
    from yishi.journal.tables.models import Chain

    known = list(Chain.objects.order_by("slug").values_list("slug", flat=True))
    if named and named not in known:
        raise Faulty(named, 0, Message("site.no_institution", {"known": tuple(known)}))
    return [named] if named else known

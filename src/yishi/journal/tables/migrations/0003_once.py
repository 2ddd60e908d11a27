"""From here on SQLite itself refuses to replace a row of the journal by another."""

from typing import Any, ClassVar

from django.db import migrations

from yishi.journal.tables import triggers


def put_on(apps: Any, editor: Any) -> None:
    triggers.put_on_once(editor.connection)


def take_off(apps: Any, editor: Any) -> None:
    triggers.take_off_once(editor.connection)


class Migration(migrations.Migration):
    """Puts the triggers on."""

    dependencies: ClassVar = [("journal", "0002_kept")]
    operations: ClassVar = [migrations.RunPython(put_on, take_off)]

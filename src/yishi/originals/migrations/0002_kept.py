"""From here on the database itself refuses to alter or delete what was issued."""

from typing import Any, ClassVar

from django.db import migrations

from yishi.originals import triggers


def put_on(apps: Any, editor: Any) -> None:
    triggers.put_on(editor.connection)


def take_off(apps: Any, editor: Any) -> None:
    triggers.take_off(editor.connection)


class Migration(migrations.Migration):
    """Puts the triggers on."""

    dependencies: ClassVar = [("originals", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(put_on, take_off)]

"""Beside each file stand the refs of the sealed texts that are printed in it."""

from typing import Any, ClassVar

from django.db import migrations, models

from yishi.originals import triggers


def put_on(apps: Any, editor: Any) -> None:
    triggers.put_on(editor.connection)


def put_on_with_refs(apps: Any, editor: Any) -> None:
    triggers.put_on_with_refs(editor.connection)


def take_off(apps: Any, editor: Any) -> None:
    triggers.take_off(editor.connection)


class Migration(migrations.Migration):
    """Adds the refs; a table that is made anew for it has lost its triggers, and has them again."""

    dependencies: ClassVar = [("originals", "0002_kept")]
    operations: ClassVar = [
        migrations.RunPython(take_off, put_on),
        migrations.AddField("original", "refs", models.TextField(blank=True, default="")),
        migrations.RunPython(put_on_with_refs, take_off),
    ]

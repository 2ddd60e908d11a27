"""Where minutes had been issued before one could choose, their lists stay as they were: names."""

from datetime import datetime
from typing import Any

from django.db import migrations


def keep_names(apps: Any, schema_editor: Any) -> None:
    """A version before the first, from the beginning of the journal on, that nobody has saved."""
    entries = apps.get_model("journal", "Entry").objects
    versions = apps.get_model("profiles", "Version").objects
    issued = entries.filter(type="minutes_issued").values_list("chain_id", flat=True)
    for institution in issued.order_by().distinct():
        first = entries.filter(chain_id=institution).order_by("seq").first()
        kept = {"content": {"naming": "names"}, "at": datetime.fromisoformat(first.at), "by": ""}
        versions.create(institution=institution, body="general", number=0, **kept)


def take_back(apps: Any, schema_editor: Any) -> None:
    """Undo it: before that, every profile named people alone."""
    apps.get_model("profiles", "Version").objects.filter(number=0).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0002_templates'),
        ('journal', '0003_once'),
    ]

    operations = [
        migrations.RunPython(keep_names, take_back),
    ]

"""The journal's tables as Django knows them."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Holds the entries of every institution's chain."""

    name = "yishi.journal.tables"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

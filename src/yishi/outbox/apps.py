"""The application as Django knows it."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages owed to people."""

    name = "yishi.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"

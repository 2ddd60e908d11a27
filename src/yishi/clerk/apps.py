"""The application as Django knows it."""

from django.apps import AppConfig


class ClerkConfig(AppConfig):
    """The one door for writing."""

    name = "yishi.clerk"
    label = "clerk"
    default_auto_field = "django.db.models.BigAutoField"

"""The application as Django knows it."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The files of meeting papers."""

    name = "yishi.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

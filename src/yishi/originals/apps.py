"""The application as Django knows it."""

from django.apps import AppConfig


class OriginalsConfig(AppConfig):
    """The files of papers as they were issued."""

    name = "yishi.originals"
    label = "originals"
    default_auto_field = "django.db.models.BigAutoField"

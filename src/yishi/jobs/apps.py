"""The application as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs that are done in the background."""

    name = "yishi.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

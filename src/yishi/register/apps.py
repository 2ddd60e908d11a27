"""The application as Django knows it."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """What is listed, searched and counted."""

    name = "yishi.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

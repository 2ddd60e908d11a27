"""The application as Django knows it."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """How an office's papers look."""

    name = "yishi.profiles"
    label = "profiles"
    default_auto_field = "django.db.models.BigAutoField"

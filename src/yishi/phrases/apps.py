"""The application as Django knows it."""

from django.apps import AppConfig


class PhrasesConfig(AppConfig):
    """Ready-made phrases."""

    name = "yishi.phrases"
    label = "phrases"
    default_auto_field = "django.db.models.BigAutoField"

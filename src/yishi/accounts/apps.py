"""The application as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who signs in."""

    name = "yishi.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

"""The pages as Django knows them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Server-rendered pages."""

    name = "yishi.web"
    label = "web"

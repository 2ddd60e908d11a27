"""The site as Django knows it: its checks run at every start."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, and what is checked about them."""

    name = "yishi.site"
    label = "site_"

    def ready(self) -> None:
        """Register the checks."""
        from yishi.site import checks

        checks.register_all()

"""The site as Django knows it: its checks run at every start."""

import logging

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, and what is checked about them."""

    name = "yishi.site"
    label = "site_"

    def ready(self) -> None:
        """Register the checks; let what Python warns of come as log lines like all else."""
        from yishi.site import checks

        checks.register_all()
        logging.captureWarnings(True)

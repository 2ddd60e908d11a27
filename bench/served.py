"""The site with the bare views beside it, served by the same workers."""

import os
from collections.abc import Iterable
from typing import Any, Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.served_settings")

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

PLACE: Final = "/bare/"


def bare_handler() -> WSGIHandler:
    """Django with its own middleware only, in the order in which our pages have it."""
    own = [name for name in settings.MIDDLEWARE if name.startswith("django.")]
    with override_settings(MIDDLEWARE=own):
        return WSGIHandler()


site = get_wsgi_application()
bare = bare_handler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """What is bare is answered by Django alone, everything else by the site."""
    answer = bare if environ["PATH_INFO"].startswith(PLACE) else site
    return answer(environ, start_response)

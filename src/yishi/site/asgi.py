"""The ASGI applications: `live` for the streams alone, `application` for pages and streams."""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")

from yishi.site.wsgi import application as pages
from yishi.web.live.app import PREFIX
from yishi.web.live.app import application as live

THREADS = 8
"""Pages that one process answers at a time."""

_pages = WSGIMiddleware(cast("Any", pages), workers=THREADS)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The streams from the small application, everything else from the pages."""
    streams = scope["type"] == "lifespan" or scope["path"].startswith(PREFIX)
    await (live if streams else _pages)(scope, receive, send)

"""The WSGI application: `gunicorn yishi.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from yishi.site.beside import Beside
from yishi.site.checks import demand

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")
_pages = get_wsgi_application()
demand()

from django.conf import settings  # noqa: E402

from yishi.jobs.working import work_for_ever  # noqa: E402

application = Beside(_pages, work_for_ever) if settings.WORK_BESIDE else _pages

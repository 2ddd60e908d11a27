"""The WSGI application: `gunicorn yishi.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from yishi.site.checks import demand

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")
application = get_wsgi_application()
demand()

"""The site with two bare views beside it, served by the same workers."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.served_settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

"""Settings of the tests: those of a trial, with quick passwords and a clean place for files."""

import os
import tempfile

os.environ.setdefault("YISHI_TRIAL", "1")
if "YISHI_HOME" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
    # Each process has a place of its own: what one test makes there, another must not take away.
    os.environ["YISHI_HOME"] = tempfile.mkdtemp(prefix="yishi-tests-")

from yishi.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

"""The settings of a trial, with the bare views among the addresses."""

import os

os.environ.setdefault("YISHI_TRIAL", "1")

from yishi.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare"

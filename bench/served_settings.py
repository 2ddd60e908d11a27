"""The settings of a trial, with the bare views among the addresses and their templates apart."""

import os
from pathlib import Path

os.environ.setdefault("YISHI_TRIAL", "1")

from yishi.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
TEMPLATES += [  # noqa: F405
    {
        "NAME": "bare",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

"""Every setting, from the environment (docs/operator-guide.md lists them).

`checks.py` says at the start what is missing or unsafe.
"""

import os
import sys
from pathlib import Path
from typing import Any

from yishi.site.environment import database, level, number, origins, whole

HOME = Path(os.environ.get("YISHI_HOME", "var")).resolve()
"""Where this installation keeps its own files: the embedded database, uploads, the secret."""

CHECKOUT = Path(__file__).parents[3] / "charters"
CHARTERS = Path(
    os.environ.get("YISHI_CHARTERS", "")
    or (CHECKOUT if CHECKOUT.is_dir() else Path(sys.prefix) / "share/yishi/charters")
)
"""The charters that come with the software, to be enacted from; what is enacted binds."""

TRIAL = os.environ.get("YISHI_TRIAL", "") == "1"
"""A trial on one machine: plain HTTP and a known secret. Never for an institution's data."""

SECRET_KEY = os.environ.get("YISHI_SECRET_KEY") or ("trial-only-" * 6 if TRIAL else "unset")
DEBUG = False
ALLOWED_HOSTS = os.environ.get(
    "YISHI_HOSTS", "localhost 127.0.0.1 [::1] testserver" if TRIAL else ""
).split()
CSRF_TRUSTED_ORIGINS = origins("YISHI_ORIGINS")
CSRF_FAILURE_VIEW = "yishi.web.errors.csrf_failed"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "yishi.journal.tables.apps.JournalConfig",
    "yishi.register.apps.RegisterConfig",
    "yishi.accounts.apps.AccountsConfig",
    "yishi.papers.apps.PapersConfig",
    "yishi.jobs.apps.JobsConfig",
    "yishi.phrases.apps.PhrasesConfig",
    "yishi.originals.apps.OriginalsConfig",
    "yishi.profiles.apps.ProfilesConfig",
    "yishi.outbox.apps.OutboxConfig",
    "yishi.clerk.apps.ClerkConfig",
    "yishi.web.apps.WebConfig",
    "yishi.site.apps.SiteConfig",
]
MIDDLEWARE = [
    "yishi.site.numbering.Numbered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yishi.accounts.idle.IdleTimeout",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yishi.web.middleware.ContentPolicy",
    "yishi.web.tongues.Tongues",
    "yishi.web.middleware.Seated",
]
ROOT_URLCONF = "yishi.site.urls"
WSGI_APPLICATION = "yishi.site.wsgi.application"
ASGI_APPLICATION = "yishi.site.asgi.application"
"""Pages and streams from one process: in a trial. Else the streams have a process of their own."""
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yishi.web.context.everywhere",
            ],
            "builtins": ["yishi.web.templatetags.yishi"],
        },
    }
]


def _database() -> dict[str, Any]:
    found = database("DATABASE_URL", HOME, whole("YISHI_DATABASE_MAX_AGE", 60, least=0))
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "yishi.accounts.passwords.InOurWords"}]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "desk"
PASSWORD_RESET_TIMEOUT = 24 * 3600
LOCK_AFTER = whole("YISHI_LOCK_AFTER", 5)
"""Failures after which a name is locked; and an address:"""
LOCK_ADDRESS_AFTER = whole("YISHI_LOCK_ADDRESS_AFTER", 50)
LOCK_SECONDS = number("YISHI_LOCK_HOURS", 0.25, least=0.01) * 3600
SESSION_COOKIE_AGE = whole("YISHI_SESSION_SECONDS", 12 * 3600, least=60)
SESSION_COOKIE_HTTPONLY = True
IDLE_SECONDS = whole("YISHI_IDLE_SECONDS", 3600, least=60)
"""A session that nobody has used for so long ends."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not TRIAL
SECURE_HSTS_SECONDS = 0 if TRIAL else 365 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PROXIES = whole("YISHI_PROXY", 0, least=0, most=9)
"""Reverse proxies of our own before the pages; what they say of a request is believed."""
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W008"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "UTC"
"""What is stored; each institution counts its days in its own zone."""
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
"""Static files are served from where the software is installed: nothing is collected."""
WHITENOISE_AUTOREFRESH = TRIAL
MEDIA_ROOT = HOME / "papers"
FONTS = Path(os.environ.get("YISHI_FONTS", "") or HOME / "fonts")
"""The office's own fonts for its papers; they go before all others."""
OFFICE = os.environ.get("YISHI_OFFICE", "soffice")
"""The program that makes PDF of office documents; empty where it is not to be used."""
WORK_BESIDE = os.environ.get("YISHI_WORK_BESIDE", "1") != "0"
"""Whether the processes that serve the pages do jobs too."""
JOBS = "yishi.web.jobs.kinds.MAKERS"
"""What makes each kind of job."""
ISSUED = "yishi.web.documents.issuing.of_then"
"""What makes the files that go out in a history which is taken in at once."""
RESULTS = HOME / "results"
"""What was made in the background, until it is swept away."""
ARCHIVE = Path(os.environ.get("YISHI_ARCHIVE", "") or HOME / "archive")
"""What each institution says for its archive: its numbers, and its table of periods."""
UPLOAD_LIMIT = whole("YISHI_UPLOAD_MB", 30, most=2048) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "yishi.papers.limit.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640

EMAIL_HOST = os.environ.get("YISHI_SMTP_HOST", "")
EMAIL_PORT = whole("YISHI_SMTP_PORT", 25, most=65535)
EMAIL_HOST_USER = os.environ.get("YISHI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("YISHI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("YISHI_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("YISHI_MAIL_FROM", "yishi@localhost")
BASE_URL = os.environ.get("YISHI_BASE_URL", "http://localhost:8000")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "yishi.site.logs.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": level("YISHI_LOG_LEVEL", "WARNING")},
}

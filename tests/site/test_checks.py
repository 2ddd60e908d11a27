"""Settings are checked at the start: each that is missing or unsafe is named with its remedy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from yishi.site import checks

SAFE = {
    "TRIAL": False,
    "SECRET_KEY": "k" * 64,
    "ALLOWED_HOSTS": ["yishi.example.org"],
    "BASE_URL": "https://yishi.example.org",
    "EMAIL_HOST": "mail.example.org",
    "PROXIES": 1,
}
ADVICE = {"site.no_mail", "site.embedded"}


def ids(settings, **changed) -> set:
    for name, value in {**SAFE, **changed}.items():
        setattr(settings, name, value)
    return {message.id for message in checks.found()}


def test_a_safe_installation_has_no_error(settings) -> None:
    assert ids(settings) <= ADVICE


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"SECRET_KEY": "unset"}, "site.no_secret"),
        ({"SECRET_KEY": "short"}, "site.no_secret"),
        ({"SECRET_KEY": "trial-only-" * 6}, "site.no_secret"),
        ({"ALLOWED_HOSTS": []}, "site.no_hosts"),
        ({"ALLOWED_HOSTS": ["*"]}, "site.no_hosts"),
        ({"BASE_URL": "http://yishi.example.org"}, "site.no_address"),
        ({"CHARTERS": "nowhere"}, "site.no_charters"),
        ({"CHARTERS": "nowhere", "TRIAL": True}, "site.no_charters"),
        ({"EMAIL_HOST": ""}, "site.no_mail"),
        ({"PROXIES": 0}, "site.no_proxy"),
    ],
)
def test_each_fault_is_named(settings, changed: dict, found: str) -> None:
    assert found in ids(settings, **changed)


def test_an_error_keeps_the_site_from_starting(settings) -> None:
    ids(settings, SECRET_KEY="unset")

    with pytest.raises(ImproperlyConfigured, match="YISHI_SECRET_KEY"):
        checks.demand()


def test_a_trial_is_asked_nothing_of_what_it_may_leave_out(settings) -> None:
    assert ids(settings, TRIAL=True, SECRET_KEY="unset") == set()


def started(folder: Path, *words: str, **said: str) -> subprocess.CompletedProcess[str]:
    """The command, begun with these settings and no others."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("YISHI", "DATABASE", "DJANGO"))}
    command = [sys.executable, "-m", "yishi", "tick", *words]
    settings = {"YISHI_HOME": str(folder), **said}
    return subprocess.run(command, env=own | settings, capture_output=True, text=True, check=False)


def test_everything_that_is_missing_is_told_at_once_in_the_language_asked_for(tmp_path) -> None:
    zh, en = started(tmp_path), started(tmp_path, "--lang", "en")

    for ran in (zh, en):
        assert ran.returncode == 2
        assert [n in ran.stderr for n in ("YISHI_SECRET_KEY", "YISHI_HOSTS", "BASE_URL")] == [
            True
        ] * 3
    assert "缺少 YISHI_SECRET_KEY" in zh.stderr
    assert "is missing" in en.stderr


def test_every_value_that_cannot_be_used_is_told_with_what_would_be_right(tmp_path) -> None:
    wrong = {
        "YISHI_LOCK_AFTER": "abc",
        "YISHI_UPLOAD_MB": "2.5",
        "YISHI_IDLE_SECONDS": "-5",
        "YISHI_SMTP_PORT": "70000",
        "YISHI_LOG_LEVEL": "loud",
        "YISHI_ORIGINS": "yishi.example.org",
        "DATABASE_URL": "mysql://a:secret@b/c",
    }

    ran = started(tmp_path, YISHI_TRIAL="1", **wrong)

    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "secret" not in ran.stderr
    assert [line for line in ran.stderr.splitlines() if "settings" not in line] == []
    for name in wrong:
        assert name in ran.stderr


def test_a_home_that_cannot_be_made_is_told(tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")

    ran = started(tmp_path / "file" / "home", YISHI_TRIAL="1")

    assert ran.returncode == 2
    assert "YISHI_HOME" in ran.stderr

"""Settings are checked at the start: each that is missing or unsafe is named with its remedy."""

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


def ids(settings, **changed) -> set:
    for name, value in {**SAFE, **changed}.items():
        setattr(settings, name, value)
    return {message.id for message in checks.found()}


def test_a_safe_installation_has_no_error(settings) -> None:
    assert not {i for i in ids(settings) if ".E" in i}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"SECRET_KEY": "unset"}, "yishi.E001"),
        ({"SECRET_KEY": "short"}, "yishi.E001"),
        ({"SECRET_KEY": "trial-only-" * 6}, "yishi.E001"),
        ({"ALLOWED_HOSTS": []}, "yishi.E002"),
        ({"ALLOWED_HOSTS": ["*"]}, "yishi.E002"),
        ({"BASE_URL": "http://yishi.example.org"}, "yishi.E003"),
        ({"EMAIL_HOST": ""}, "yishi.W001"),
        ({"PROXIES": 0}, "yishi.W003"),
    ],
)
def test_each_fault_is_named(settings, changed: dict, found: str) -> None:
    assert found in ids(settings, **changed)


def test_an_error_keeps_the_site_from_starting(settings) -> None:
    ids(settings, SECRET_KEY="unset")

    with pytest.raises(ImproperlyConfigured, match="YISHI_SECRET_KEY"):
        checks.demand()


def test_a_trial_is_asked_nothing(settings) -> None:
    assert ids(settings, TRIAL=True, SECRET_KEY="unset") == set()

"""One-time links: whoever has one sets the password of one account, once and for a day."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from yishi.accounts.models import Account


def one_time_link(account: Account) -> str:
    """The whole address. It is dead when used, when the password changes, and after a day."""
    return settings.BASE_URL.rstrip("/") + one_time_path(account)


def one_time_path(account: Account) -> str:
    """The address within the site."""
    key = urlsafe_base64_encode(force_bytes(account.pk))
    return reverse("set_password", args=[key, default_token_generator.make_token(account)])

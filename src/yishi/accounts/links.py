"""One-time links: whoever has one sets the password of one account, once and for a day."""

from typing import Any, Final

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from yishi.accounts.models import Account


class Tokens(PasswordResetTokenGenerator):
    """What a link ends with: worth nothing any more once anything it was made for has changed."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"


TOKENS: Final = Tokens()


def one_time_link(account: Account) -> str:
    """The whole address.

    It is dead when used, when its owner signs in, when the password or the address changes, while
    the account is stopped, and after a day.
    """
    return settings.BASE_URL.rstrip("/") + one_time_path(account)


def one_time_path(account: Account) -> str:
    """The address within the site."""
    key = urlsafe_base64_encode(force_bytes(account.pk))
    return reverse("set_password", args=[key, TOKENS.make_token(account)])

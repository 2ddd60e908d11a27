"""Guessing passwords ends soon: failures are counted by name, and by the address they come from.

Whoever guesses at a name locks it for a while, for browsers in which its owner has never signed
in. The owner's own browser shows a cookie and is counted by itself, so that nobody can keep
somebody out by failing on purpose. A name that nobody has is counted like any other.
"""

import secrets
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from yishi.accounts.models import Failures, plain_name

COOKIE: Final = "browser"
_SALT: Final = "yishi.accounts.locking"
_DAYS: Final = 180
_MOST: Final = 8
"""Names that one browser is known for, where several people share a machine."""


class Attempt:
    """One attempt to sign in: counted as a failure before the password is looked at.

    So that a hundred at once are not a hundred guesses.
    """

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.name = plain_name(name)[:200]
        self.browser, self.known = _browser(request)
        address = address_of(request)
        self.address = _digest("address", address) if address else ""

    @property
    def trusted(self) -> bool:
        """Whether somebody of this name has signed in from this browser before."""
        return _digest("of", self.name)[:16] in self.known

    @property
    def key(self) -> str:
        """What the failure is counted under."""
        kinds = ("browser", self.browser) if self.trusted else ("name",)
        return _digest(*kinds, self.name)

    def begins(self) -> bool:
        """Whether the password may be looked at; locked otherwise, and then nothing is counted."""
        if not self.trusted and not self.begins_here():
            return False
        return _counted(self.key, settings.LOCK_AFTER)

    def begins_here(self) -> bool:
        """The same, counted by the address alone."""
        return not self.address or _counted(self.address, settings.LOCK_ADDRESS_AFTER)

    def succeeds_here(self) -> None:
        """It was no failure after all."""
        mine = Failures.objects.filter(key=self.address, times__gt=0)
        mine.update(times=F("times") - 1, locked_until=None)

    def succeeds(self, answer: HttpResponse) -> None:
        """The password was right: nothing counts against the name, and the browser is known."""
        Failures.objects.filter(key__in=[self.key, _digest("name", self.name)]).delete()
        if not self.trusted:
            self.succeeds_here()
        of = _digest("of", self.name)[:16]
        known = [of, *(one for one in self.known if one != of)][:_MOST]
        answer.set_cookie(
            COOKIE,
            signing.dumps([self.browser, known], salt=_SALT),
            max_age=_DAYS * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def tries_own(username: str) -> bool:
    """Whether somebody who is signed in may try the own password once more."""
    return _counted(_digest("own", username), settings.LOCK_AFTER)


def knows_own(username: str) -> None:
    """They knew it."""
    Failures.objects.filter(key=_digest("own", username)).delete()


def _counted(key: str, limit: int) -> bool:
    """Count one more under the key; False, and nothing counted, while it is locked.

    At the limit a lock begins that ends by itself; what comes meanwhile does not lengthen it.
    """
    span, now = timedelta(seconds=settings.LOCK_SECONDS), timezone.now()
    with transaction.atomic():
        Failures.objects.get_or_create(key=key, defaults={"began": now})
        row = Failures.objects.select_for_update().get(key=key)
        if row.locked_until and now < row.locked_until:
            return False
        if row.locked_until or now - row.began > span:
            row.times, row.began, row.locked_until = 0, now, None
        row.times += 1
        if row.times >= limit:
            row.locked_until = now + span
        row.save()
    return True


def locked(usernames: list[str]) -> set[str]:
    """Those of the usernames that are locked just now, for browsers not known to be theirs."""
    keys = {_digest("name", name): name for name in usernames}
    rows = Failures.objects.filter(key__in=list(keys), locked_until__gt=timezone.now())
    return {keys[key] for key in rows.values_list("key", flat=True)}


def unlock(username: str) -> None:
    """Forget the failures so far: the next attempt counts as the first."""
    Failures.objects.filter(key=_digest("name", username)).delete()


def sweep() -> None:
    """Forget what counts no more, so that made-up names do not pile up."""
    now = timezone.now()
    old = Failures.objects.filter(began__lt=now - timedelta(seconds=settings.LOCK_SECONDS))
    old.exclude(locked_until__gt=now).delete()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the nearest trusted proxy saw it; empty where nobody knows.

    A proxy adds what it saw at the end of the line: what stands before it, anybody may have
    written. Of IPv6, the network counts, since one machine has as many addresses as it likes.
    """
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    proxies = settings.PROXIES
    seen = hops[-proxies].strip() if proxies and len(hops) >= proxies else ""
    for said in (seen, request.META.get("REMOTE_ADDR", "")):
        try:
            address = ip_address(said)
        except ValueError:
            continue
        if isinstance(address, IPv6Address):
            mapped = address.ipv4_mapped
            return str(mapped or ip_network((address.packed, 64), strict=False))
        return str(address)
    return ""


def _browser(request: HttpRequest) -> tuple[str, list[str]]:
    """The browser's own token and the digests of names it is known for; a new one else."""
    fresh = secrets.token_urlsafe(12)
    try:
        said: Any = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_DAYS * 24 * 3600
        )
        browser, known = said
    except (signing.BadSignature, ValueError, TypeError):
        return fresh, []
    return str(browser), [str(one) for one in known]


def _digest(*parts: str) -> str:
    """What is kept in place of a name or address: neither can be read from it."""
    return salted_hmac(_SALT, "\n".join(parts), algorithm="sha256").hexdigest()

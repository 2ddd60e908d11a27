"""A session that nobody has used for a while ends, and in the end every session does.

Its last use is kept to the minute.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SEEN: Final = "seen"
BEGAN: Final = "began"
LOOKS: Final = "X-Yishi-Looks"
"""Sent by a page that looks again by itself: that is no use of the session."""
STEP: Final = timedelta(minutes=1)
"""How exactly the last use is kept, so that not every page writes to the database."""


class IdleTimeout:
    """Ends a session after so many seconds without a request (`IDLE_SECONDS`).

    And so many after it began, however much it is used (`SESSION_COOKIE_AGE`).
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; to a session that was left alone too long, as to a stranger."""
        if request.user.is_authenticated:
            now, signed_in = timezone.now(), getattr(request.user, "last_login", None)
            request.session.setdefault(BEGAN, now.timestamp())
            if is_over(request.session, signed_in, now):
                logout(request)
            elif now - _last(request.session, signed_in) > STEP and LOOKS not in request.headers:
                request.session[SEEN] = now.timestamp()
        return self.answer(request)


def is_over(session: Mapping[str, Any], signed_in: datetime | None, now: datetime) -> bool:
    """Whether a session has been left alone too long, or has lasted as long as any may."""
    began = session.get(BEGAN, now.timestamp())
    old = now.timestamp() - began > settings.SESSION_COOKIE_AGE
    alone = now - _last(session, signed_in) > timedelta(seconds=settings.IDLE_SECONDS)
    return bool(old or alone)


def _last(session: Mapping[str, Any], signed_in: datetime | None) -> datetime:
    """When the session was last used: as it says itself, else when its owner signed in."""
    kept = session.get(SEEN)
    if kept is None:
        return signed_in or timezone.now()
    used = datetime.fromtimestamp(kept, tz=timezone.get_default_timezone())
    return max(used, signed_in) if signed_in else used

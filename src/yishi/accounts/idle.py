"""A session that nobody has used for a while ends, and in the end every session does.

Its last use is kept to the minute.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SEEN: Final = "seen"
BEGAN: Final = "began"
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
            now, last = timezone.now(), _last(request)
            began = request.session.setdefault(BEGAN, now.timestamp())
            old = now.timestamp() - began > settings.SESSION_COOKIE_AGE
            if old or now - last > timedelta(seconds=settings.IDLE_SECONDS):
                logout(request)
            elif now - last > STEP:
                request.session[SEEN] = now.timestamp()
        return self.answer(request)


def _last(request: HttpRequest) -> datetime:
    """When the session was last used: as it says itself, else when its owner signed in."""
    kept = request.session.get(SEEN)
    signed_in: datetime | None = getattr(request.user, "last_login", None)
    if kept is None:
        return signed_in or timezone.now()
    used = datetime.fromtimestamp(kept, tz=timezone.get_default_timezone())
    return max(used, signed_in) if signed_in else used

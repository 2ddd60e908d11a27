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
WATCH: Final = "watch"
AGAIN: Final = "again"
"""What stands in the address to which a page that watches without a script leads itself."""
STEP: Final = timedelta(minutes=1)
"""How exactly the last use is kept, so that not every page writes to the database."""


def looks_by_itself(view: Any) -> Any:
    """Mark a view that a browser left alone asks for again: that is no use of the session."""
    view.looks_by_itself = True
    return view


class IdleTimeout:
    """Ends a session after so many seconds without a request (`IDLE_SECONDS`).

    And so many after it began, however much it is used (`SESSION_COOKIE_AGE`).
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; to a session that was left alone too long, as to a stranger.

        What begins with this answer, by signing in, counts from here.
        """
        if request.user.is_authenticated:
            _end_if_over(request)
        answer = self.answer(request)
        if request.user.is_authenticated:
            request.session.setdefault(BEGAN, timezone.now().timestamp())
        return answer

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """Keep when the session was used last, unless a page only looks again by itself."""
        now = timezone.now()
        if _looks(request, view) or not request.user.is_authenticated:
            return
        if now - _last(request.session, now) > STEP:
            request.session[SEEN] = now.timestamp()


def _looks(request: HttpRequest, view: Any) -> bool:
    """Whether a page asks again by itself: by its header, always, or at the address it gave."""
    always = LOOKS in request.headers or getattr(view, "looks_by_itself", False)
    return always or request.GET.get(WATCH) == AGAIN


def _end_if_over(request: HttpRequest) -> None:
    now = timezone.now()
    request.session.setdefault(BEGAN, now.timestamp())
    if is_over(request.session, now):
        logout(request)


def is_over(session: Mapping[str, Any], now: datetime) -> bool:
    """Whether a session has been left alone too long, or has lasted as long as any may.

    What its owner does in another browser does not count.
    """
    old = now.timestamp() - session.get(BEGAN, now.timestamp()) > settings.SESSION_COOKIE_AGE
    alone = now - _last(session, now) > timedelta(seconds=settings.IDLE_SECONDS)
    return bool(old or alone)


def _last(session: Mapping[str, Any], now: datetime) -> datetime:
    """When the session was last used: as it says itself, else when it began."""
    kept = session.get(SEEN, session.get(BEGAN, now.timestamp()))
    return datetime.fromtimestamp(kept, tz=timezone.get_default_timezone())

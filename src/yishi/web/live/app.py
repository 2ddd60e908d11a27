"""The streams: a small application beside the pages, one task a screen, no database held."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs, unquote

from yishi.web.live.hub import HUB, OVER, Screen
from yishi.web.live.rights import browser_of

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATIENCE: Final = 10.0
"""Seconds in which the watcher says whether a screen may see anything, as a rule.

Where many come at once, whoever waits longer is given a sign of life as often, and nothing else.
"""

WAIT: Final = b": wait\n\n"
"""The sign of life of a stream that is not let in yet."""

PREFIX: Final = "/live/sittings/"

HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """`/live/sittings/<id>?view=room`: tells what the meeting looks like whenever it has moved."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    path = scope["path"]
    if scope["type"] != "http" or not path.startswith(PREFIX) or scope["method"] != "GET":
        await _closed(send, 404)
        return
    browser = browser_of(_cookies(scope))
    if browser is None:
        await _closed(send, 204)
        return
    screen = Screen(browser, unquote(path.removeprefix(PREFIX)), _view(scope))
    gone = asyncio.ensure_future(_gone(receive))
    HUB.join(screen)
    try:
        await _shown(send, screen, gone)
    finally:
        HUB.leave(screen)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)


async def _shown(send: Send, screen: Screen, gone: asyncio.Future[None]) -> None:
    """One stream from its admission to its end, for as long as somebody is at the other end."""
    either: list[asyncio.Future[Any]] = [screen.admitted, gone]
    await asyncio.wait(either, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    if gone.done():
        return
    if screen.admitted.done() and not screen.admitted.result():
        # An answer without content tells the browser not to come back by itself.
        await _closed(send, 204)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await _until_either(_tell(send, screen), gone)


async def _tell(send: Send, screen: Screen) -> None:
    """All that the watcher puts into the screen's box, until the right to see it ends."""
    await _say(send, b"retry: 2000\n\n")
    while not screen.admitted.done():
        await _say(send, WAIT)
        await asyncio.wait([screen.admitted], timeout=PATIENCE)
    while True:
        said = await screen.box.get()
        await _say(send, said)
        if said == OVER:
            break
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_either(*doing: Awaitable[None]) -> None:
    tasks = [asyncio.ensure_future(one) for one in doing]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)


def _view(scope: Scope) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("view", ["room"])
    return asked[0]


def _cookies(scope: Scope) -> str:
    return b"; ".join(v for k, v in scope["headers"] if k == b"cookie").decode("latin-1")


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, words: bytes) -> None:
    await send({"type": "http.response.body", "body": words, "more_body": True})


async def _closed(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        asked = (await receive())["type"]
        await send({"type": f"{asked}.complete"})
        if asked == "lifespan.shutdown":
            return

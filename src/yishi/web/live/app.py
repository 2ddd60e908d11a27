"""The streams: a small application beside the pages, one task a screen, no database held."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs, unquote

from yishi.web.live.rights import Seen, seen
from yishi.web.live.tail import TAIL

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PREFIX: Final = "/live/sittings/"
BREATH: Final = 15.0
"""Seconds after which rights are looked at again, and a sign of life is given."""

HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """`/live/sittings/<id>?seen=<place>`: tells whenever the meeting has moved on."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    path = scope["path"]
    if scope["type"] != "http" or not path.startswith(PREFIX) or scope["method"] != "GET":
        await _closed(send, 404)
        return
    subject = unquote(path.removeprefix(PREFIX))
    cookies = _header(scope, b"cookie")
    found = await asyncio.to_thread(seen, cookies, subject)
    if found is None:
        # An answer without content tells the browser not to come back by itself.
        await _closed(send, 204)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    telling = asyncio.ensure_future(_tell(send, cookies, subject, found, _place(scope, found)))
    gone = asyncio.ensure_future(_gone(receive))
    _, pending = await asyncio.wait({telling, gone}, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)


async def _tell(send: Send, cookies: str, subject: str, found: Seen, place: int) -> None:
    """What moved, until the right to see it ends; rights are asked before each telling."""
    watched, queue = found.watched, TAIL.join(found.watched, found.head)
    try:
        await _say(send, b"retry: 2000\n\n")
        moved: int | None = found.head
        while True:
            if moved is not None and moved > place:
                place = moved
                await _say(send, f"id: {place}\nevent: moved\ndata: {place}\n\n".encode())
            else:
                await _say(send, b": here\n\n")
            moved = await _next(queue)
            now = await asyncio.to_thread(seen, cookies, subject)
            if now is None:
                break
            if now.watched != watched:
                # An item more or less on the agenda: from now on its streams count too.
                TAIL.leave(watched, queue)
                watched, queue = now.watched, TAIL.join(now.watched, place)
    finally:
        TAIL.leave(watched, queue)
    await _say(send, b"event: over\ndata: over\n\n")
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _next(queue: asyncio.Queue[int]) -> int | None:
    try:
        return await asyncio.wait_for(queue.get(), BREATH)
    except TimeoutError:
        return None


def _place(scope: Scope, found: Seen) -> int:
    """Up to where the screen has been told: by its last event, else by the page it shows."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("seen", [""])[0]
    said = _header(scope, b"last-event-id") or asked
    known = said.isascii() and said.isdecimal() and len(said) < 19
    return min(int(said), found.head) if known else found.head


def _header(scope: Scope, name: bytes) -> str:
    return b"; ".join(v for k, v in scope["headers"] if k == name).decode("latin-1")


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

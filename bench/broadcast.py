"""The least that can carry an event to many screens: told by a datagram, it writes to them all."""

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

SAID: Final = b"event: room\ndata: " + b"." * int(os.environ.get("BARE_BYTES", "100")) + b"\n\n"
BOXES: Final[set[asyncio.Queue[bytes]]] = set()
HEADERS: Final = [(b"content-type", b"text/event-stream")]


def told(listening: socket.socket) -> None:
    """Put the same bytes into every box."""
    listening.recv(16)
    for box in BOXES:
        box.put_nowait(SAID)


def listen() -> None:
    """Have the loop of this process told by datagrams."""
    path = Path(os.environ["YISHI_HOME"]) / f"{os.getpid()}.bare"
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.setblocking(False)
    listening.bind(str(path))
    asyncio.get_running_loop().add_reader(listening, told, listening)
    listen.__dict__["socket"] = listening


async def application(scope: Any, receive: Any, send: Any) -> None:
    """A stream that anybody gets."""
    if scope["type"] == "lifespan":
        while (asked := (await receive())["type"]) != "lifespan.shutdown":
            listen()
            await send({"type": f"{asked}.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    box: asyncio.Queue[bytes] = asyncio.Queue()
    BOXES.add(box)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": SAID, "more_body": True})
    gone = asyncio.ensure_future(_gone(receive))
    with suppress(Exception):
        while not gone.done():
            said = asyncio.ensure_future(box.get())
            await asyncio.wait([said, gone], return_when=asyncio.FIRST_COMPLETED)
            if said.done():
                await send({"type": "http.response.body", "body": said.result(), "more_body": True})
    BOXES.discard(box)


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

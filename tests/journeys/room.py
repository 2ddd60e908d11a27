"""The demonstration's open meeting, and people who step into its room."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from tests.journeys.people import PATIENCE
from tests.journeys.place import _made

ROOM = "/sittings/now-open/room"
Enter = Callable[..., Page]
MEMBERS = {"王芳": "wang", "李强": "li", "周琳": "zhou", "吴昊": "wu"}
"""Who has still to speak in the demonstration's open meeting."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demonstration(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """`yishi serve --demo` in a process of its own: pages and streams."""
    home, port = tmp_path_factory.mktemp("demo"), free_port()
    with _made(request.param, home) as url:
        named = {"DATABASE_URL": url, "YISHI_HOME": str(home), "YISHI_TRIAL": "1"}
        command = [sys.executable, "-m", "yishi", "serve", "--demo", "--bind", f"127.0.0.1:{port}"]
        log = (home / "log").open("w")
        server = subprocess.Popen(command, env={**os.environ, **named}, stdout=log, stderr=log)
        try:
            _answering(port, server, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
            log.close()


def _answering(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.2)
    pytest.fail(f"the demonstration does not answer:\n{log.read_text()[-2000:]}")


@pytest.fixture
def enter(chromium: Browser, demonstration: str) -> Iterator[Enter]:
    """Somebody steps into a role and goes to the room."""
    contexts = []

    def person(name: str, phone: bool = False, room: str = ROOM) -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = chromium.new_context(locale="zh-CN", viewport=size)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(demonstration)
        page.click(f"button[value={name}]")
        page.goto(demonstration + room)
        return page

    yield person
    # Left empty, not closed: with a stream open, closing now and then never comes to an end.
    for context in contexts:
        for page in context.pages:
            _left_empty(page)


def _left_empty(page: Page) -> None:
    """The page is left, also where it was just fetching itself anew: then once more."""
    for _ in range(3):
        with suppress(Error):
            page.goto("about:blank")
            return


def speakers(page: Page) -> dict[str, str]:
    """Who has their turn, by what stands beside the name."""
    rows = page.locator("ol.people li:has(small)").all_inner_texts()
    return {row.split()[0]: row for row in rows}


def next_one(page: Page) -> str:
    return next(name for name, row in speakers(page).items() if "下一位" in row)


def seen(pages: tuple[Page, ...], words: str) -> None:
    """The words come to each of these screens by themselves."""
    for page in pages:
        expect(page.locator("main")).to_contain_text(words, timeout=PATIENCE)


def states(page: Page, stance: str, words: str) -> None:
    """Whoever looks takes a position once it is theirs to take."""
    form = page.locator(".mine form[action$=state_position]")
    form.locator(f"input[value={stance}]").check()
    form.locator("textarea").fill(words)
    form.locator("button.main").click(no_wait_after=True)


def surely(where: Locator) -> None:
    """What nothing takes back: the question, and the answer to it."""
    asked = where.locator(
        "summary", has_text=re.compile("作出决定|宣布散会|宣布开会|同意临时动议")
    ).first
    asked.click(timeout=PATIENCE)
    where.get_by_role("button", name=re.compile("^确定")).first.click()

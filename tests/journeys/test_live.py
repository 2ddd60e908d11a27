"""One truth on every screen: the demonstration's open meeting, seen by several people at once."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import PATIENCE
from tests.journeys.place import _made

ROOM = "/sittings/now-open/room"
Enter = Callable[..., Page]


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

    def person(name: str, phone: bool = False) -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = chromium.new_context(locale="zh-CN", viewport=size)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(demonstration)
        page.click(f"button[value={name}]")
        page.goto(demonstration + ROOM)
        return page

    yield person
    for context in contexts:
        context.close()


def speakers(page: Page) -> dict[str, str]:
    """Who has their turn, by what stands beside the name."""
    rows = page.locator("ol.people li:has(small)").all_inner_texts()
    return {row.split()[0]: row for row in rows}


def next_one(page: Page) -> str:
    return next(name for name, row in speakers(page).items() if "下一位" in row)


def test_an_act_shows_on_the_other_screens_and_what_is_typed_there_stays(enter: Enter) -> None:
    chair, secretary = enter("chen"), enter("xiao")
    note = secretary.locator("form[action$=note_record] textarea")
    note.fill("会上还提到窗口的排队时间。")
    note.evaluate("one => one.setSelectionRange(3, 5)")
    waiting = next_one(chair)
    key = {"王芳": "wang", "李强": "li", "周琳": "zhou", "吴昊": "wu"}[waiting]

    member = enter(key, phone=True)
    said = member.locator("form[action$=state_position]")
    said.locator("input[value=for]").check()
    said.locator("textarea").fill("同意，先易后难。")
    said.locator("button.main").click()

    for screen in (chair, secretary):
        expect(screen.locator("main")).to_contain_text("先易后难", timeout=PATIENCE)
    assert next_one(chair) != waiting
    assert note.input_value() == "会上还提到窗口的排队时间。"
    where = "one => [document.activeElement === one, one.selectionStart, one.selectionEnd]"
    assert note.evaluate(where) == [True, 3, 5]

    secretary.reload()
    assert note.input_value() == "会上还提到窗口的排队时间。"
    secretary.locator("form[action$=note_record] button").click()
    expect(secretary.locator(".told .success")).to_be_visible()
    assert note.input_value() == ""


def test_a_screen_without_network_says_so_and_catches_up_by_itself(enter: Enter) -> None:
    chair, secretary = enter("chen"), enter("xiao")
    chair.context.set_offline(True)
    expect(chair.locator("[data-live-told]")).to_contain_text("连接断了")

    note = secretary.locator("form[action$=note_record] textarea")
    note.fill("断网时记的一句。")
    secretary.locator("form[action$=note_record] button").click()
    expect(secretary.locator(".told .success")).to_be_visible()
    waiting = next_one(secretary)
    passing = secretary.locator("form[action$=pass_turn] button").first
    passing.evaluate("one => one.closest('details') && (one.closest('details').open = true)")
    passing.click()
    expect(secretary.locator(".told .success")).to_be_visible()

    chair.context.set_offline(False)
    expect(chair.locator("[data-live-told]")).to_be_hidden(timeout=PATIENCE)
    expect(chair.locator("li", has_text=waiting).first).to_contain_text(
        re.compile("放弃发言"), timeout=PATIENCE
    )


def test_a_screen_whose_sign_in_has_ended_shows_nothing_more(enter: Enter) -> None:
    member, secretary = enter("he"), enter("xiao")
    other = member.context.new_page()
    other.goto(member.url)
    other.click("header form[action$=sign-out] button")
    note = secretary.locator("form[action$=note_record] textarea")
    note.fill("退出以后记的一句。")
    secretary.locator("form[action$=note_record] button").click()

    expect(member.locator("[data-live-told]")).to_contain_text("不再自动更新", timeout=PATIENCE)

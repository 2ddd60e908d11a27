"""A browser, an institution behind a server, and the people who work there."""

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.journeys.people import CHROMIUM, FLAGS, Person
from tests.journeys.place import Clock, Place, accounts, database, founded, lacking, served
from tests.journeys.room import demonstration, enter  # noqa: F401

People = Callable[..., Person]
THERE = pytest.StashKey[dict[object, Person]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Where a journey ends too soon, tell what everybody had before them."""
    report = yield
    if report.when == "call" and report.failed:
        for person in item.stash.get(THERE, {}).values():
            report.sections.append((f"what {person.name} sees", person.scene()))
    return report


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser program for the tests of a module."""
    if not CHROMIUM:
        lacking("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        # Asked to close, it now and then stays for ever on a busy machine.
        with suppress(Error):
            browser.new_browser_cdp_session().send("Browser.crash")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker, chromium: Browser
) -> Iterator[Place]:
    """The shipped office on 1 October 2026, on either database, its hour that of the tests."""
    with django_db_blocker.unblock(), database(request.param, tmp_path):
        clock = Clock()
        with served(tmp_path, clock) as there:
            founded(date(2026, 10, 1))
            accounts()
            yield there


@pytest.fixture
def people(request: pytest.FixtureRequest, chromium: Browser, place: Place) -> Iterator[People]:
    """Somebody at a browser, by name and kind of window: the same one each time.

    Nobody's browser may have complained of anything.
    """
    there: dict[object, Person] = {}
    request.node.stash[THERE] = there

    def person(name: str, **window: bool) -> Person:
        key = (name, *sorted(window.items()))
        if key not in there:
            there[key] = Person(chromium, place, name, **window)
        return there[key]

    yield person
    for one in there.values():
        one.context.close()
    assert not [said for one in there.values() for said in one.complaints]

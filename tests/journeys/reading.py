"""What axe says of a page: whoever hears it read, tabs through it or sees it small has it all."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.journeys.people import DESKTOP, PATIENCE, PHONE
from tests.journeys.place import Place

AXE = Axe()
ASKED = {"resultTypes": ["violations"], "preload": False, "iframes": False}


class Reading:
    """A browser that pages are laid out in, as they were answered to somebody."""

    def __init__(self, browser: Browser, place: Place) -> None:
        self.place = place
        self.page = browser.new_context(locale="zh-CN").new_page()
        self.page.set_default_timeout(PATIENCE)

    def faults_of(self, path: str, answered: str) -> list[str]:
        """Each fault that axe finds, in a large window and in a small one."""
        address = self.place.address + path
        self.page.route(address, lambda route: route.fulfill(body=answered, content_type=HTML))
        self.page.goto(address)
        self.page.unroute(address)
        return [fault for size in (DESKTOP, PHONE) for fault in self._faults(path, size)]

    def _faults(self, path: str, size: Any) -> Iterator[str]:
        self.page.set_viewport_size(size)
        where = f"{path} at {size['width']}"
        for found in AXE.run(self.page, options=ASKED).response["violations"]:
            for node in found["nodes"]:
                yield f"{where}: {found['id']} {node['target']} {node['html'][:200]}"
        over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            yield f"{where}: {over} pixels too wide"


HTML = "text/html; charset=utf-8"

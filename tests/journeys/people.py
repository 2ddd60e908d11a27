"""People at their browsers: each in a context of their own, doing what a person can do there.

`JOURNEYS_PICTURES=folder` keeps a picture of every page somebody looked at.
"""

import os
import re
from itertools import count
from pathlib import Path
from shutil import which
from typing import Any, Final

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests.journeys.place import PASSWORD, Place

CHROMIUM: Final = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: Final = {"width": 1280, "height": 900}
PHONE: Final = {"width": 390, "height": 844}
PATIENCE: Final = 45_000
"""Milliseconds that a page may take on a machine with much else to do."""

_numbers = count(1)


class Person:
    """Somebody of the institution in a browser of their own."""

    def __init__(self, browser: Browser, place: Place, name: str, **window: Any) -> None:
        self.name, self.place = name, place
        self.complaints: list[str] = []
        self.under_way: set[Request] = set()
        self.context = browser.new_context(locale="zh-CN", **_window(**window))
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._answered)
        self.page.on("request", self._asked)
        for ended in ("requestfinished", "requestfailed"):
            self.page.on(ended, lambda request: self.under_way.discard(request))  # type: ignore[call-overload]

    def _asked(self, request: Request) -> None:
        """A page that is on its way."""
        if request.is_navigation_request():
            self.under_way.add(request)

    def _heard(self, said: ConsoleMessage) -> None:
        """What the browser complains of, a forbidden style or script included."""
        answered = said.text.startswith("Failed to load resource")
        if said.type in ("error", "warning") and not answered:
            self.complaints.append(f"{self.page.url}: {said.text}")

    def _answered(self, response: Response) -> None:
        """A page may refuse (409) or want more (422); a file that is missing is a fault."""
        main = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not main):
            self.complaints.append(f"{response.url}: {response.status}")

    # ── going about ──────────────────────────────────────────────────────────────────────────

    def goes(self, path: str) -> "Person":
        """To an address; through the sign-in, where the session is new or over."""
        self.page.goto(self.place.address + path)
        if "/sign-in" in self.page.url:
            self.signs_in()
        self.looks()
        return self

    def arrives(self) -> "Person":
        """At the front door, as somebody who has not signed in."""
        self.page.goto(self.place.address)
        self.looks()
        return self

    def signs_in(self, password: str = PASSWORD) -> None:
        """With name and password."""
        self.page.get_by_label("用户名").fill(self.name)
        self.page.get_by_label("密码").fill(password)
        self.presses("登录")

    def follows(self, text: str, within: Locator | None = None) -> "Person":
        """A link, by what it says."""
        link = (within or self.page).get_by_role("link", name=text).first
        with self.page.expect_navigation():
            link.click()
        self.looks()
        return self

    def presses(self, text: str, within: Locator | None = None) -> "Person":
        """A button, by what it says; where nothing takes it back, the question first."""
        sure = (within or self.page).locator("details.sure", has=self._asking(text)).first
        asked = sure.count() > 0
        if not asked and not self._button(text, within).count() and self._leads(text, within):
            return self.follows(text, within).presses(text)
        if asked:
            sure.locator("summary").click()
        button = sure.locator("button") if asked else self._button(text, within)
        with self.page.expect_navigation():
            button.click()
        self.looks()
        return self

    def _leads(self, text: str, within: Locator | None) -> bool:
        """Whether a link leads to the form that asks."""
        return (within or self.page).get_by_role("link", name=text, exact=True).count() > 0

    def _asking(self, text: str) -> Locator:
        return self.page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(text)}\s*$"))

    def _button(self, text: str, within: Locator | None) -> Locator:
        """The one that says just this; or that says it first, with more below."""
        said = re.compile(rf"^{re.escape(text)}$|^{re.escape(text)}\s")
        return (within or self.page).get_by_role("button", name=said).first

    def fetches(self, text: str) -> bytes:
        """What a link leads to, where it is a file."""
        address = self.page.get_by_role("link", name=text).first.get_attribute("href")
        answer = self.context.request.get(self.place.address + str(address))
        assert answer.ok, (self.name, address, answer.status)
        return answer.body()

    def double_presses(self, text: str) -> "Person":
        """A button, twice in quick succession, as impatient people do."""
        with self.page.expect_event("load"):
            self._button(text, None).dblclick()
        while self.under_way:
            self.page.wait_for_event("load")
        self.looks()
        return self

    def goes_back(self) -> "Person":
        """To the page before."""
        self.page.go_back()
        self.looks()
        return self

    def looks(self) -> None:
        """Keep a picture of what is seen, where pictures are wanted."""
        folder = os.environ.get("JOURNEYS_PICTURES")
        if folder:
            hour = self.place.clock.now.strftime("%m%d-%H%M")
            name = re.sub(r"[/?=&.:]+", "_", self.page.url.partition("//")[2].partition("/")[2])
            path = Path(folder, f"{next(_numbers):04d}-{hour}-{self.name}-{name[:40]}.png")
            self.page.screenshot(path=path, full_page=True)

    def scene(self) -> str:
        """What this person has before them, for whoever wonders why a journey ended here."""
        try:
            title, said = self.page.title(), self._words(None)
        except Error as error:
            title, said = "?", str(error)
        return f"{self.name}: {title}\n{self.page.url}\n{said}\n"

    @property
    def path(self) -> str:
        """Where this person is."""
        return self.page.url.removeprefix(self.place.address)

    def into_the_room(self) -> "Person":
        """From a meeting's page to the meeting itself, unless one is there."""
        return self if self.path.endswith("/room") else self.follows("进入会场")

    # ── writing ──────────────────────────────────────────────────────────────────────────────

    def writes(self, label: str, text: str, within: Locator | None = None) -> "Person":
        """Into a field, by its label."""
        self._field(label, within).fill(text)
        return self

    def picks(self, *labels: str, within: Locator | None = None) -> "Person":
        """Choices and ticks, by their labels."""
        for label in labels:
            (within or self.page).get_by_label(label).first.check()
        return self

    def orders(self, *titles: str) -> "Person":
        """What is ticked in a list, by the place typed beside each."""
        for place, title in enumerate(titles, 1):
            line = self.page.locator("li").filter(has_text=title)
            line.get_by_label("次序").fill(str(place))
        return self

    def answers(self, question: str, answer: str) -> "Person":
        """A question with several answers, by its heading."""
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
        return self

    def chooses(self, label: str, option: str, within: Locator | None = None) -> "Person":
        """From a list, by what stands in it."""
        lists = (within or self.page).locator("select")
        found = self.page.get_by_label(label).and_(lists).first
        wanted = found.locator("option").filter(has_text=option).first
        found.select_option(wanted.get_attribute("value"))
        return self

    def drafts(self, words: str, **more: str) -> "Person":
        """A task of a decision, in the first empty row: what, and by its labels who and when."""
        row = self.page.locator(".rows .row").first
        row.get_by_label("要落实的事项").fill(words)
        for label, said in more.items():
            field = row.get_by_label(label)
            if field.evaluate("field => field.tagName") == "SELECT":
                option = field.locator("option").filter(has_text=said).first
                field.select_option(option.get_attribute("value"))
            else:
                field.fill(said)
        return self

    def plans(self, *steps: tuple[str, str]) -> "Person":
        """The steps of a plan: by when, and what."""
        rows = self.page.locator(".rows .row")
        for place, (day, words) in enumerate(steps):
            rows.nth(place).get_by_label("完成日期").fill(day)
            rows.nth(place).get_by_label("这一步做什么").fill(words)
        return self

    def opens(self, text: str) -> "Person":
        """What is folded away."""
        self.page.locator("summary").filter(has_text=text).first.click()
        return self

    def brings(self, label: str, name: str, content: bytes) -> "Person":
        """A file, into the field that asks for one."""
        kind = "application/pdf" if name.endswith(".pdf") else "application/octet-stream"
        file = {"name": name, "mimeType": kind, "buffer": content}
        self.page.get_by_label(label, exact=True).set_input_files([file])  # type: ignore[list-item]
        return self

    def _field(self, label: str, within: Locator | None) -> Locator:
        named = re.compile(rf"^{re.escape(label)}(\s*可不填)?\s*$")
        return (within or self.page).get_by_label(named).first

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def card(self, heading: str) -> Locator:
        """The part of the page under a heading."""
        parts = self.page.locator(".card, section, .refusal, article")
        return parts.filter(has=self.page.get_by_role("heading", name=heading)).last

    def row(self, text: str) -> Locator:
        """The line of a list that says something."""
        return self.page.locator(".duty, li, tr").filter(has_text=text).last

    def speaker(self, name: str) -> Locator:
        """The line of somebody in the order of speaking."""
        return self.card("发言顺序").locator("ol > li").filter(has_text=name)

    def attendee(self, name: str) -> Locator:
        """The line of somebody in the roll."""
        return (
            self.page.locator("details")
            .filter(has_text="到会情况")
            .locator("li")
            .filter(has_text=name)
        )

    def has(self, text: str) -> bool:
        """Whether there is a button or a link that says so."""
        button = self.page.get_by_role("button", name=text, exact=True)
        return button.or_(self.page.get_by_role("link", name=text, exact=True)).count() > 0

    def sees(self, *texts: str, within: Locator | None = None) -> "Person":
        """All of this stands on the page."""
        said = self._words(within)
        assert not [text for text in texts if text not in said], (self.name, self.path, texts, said)
        return self

    def does_not_see(self, *texts: str, within: Locator | None = None) -> "Person":
        """None of this stands on the page."""
        said = self._words(within)
        assert not [text for text in texts if text in said], (self.name, self.path, texts, said)
        return self

    def _words(self, within: Locator | None) -> str:
        return re.sub(r"\s+", " ", (within or self.page.locator("body")).inner_text())

    def is_told(self, text: str) -> "Person":
        """What the page says about what has just been done."""
        return self.sees(text, within=self.page.locator(".told"))

    def is_refused(self, *texts: str) -> "Person":
        """The page says why not."""
        return self.sees(*texts, within=self.page.get_by_role("alert"))

    # ── what the desk says ───────────────────────────────────────────────────────────────────

    def takes_up(self, act: str, about: str) -> "Person":
        """What waits on the desk: a thing, and what is to be done with it."""
        self.goes("/")
        waits = self.page.locator("#waiting .duty").filter(has_text=about)
        return self.follows(act, waits.filter(has=self.page.get_by_role("link", name=act)).first)

    def does(self, act: str, about: str) -> "Person":
        """The same, where one press does it."""
        return self.takes_up(act, about).presses(act).is_told(f"已办理：{act}")


def _window(phone: bool = False, scripts: bool = True) -> dict[str, Any]:
    size = PHONE if phone else DESKTOP
    return {"viewport": size, "has_touch": phone, "java_script_enabled": scripts}


__all__ = ["CHROMIUM", "DESKTOP", "FLAGS", "PHONE", "Person", "expect"]

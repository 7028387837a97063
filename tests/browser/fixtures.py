"""A real browser against the real site. `tests/journeys` uses the same fixtures."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as BrokenPage

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
PATIENCE = 120_000  # milliseconds; a loaded machine is slow, and slowness is not what these tests are about
expect.set_options(timeout=PATIENCE)
WIDE, PHONE, NARROWEST = (1400, 900), (390, 844), (320, 640)
STANDING, LYING = (657, 970), (986, 640)
"""A4 between the margins of print, in pixels."""
AXE_AT_HAND = (
    AXE
    + """
(() => {
  const parsed = new Map(), colour = axe.commons.color.Color.prototype, parse = colour.parseString;
  colour.parseString = function (text) {
    if (!parsed.has(text)) parsed.set(text, parse.call(new this.constructor(), text));
    const { r, g, b, alpha } = parsed.get(text);
    return Object.assign(this, { r, g, b, alpha });
  };
})();"""
)
"""A page writes the same few colours hundreds of times, and reading one takes axe long: each is read once. What cannot be
read still ends as it does without this, every time."""
CONTRAST = "color-contrast"
LEAVING = "Storage.prototype.setItem = () => {}; localStorage.clear(); sessionStorage.clear()"
"""A page that keeps what was typed does so as it is left: it writes to nowhere then."""
CONTROLS = "main :is(button, .button, input, select, textarea)"


@dataclass
class Visitor:
    """Somebody's browser: a context of its own, and everything that its console and its requests complained of."""

    context: BrowserContext
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, person: Any, holding: Any = None) -> None:
        """Be somebody, in a role; nobody without a person."""
        if person is not None:
            cookies = [{**cookie, "url": self.address} for cookie in _signed_in(person, holding)]
            self.context.add_cookies(cookies)  # type: ignore[arg-type]  # the library wants its own dictionary type

    def open(self, path: str) -> int:
        """Go to a page of the site; returns the status."""
        answer = self.page.goto(self.address + path)
        return answer.status if answer else 0

    def text(self, place: str = "main") -> str:
        """What is read there, once the page that is on its way has come whole."""
        self.page.wait_for_load_state()
        return self.page.inner_text(place)

    def resize(self, size: tuple[int, int]) -> None:
        """Change the window."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def scrolls_sideways(self) -> bool:
        """Is the document wider than the window?"""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def darken(self, dark: bool = True) -> None:
        """Let the page be seen by somebody who has chosen dark colours. Nothing but the colours is another then."""
        self.page.emulate_media(media="screen", color_scheme="dark" if dark else "light", reduced_motion="reduce")

    def faults_on_screen(self) -> list[str]:
        """What is wrong with the open page: by axe wide and on a phone, in light and dark, at the narrowest, and aloud.

        Contrast is the dearest rule: asked in both colour schemes, and not again on the phone, where the colours are the
        same. The page stays narrow and dark.
        """
        found = [f"light, {WIDE[0]} pixels: {fault}" for fault in self.violations()]
        self.darken()
        found += [f"dark, {WIDE[0]} pixels: {fault}" for fault in self.violations(CONTRAST)]
        self.resize(PHONE)
        found += [f"dark, {PHONE[0]} pixels: {fault}" for fault in self.violations(without=(CONTRAST,))]
        found += self._sideways(PHONE)
        self.resize(NARROWEST)
        found += self._sideways(NARROWEST)
        return found + self.complaints

    def _sideways(self, size: tuple[int, int]) -> list[str]:
        return [f"scrolls sideways at {size[0]} pixels"] if self.scrolls_sideways() else []

    def made_plain(self) -> None:
        """Wide, light, on a screen, and without complaints."""
        self.complaints.clear()
        self.darken(False)
        self.resize(WIDE)

    def faults_on_paper(self) -> list[str]:
        """What a printed page still shows of the screen's controls, or loses past its edge. The page stays as for print."""
        self.page.emulate_media(media="print", color_scheme="light")
        self.resize(LYING if self.page.evaluate("document.body.classList.contains('wide')") else STANDING)
        shown = self.page.evaluate(f"[...document.querySelectorAll('{CONTROLS}')].filter(e => e.checkVisibility()).length")
        found = [f"prints {shown} of the screen's controls"] if shown else []
        return [*found, *(["is wider than the paper"] if self.scrolls_sideways() else [])]

    def violations(self, *rules: str, without: tuple[str, ...] = ()) -> list[str]:
        """What axe finds by these rules, or by all but some; one line per fault, with the place.

        Only the faults leave the browser: what else axe has to say of a page of 300 rows takes longer than asking it.
        """
        only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
        options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}} | only
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_AT_HAND)
        found = self.page.evaluate("options => axe.run(options).then(results => results.violations)", options)
        return [f"{fault['id']}: {fault['help']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def _one_request_at_a_time() -> None:
    """The tests' database has one connection, which all threads of the server share: two requests would be in each other's
    transactions, and one of them would end as an error that no installation has."""
    free, answer = RLock(), WSGIHandler.get_response

    def answered(self: WSGIHandler, request: Any) -> Any:
        with free:
            return answer(self, request)

    WSGIHandler.get_response = answered


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # the server, which starts next, warns if it is absent
    # The browser's driver runs an event loop in this thread; Django would take every query after it for an async one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    _one_request_at_a_time()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _signed_in(person: Any, holding: Any) -> list[dict[str, str]]:
    client = Client()
    client.force_login(person)
    if holding is not None:
        session = client.session
        session["holding"] = holding.pk
        session.save()
    return [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}]


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """`visit(person, holding, dark=…, size=…, scripts=…)` opens a browser of somebody; nobody without a person."""
    visitors = []

    def as_somebody(person: Any = None, holding: Any = None, **chosen: Any) -> Visitor:
        visitor = _sat_down(chromium, live_server.url, **chosen)
        visitors.append(visitor)
        visitor.sign_in(person, holding)
        return visitor

    yield as_somebody
    for visitor in visitors:
        visitor.context.close()


@pytest.fixture(scope="session")
def chair(chromium: Browser, live_server: Any) -> Iterator[Visitor]:
    """A browser that is kept open: it has the site's files, and has read its scripts and axe once."""
    seated = _sat_down(chromium, live_server.url)
    yield seated
    seated.context.close()


@pytest.fixture
def look(chair: Visitor, chromium: Browser, live_server: Any) -> Callable[..., Visitor]:
    """`look(person, holding)`: somebody opens pages in the browser that is kept open, after whoever sat there before.

    For what is only looked at, one person at a time. Nothing of the one before is left: no cookie, nothing that a page has
    kept in the browser, no page, no complaint, and the window is wide and light again.
    """

    def as_somebody(person: Any = None, holding: Any = None) -> Visitor:
        try:
            if chair.page.url.startswith(chair.address):
                chair.page.evaluate(LEAVING)
            chair.page.goto("about:blank")
        except BrokenPage:
            fresh = _sat_down(chromium, live_server.url)
            chair.context, chair.page, chair.complaints = fresh.context, fresh.page, fresh.complaints
        chair.context.clear_cookies()
        chair.made_plain()
        chair.sign_in(person, holding)
        return chair

    return as_somebody


def _sat_down(
    chromium: Browser, address: str, *, dark: bool = False, size: tuple[int, int] = WIDE, scripts: bool = True
) -> Visitor:
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="sv-SE",
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context=context, page=context.new_page(), address=address)
    visitor.page.on("console", lambda said: _heed(visitor, said.type, said.text))
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor


def _heed(visitor: Visitor, kind: str, text: str) -> None:
    """A page that answers 403, 404, 409 or 422 on purpose is not an error of the page."""
    answered_no = text.startswith("Failed to load resource: the server responded with a status of 4")
    if kind in {"error", "warning"} and not answered_no:
        visitor.complaints.append(text)

"""The demonstration world, walked link by link as three people: every kind of page that a link leads to is looked at."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from samordna.cli.demo.loader import load
from samordna.domain.organisations.demo import demo_holding
from tests.browser.fixtures import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = ("samordnare", "region-chef", "holmo-rep")
NOT_PAGES = {"hue", "health", "set_language"}


def kind_of(address: str) -> str:
    """The name of the page that an address leads to, with what it is asked; "" for what is no page of ours."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return ""
    try:
        name = resolve(parts.path).url_name or ""
    except Resolver404:
        return "" if parts.path.startswith("/static/") else f"nothing at {parts.path}"
    return "" if name in NOT_PAGES or parts.path.startswith("/api/") else name


def opened(visitor: Visitor, address: str) -> str:
    """Follow a link: what is wrong with where it leads, "" for a page to look at, "-" for something to save."""
    try:
        answer = visitor.page.goto(visitor.address + address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return "-"
    assert answer, address
    if answer.status != 200:
        return str(answer.status)
    return "" if answer.headers.get("content-type", "").startswith("text/html") else "-"


def walk(visitor: Visitor, seen: set[str]) -> list[str]:
    """Follow every link to a kind of page that has not been seen; returns the faults of all."""
    faults, queue, again = [], ["/"], {"home", "matter", "decision", "board"}
    while queue:
        address = queue.pop(0)
        kind = kind_of(address)
        if not kind or (kind in seen and kind not in again):
            continue
        again.discard(kind)
        seen.add(kind)
        wrong = opened(visitor, address)
        if wrong:
            faults += [f"{address}: {wrong}"] if wrong != "-" else []
            continue
        queue += visitor.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        faults += [f"{address}: {fault}" for fault in visitor.faults_on_screen()]
        visitor.made_plain()
    return faults


def test_every_page_that_a_link_leads_to_is_accessible(look):
    world = load()
    seen: set[str] = set()
    faults = []
    for key in PEOPLE:
        held = demo_holding(world.holdings[key], world.now)
        faults += walk(look(held.person, held), seen)
    assert not faults, "\n".join(faults)
    assert {"home", "matter", "board", "decision", "following_board", "collaboration", "organisation"} <= seen

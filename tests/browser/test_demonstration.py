"""The demonstration world, walked link by link as three people: every kind of page that a link leads to is looked at."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from samordna.cli.demo.loader import load
from samordna.domain.organisations.demo import demo_holding
from tests.browser.fixtures import NARROWEST, PHONE, WIDE, Visitor

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


def is_page(visitor: Visitor, address: str) -> bool:
    """Something to look at, not something to save."""
    answer = visitor.context.request.get(visitor.address + address)
    kind, place = answer.headers.get("content-type", ""), answer.headers.get("content-disposition", "")
    return kind.startswith("text/html") and not place.startswith("attachment")


def faults_of(visitor: Visitor, address: str) -> list[str]:
    """Everything that is wrong with the page that is open, in light and dark, wide, on a phone and at the narrowest."""
    faults = []
    for dark, size in ((False, WIDE), (True, WIDE), (False, PHONE)):
        visitor.darken(dark)
        visitor.resize(size)
        found = visitor.violations("color-contrast") if dark else visitor.violations()
        faults += [f"{address} {'dark' if dark else 'light'} {size[0]}: {fault}" for fault in found]
    visitor.resize(NARROWEST)
    if visitor.scrolls_sideways():
        faults.append(f"{address}: scrolls sideways at {NARROWEST[0]} pixels")
    visitor.resize(WIDE)
    faults += [f"{address}: {complaint}" for complaint in visitor.complaints]
    visitor.complaints.clear()
    return faults


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
        if not is_page(visitor, address):
            continue
        status = visitor.open(address)
        if status != 200:
            faults.append(f"{address}: {status}")
            continue
        faults += faults_of(visitor, address)
        queue += visitor.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return faults


def test_every_page_that_a_link_leads_to_is_accessible(visit):
    world = load()
    seen: set[str] = set()
    faults = []
    for key in PEOPLE:
        held = demo_holding(world.holdings[key], world.now)
        faults += walk(visit(held.person, held), seen)
    assert not faults, "\n".join(faults)
    assert {"home", "matter", "board", "decision", "following_board", "collaboration", "organisation"} <= seen

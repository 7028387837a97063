"""Faults put into a page on purpose: each is found by what looks at every page, and nobody leaves anything behind."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from tests import factories as f
from tests.browser.fixtures import STANDING, Visitor
from tests.browser.test_demonstration import walk

pytestmark = pytest.mark.django_db(transaction=True)
PUT = """([html, css]) => {
  const sheet = new CSSStyleSheet();  // the pages forbid styles of their own
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
}"""
WORDS, FIELD = "<p class='planted'>Planterat</p>", "<input class='planted'>"
LIGHT, PHONE, DARK = "light, 1400 pixels: ", "dark, 390 pixels: ", "dark, 1400 pixels: "
PALE, UNNAMED = "color-contrast", "label"
PLANTED = {
    "pale in light": (WORDS, "background: #fff; color: light-dark(#ccc, #000)", [LIGHT + PALE]),
    "pale in the dark": (WORDS, "background: light-dark(#fff, #222); color: light-dark(#000, #444)", [DARK + PALE]),
    "pale in oklch": (WORDS, "background: oklch(98% 0 0); color: oklch(80% 0.05 200)", [LIGHT + PALE, DARK + PALE]),
    "a field without a label": (FIELD, "", [LIGHT + UNNAMED, PHONE + UNNAMED]),
    "a field without a label on a phone": (FIELD, "@media (width > 500px) { display: none }", [PHONE + UNNAMED]),
    "a field without a label on a wide window": (FIELD, "@media (width < 500px) { display: none }", [LIGHT + UNNAMED]),
    "too wide for the narrowest": (WORDS, "inline-size: 350px", ["scrolls sideways at 320 pixels"]),
    "too wide for a phone alone": (
        WORDS,
        "@media (350px < width < 500px) { min-inline-size: 420px }",
        ["scrolls sideways at 390 pixels"],
    ),
}


def _put(visitor: Visitor, html: str, style: str = "") -> None:
    visitor.page.evaluate(PUT, [html, f".planted {{ {style} }}"])


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_in_a_page_is_found_where_it_is(what, look):
    html, style, told = PLANTED[what]
    visitor = look()
    assert visitor.open(reverse("about")) == 200
    _put(visitor, html, style)
    found = visitor.faults_on_screen()
    assert len(found) == len(told), found
    assert all(fault.startswith(words) for fault, words in zip(found, told, strict=True)), found


def test_what_a_page_complains_of_is_found(look):
    visitor = look()
    visitor.open(reverse("about"))
    with visitor.page.expect_event("pageerror"):
        visitor.page.evaluate("() => { setTimeout(() => { throw new Error('Planted') }) }")
    visitor.page.evaluate("console.warn('Planted too')")
    assert visitor.faults_on_screen() == ["Planted", "Planted too"]


def test_what_paper_would_show_and_lose_is_found(look):
    visitor = look()
    visitor.open(reverse("about"))
    assert visitor.faults_on_paper() == []
    _put(visitor, WORDS + "<input>", f"min-inline-size: {STANDING[0] + 200}px")
    assert visitor.faults_on_paper() == ["prints 1 of the screen's controls", "is wider than the paper"]


def test_a_link_that_leads_nowhere_is_found(look):
    held = f.holding(f.organisation("Sunnanå kommun"))
    visitor = look(held.person, held)
    start = "<!doctype html><html lang=sv><title>Början</title><main><h1>Början</h1>"
    links = "<a href='/finns-inte/'>Bruten</a> <a href='/fragor/finns-inte/'>Borta</a>"
    visitor.page.route(visitor.address + "/", lambda asked: asked.fulfill(body=start + links, content_type="text/html"))
    try:
        found = walk(visitor, set())
    finally:
        visitor.page.unroute_all()
    assert {"/finns-inte/: 404", "/fragor/finns-inte/: 404"} <= set(found), found


def test_nobody_finds_what_the_one_before_left(look):
    held = f.holding(f.organisation("Sunnanå kommun"))
    before = look(held.person, held)
    before.open(reverse("home"))
    before.page.evaluate("localStorage.setItem('kept', '1'); sessionStorage.setItem('kept', '1'); console.error('Planted')")
    before.page.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('typed', '1'))")
    before.darken()
    before.faults_on_paper()
    after = look()
    assert after.complaints == []
    assert after.open(reverse("about")) == 200
    left = "[localStorage.length, sessionStorage.length, innerWidth, matchMedia('print').matches, 'axe' in window]"
    assert after.page.evaluate(left) == [0, 0, 1400, False, False]
    assert not after.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert held.person.name not in after.page.content()
    assert settings.SESSION_COOKIE_NAME not in {cookie["name"] for cookie in after.context.cookies()}


def test_a_page_that_broke_is_not_the_next_ones_trouble(look):
    look().page.close()
    assert look().open(reverse("about")) == 200

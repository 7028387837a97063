"""A representative's way from the link in the mail to a submitted position, in a browser that counts.

Every press and every field is counted as a person makes them; opening the link is the first press. And how many keys it
takes somebody without a mouse to come to the first thing to do on the large boards.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Locator

from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import PositionState
from tests.browser.fixtures import PHONE, Visitor
from tests.many import many
from tests.web.matters.world import World, world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine_process]


@dataclass
class Hand:
    """What a person does to a page."""

    visitor: Visitor
    presses: int = 0
    fields: int = 0

    def opens(self, address: str) -> None:
        self.presses += 1
        assert self.visitor.open(address) == 200

    def presses_on(self, button: str) -> None:
        self.presses += 1
        self.visitor.page.locator("main").get_by_role("button", name=button, exact=True).last.click()

    def follows(self, link: str) -> None:
        self.presses += 1
        self.visitor.page.locator("main").get_by_role("link", name=link).first.click()

    def fills(self, what: Locator, text: str) -> None:
        self.fields += 1
        what.fill(text)

    def chooses(self, what: Locator, label: str) -> None:
        self.fields += 1
        what.select_option(label=label)


def link(w: World) -> str:
    given = {"matter_id": w.matter.pk, "position_id": w.positions[0].pk, "recipient": "anna@example.se"}
    return reverse("answer", args=[do.make_answer_link(actor=w.leader(), **given)])


def state(w: World) -> str:
    w.positions[0].refresh_from_db()
    return w.positions[0].state


def test_from_the_link_in_the_mail_to_a_submitted_position(visit):
    w = world()
    anna = Hand(visit(size=PHONE))
    page = anna.visitor.page
    anna.opens(link(w))
    anna.follows("Under vilka förutsättningar")
    anna.presses_on("Free days")
    anna.chooses(page.locator("select[name=then-0-is]"), "är minst")
    anna.chooses(page.locator("select[name=then-0-option]"), "3 days")
    anna.fills(page.get_by_label("Varför?"), "Färjan går var tredje dag")
    anna.presses_on("Visa som mening")
    anna.presses_on("Spara förutsättningen")
    anna.follows("Skicka in")
    anna.fills(page.locator("input[name=answered_as]"), "Anna Ek, enhetschef")
    anna.presses_on("Skicka in svaret")
    page.wait_for_load_state()
    assert state(w) == PositionState.ANSWERED
    sys.stdout.write(f"\njourney_presses: {anna.presses}\njourney_fields: {anna.fields}\n")
    assert (anna.presses, anna.fields) == (7, 4)
    assert anna.visitor.complaints == []


def test_without_conditions_it_is_three_presses_and_one_field(visit):
    w = world()
    anna = Hand(visit(size=PHONE))
    anna.opens(link(w))
    anna.follows("Skicka in")
    anna.fills(anna.visitor.page.locator("input[name=answered_as]"), "Anna Ek, enhetschef")
    anna.presses_on("Vi har inga förutsättningar: skicka in")
    anna.visitor.page.wait_for_load_state()
    assert state(w) == PositionState.NO_CONDITIONS
    sys.stdout.write(
        f"\njourney_without_conditions_presses: {anna.presses}\njourney_without_conditions_fields: {anna.fields}\n"
    )
    assert (anna.presses, anna.fields) == (3, 1)


def keys_to(visitor: Visitor, target: str) -> int:
    """How many keys from the opened page until the focus is on the target: past the menu with the first link, then on."""
    keyboard = visitor.page.keyboard
    for key in ("Tab", "Enter"):
        keyboard.press(key)
    for count in range(3, 60):
        keyboard.press("Tab")
        if visitor.page.evaluate("target => document.activeElement.matches(target)", target):
            return count
    raise AssertionError(f"{target} is not reached by the keyboard")


def test_the_first_thing_to_do_on_the_large_boards_is_a_few_keys_away(visit):
    world = many(int(os.environ.get("SAMORDNA_PARTICIPANTS", "12")))
    lead = visit(world.lead.person, world.lead)
    lead.open(reverse("board", args=[world.decided.pk]))
    board = keys_to(lead, "main .button[data-kind=primary]")
    own = visit(world.participant.person, world.participant)
    own.open(reverse("following_board"))
    following = keys_to(own, "main .button[data-kind=primary]")
    sys.stdout.write(f"\nkeyboard_board_keys: {board}\nkeyboard_following_board_keys: {following}\n")
    assert (board, following) == (3, 3)

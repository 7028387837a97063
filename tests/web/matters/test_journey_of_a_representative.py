"""From the link in the mail to a submitted position: how many presses and how many fields it takes, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import MatterStage, PositionState
from tests.web.matters.world import World, world

pytestmark = pytest.mark.django_db


@dataclass
class Visitor:
    """Somebody without an account who has the mail open; opening the link is the first press."""

    w: World
    token: str
    presses: int = 0
    fields: int = 0
    client: Client = field(default_factory=lambda: Client(headers={"accept-language": "en"}))

    def _address(self, step: str) -> str:
        return reverse("answer", args=[self.token]) + (f"?steg={step}" if step else "")

    def opens(self, step: str = "") -> str:
        """One press on a link: in the mail, or on a step."""
        self.presses += 1
        page = self.client.get(self._address(step))
        assert page.status_code == 200
        return page.content.decode()

    def presses_on(self, step: str, button: str, typed: dict[str, Any] | None = None, **hidden: Any) -> int:
        """One press on a button, with fields that were typed or chosen; `hidden` fields the page fills in itself."""
        self.presses += 1
        self.fields += len(typed or {})
        return self.client.post(self._address(step), {"do": button, **(typed or {}), **hidden}).status_code


def visitor(w: World) -> Visitor:
    given = {"position_id": w.positions[0].pk, "recipient": "anna@example.se"}
    return Visitor(w, do.make_answer_link(actor=w.leader(), matter_id=w.matter.pk, **given))


def state(w: World) -> str:
    w.positions[0].refresh_from_db()
    return w.positions[0].state


def test_without_conditions_it_takes_three_presses_and_one_field():
    w = world()
    anna = visitor(w)
    assert "steg=skicka" in anna.opens()
    anna.opens("skicka")
    assert anna.presses_on("skicka", "no-conditions", {"answered_as": "Anna Ek, unit manager"}) == 302
    assert state(w) == PositionState.NO_CONDITIONS
    assert (anna.presses, anna.fields) == (3, 1)


def test_with_one_condition_it_takes_seven_presses_and_four_fields():
    w = world()
    anna, days = visitor(w), w.aspects["days"]
    anna.opens()
    anna.opens("forutsattningar")
    assert anna.presses_on("forutsattningar", f"about-{days.pk}") == 200
    chosen = {"then-0-is": "at_least", "then-0-option": w.option("days", "3"), "reason": "The ferry"}
    kept = {"then-0-aspect": days.pk, "confidence": "open"}
    assert anna.presses_on("forutsattningar", "show", chosen, **kept) == 200
    seen = {"seen": "Free days is at least 3 days"}
    assert anna.presses_on("forutsattningar", "save", None, **chosen, **kept, **seen) == 302
    anna.opens("skicka")
    assert anna.presses_on("skicka", "send", {"answered_as": "Anna Ek, unit manager"}) == 302
    assert state(w) == PositionState.ANSWERED
    assert (anna.presses, anna.fields) == (7, 4)


def test_in_a_next_turn_where_nothing_has_changed_it_takes_two_presses_and_one_field():
    w = world()
    do.state_condition(actor=w.actor(0), position_id=w.positions[0].pk, prose="The staff is told", reason="Agreement")
    do.submit_position(actor=w.actor(0), position_id=w.positions[0].pk)
    w.matter.stage = MatterStage.IN_FORCE
    w.matter.save()
    turn = do.follow_up_turn(actor=w.leader(), matter_id=w.matter.pk, because="A year has passed")
    do.start_gathering(actor=w.leader(), matter_id=turn.pk)
    w.matter, w.positions[0] = turn, turn.positions.get(organisation=w.positions[0].organisation)
    anna = visitor(w)
    shown = anna.opens()
    assert "Is it still so?" in shown
    assert "The staff is told" in shown
    assert anna.presses_on("skicka", "send", {"answered_as": "Anna Ek, unit manager"}) == 302
    assert state(w) == PositionState.ANSWERED
    assert (anna.presses, anna.fields) == (2, 1)

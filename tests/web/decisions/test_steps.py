"""Which steps a decision goes through comes from the mandate and from what the collaboration has settled."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.enums import DecisionState
from tests.domain.decisions import chain
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn

REASON = "The boards meet the week after, and were heard in the gathering"


def settle(world: World, sign_in: SignIn, reason: str) -> None:
    address = reverse("settle_steps", args=[world.matter.collaboration_id])
    assert sign_in(world.coordinator).post(address, {"without_consultation": reason}).status_code == 302
    world.matter.refresh_from_db()


def test_a_collaboration_that_has_settled_it_goes_without_consultation(world: World, sign_in: SignIn):
    settle(world, sign_in, REASON)
    shown = sign_in(world.representative(world.town)).get(reverse("collaboration", args=[world.matter.collaboration_id]))
    assert f"Decisions here go without consultation:</strong> {REASON}" in unescape(shown.content.decode())
    version = chain.prepared(world)
    page = sign_in(world.representative(world.town)).get(reverse("decision", args=[version.decision_id]))
    step = next(step for step in page.context["page"].chain if step.label == "Consultation")
    assert (step.state, step.note) == ("skipped", REASON)
    do.recommend(actor=world.coordinator, version_id=version.pk)
    version.refresh_from_db()
    assert version.state == DecisionState.RECOMMENDED


def test_a_version_keeps_what_held_when_it_was_prepared(world: World, sign_in: SignIn):
    version = chain.prepared(world)
    settle(world, sign_in, REASON)
    version.refresh_from_db()
    assert version.skipped == []


def test_the_coordinator_may_consult_all_the_same(world: World, sign_in: SignIn):
    settle(world, sign_in, REASON)
    version = chain.prepared(world)
    until = clock.day(clock.now()) + timedelta(days=9)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=until)
    page = sign_in(world.coordinator).get(reverse("decision", args=[version.decision_id]))
    assert "have not answered" in page.context["page"].unheard
    assert [step.state for step in page.context["page"].chain][:2] == ["done", "now"]


def test_only_the_coordinator_settles_the_steps(world: World, sign_in: SignIn):
    address = reverse("settle_steps", args=[world.matter.collaboration_id])
    assert sign_in(world.representative(world.town)).post(address, {"without_consultation": REASON}).status_code == 403

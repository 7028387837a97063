"""The following board, one decision's following with help and improvements, and its review."""

from __future__ import annotations

from django.urls import reverse

from samordna.core import clock
from samordna.domain.adherence import operations as do
from samordna.domain.decisions import operations as decisions
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.adherence.followed import Followed, followed
from tests.domain.decisions import chain
from tests.domain.decisions.world import build


def _world() -> Followed:
    """Two who already do so and help, one who promises and one who cannot; experiences under a theme."""
    world = followed(4)
    version, soon = world.version.pk, clock.day(clock.now()).replace(year=2030)
    do.answer_following(actor=world.actor(1), version_id=version, kind="already_so")
    offer = do.offer_help(actor=world.actor(1), version_id=version, text="Vi visar hur vi lade om schemat.")
    do.ask_for_help(actor=world.actor(0), offer_id=offer.pk, text="Hur bemannar ni helger?")
    do.answer_following(actor=world.actor(0), version_id=version, kind="will_change", by=soon, actions="Nytt schema")
    do.answer_following(actor=world.actor(2), version_id=version, kind="cannot", reason="Vakanser")
    told = do.share_experience(actor=world.actor(2), version_id=version, tone="hinders", text="Färjan går inte alla dagar.")
    do.sort_experience(actor=world.lead, experience_id=told.pk, theme="Resor")
    words = {"outcome": "keep", "conclusion": "Det fungerar för de flesta.", "next_on": soon}
    do.review_decision(actor=world.lead, version_id=version, **words)
    return world


def _lead(world: Followed) -> Holding:
    return Holding.objects.get(pk=world.lead.holding_id)


@page("The following board, narrowed")
def board() -> Visit:
    world = _world()
    return Visit(address=reverse("following_board") + "?visa=cannot&sok=0", holding=_lead(world))


@page("Following a decision, with improvements and help")
def following() -> Visit:
    world = _world()
    holding = Holding.objects.get(pk=world.actor(0).holding_id)
    return Visit(address=reverse("following", args=[world.decision.pk]), holding=holding)


@page("Following a decision, by somebody who helps")
def helping() -> Visit:
    world = _world()
    holding = Holding.objects.get(pk=world.actor(1).holding_id)
    return Visit(address=reverse("following", args=[world.decision.pk]), holding=holding)


@page("Reviewing a decision")
def review() -> Visit:
    world = _world()
    return Visit(address=reverse("review_decision", args=[world.decision.pk]), holding=_lead(world))


@page("A decision on consultation, to its coordinator, with an objection")
def objection() -> Visit:
    world = build()
    version = chain.prepared(world)
    decisions.open_consultation(
        actor=world.coordinator, version_id=version.pk, until=clock.day(clock.now()).replace(year=2030)
    )
    said = {"stance": "objects", "text": "För tidigt för oss"}
    actor = f.actor(world.town, RoleKind.REPRESENTATIVE)
    made = decisions.answer_consultation(actor=actor, version_id=version.pk, **said)
    decisions.reply_to_objection(actor=world.coordinator, answer_id=made.pk, text="Ni börjar en månad senare")
    holding = Holding.objects.get(pk=world.coordinator.holding_id)
    return Visit(address=reverse("decision", args=[version.decision_id]), holding=holding)

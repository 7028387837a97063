"""L1: necessary frames for the coordinated benefit, and room for local competence and adaptation."""

from __future__ import annotations

import pytest
from django.utils import translation

from samordna.core.errors import Invalid
from samordna.domain.decisions import operations as do
from samordna.domain.matters.enums import Sharing
from tests import factories
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.factories import NOW
from tests.spec.deciding import read

pytestmark = pytest.mark.django_db


def test_a_decision_is_frame_adaptations_and_what_is_left_to_each():
    """A decision says what is the same for all, who differs and why, and what each participant settles itself."""
    world = w.build()
    local = factories.aspect(world.matter, "Who calls", ("a nurse", "a clerk"), sharing=Sharing.LOCAL)
    w.condition(world.position(world.region), world.matter, world.transition, "one_of", "none", reason="We are ready")
    w.condition(world.position(world.town), world.matter, world.transition, "one_of", "none", reason="So are we")
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    version = chain.prepared(world, proposal=attempt.proposals.get())
    words = read(world.representative(world.town), "decision", version.decision_id)
    assert "Free days" in words
    assert "Transition" in words
    assert "Hiring takes a season" in words
    assert local.label in words


def test_nobody_adapts_what_must_be_the_same_for_all():
    """Where an aspect is common, no participant can be given a value of its own."""
    world = w.build()
    days = {"organisation": world.island.pk, "aspect": world.days.pk, "option": w.option(world.days, "5").pk}
    sketch = {"title": "Five for the island", "frame": world.frame(), "adaptations": [days]}
    with translation.override("en"), pytest.raises(Invalid, match="must be the same for all"):
        do.propose_by_hand(actor=world.coordinator, matter_id=world.matter.pk, at=NOW, **sketch)

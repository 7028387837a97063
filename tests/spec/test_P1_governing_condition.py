"""P1: a coordinated decision is a governing condition."""

from __future__ import annotations

import pytest

from samordna.domain.decisions import operations as do
from samordna.domain.decisions.queries.binding import governing_conditions
from tests.domain.decisions import chain
from tests.domain.decisions.world import build
from tests.factories import NOW
from tests.spec.deciding import read

pytestmark = pytest.mark.django_db


def test_a_decision_in_force_stands_in_each_bound_participants_register():
    """A decision in force appears in the register of every participant that it binds, with what is settled for it."""
    world = build()
    chain.in_force(world)
    for organisation in world.organisations:
        words = read(world.representative(organisation), "binds_us")
        assert world.matter.title in words
        (found,) = governing_conditions(world.manager(organisation), organisation.pk, NOW)
        assert [value.value for value in found.values] == ["3", "average", "6"]


def test_what_is_not_adopted_governs_nobody():
    """Among those who adopt, a decision governs those who have adopted it and nobody else."""
    world = build()
    version = chain.recommended(world, comes_into_force="adopters")
    chain.adopt(world, version, world.town)
    do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)
    assert len(governing_conditions(world.manager(world.town), world.town.pk, NOW)) == 1
    assert governing_conditions(world.manager(world.island), world.island.pk, NOW) == []


def test_a_replaced_or_withdrawn_decision_no_longer_governs():
    """When a decision is withdrawn it leaves the registers again."""
    world = build()
    version = chain.in_force(world)
    do.withdraw_decision(actor=world.coordinator, version_id=version.pk, reason="The law has changed", at=NOW)
    assert governing_conditions(world.manager(world.town), world.town.pk, NOW) == []

"""R2: coordination decides coordinated steering that must work for all, and within the mandate it has been given."""

from __future__ import annotations

import pytest

from samordna.domain.decisions.models import DecisionVersion
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.spec.deciding import press

pytestmark = pytest.mark.django_db


def state_of(version):
    return DecisionVersion.objects.get(pk=version.pk).state


def test_a_decision_outside_the_mandate_is_refused_and_the_missing_clause_is_named():
    """Without adoption and without a lent clause nothing comes into force; the refusal says which clause is missing."""
    world = w.build()
    version = chain.recommended(world)
    chain.adopt(world, version, world.region, world.town)
    _status, words = press(world.coordinator, "establish", version.pk)
    assert state_of(version) == "recommended"
    assert "Holmö has not adopted it" in words
    assert f"Holmö has to lend a mandate with a clause over {world.matter.area.name}" in words


def test_within_a_lent_mandate_coordination_decides():
    """What participants have lent, coordination decides for them; what they keep, they adopt themselves."""
    world = w.build()
    version = chain.recommended(world)
    w.lend(world, world.island)
    chain.adopt(world, version, world.region, world.town)
    press(world.coordinator, "establish", version.pk)
    assert state_of(version) == "in_force"

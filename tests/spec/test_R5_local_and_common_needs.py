"""R5: work together so that local and common needs are met, for the best of the whole."""

from __future__ import annotations

import pytest

from samordna.domain.decisions import operations as do
from tests.domain.decisions import world as w
from tests.factories import NOW
from tests.spec.deciding import read

pytestmark = pytest.mark.django_db


def need(world, position, aspect, label, **fields):
    rule = {"then": [{"aspect": aspect.pk, "is": "one_of", "options": [w.option(aspect, label).pk]}]}
    world.matter.needs.create(position=position, rule=rule, reason="It works for us", weight=5, stated_at=NOW, **fields)


def test_r5_each_participants_needs_the_common_needs_and_the_whole_stand_together():
    """The town's need is met and the island's is not, the common one is; so says the balance, beside the whole."""
    world = w.build()
    need(world, world.position(world.town), world.days, "3")
    need(world, world.position(world.island), world.days, "5")
    need(world, None, world.days, "3")
    for organisation in world.organisations:
        w.benefit(world.position(organisation), 10, 20, 30)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    said = read(world.coordinator, "balance", world.matter.pk)
    assert "Åstad 1/1" in said
    assert "Holmö 0/1" in said
    assert "Common needs met 1 of 1" in said
    assert "Net, compared with alone 55" in said

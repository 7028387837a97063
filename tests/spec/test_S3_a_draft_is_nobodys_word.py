"""S3: what a participant puts forward is what it has sent in; a draft, also one taken in for it, counts nowhere."""

from __future__ import annotations

import pytest

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.queries.remarks import remarks_of
from samordna.domain.decisions.queries.what_if import what_if
from samordna.domain.matters import operations as matters
from samordna.domain.matters.models import Condition
from tests.domain.decisions import world as w
from tests.factories import NOW
from tests.spec.deciding import read
from tests.web.matters import world as matters_world

pytestmark = pytest.mark.django_db


def _start_at_odds(world):
    """The town opens its answer again and states two conditions that contradict each other, without sending them in."""
    town = world.representative(world.town)
    matters.reopen_position(actor=town, position_id=world.position(world.town).pk, reason="We have more to say", at=NOW)
    for how, days in (("at_least", "5"), ("at_most", "1")):
        rule = {"then": [{"aspect": world.days.pk, "is": how, "options": [w.option(world.days, days).pk]}]}
        matters.state_condition(actor=town, position_id=world.position(world.town).pk, rule=rule, reason="Why", at=NOW)
    return town


def test_a_draft_counts_nowhere_and_its_owner_is_told_at_once_what_contradicts():
    """Both conditions are kept as a draft and their owner is told; nobody's board, proposal or what-if counts them."""
    world = w.build()
    town = _start_at_odds(world)
    assert Condition.objects.filter(position__organisation=world.town).count() == 2
    told = remarks_of(town, world.matter, NOW, own=True)
    assert [remark.contradicts for remark in told] == [True]
    assert not remarks_of(world.coordinator, world.matter, NOW)
    for reader in (None, world.coordinator, town, world.representative(world.region)):
        counted = {condition.owner for condition in question_of(world.matter, NOW, reader).problem.conditions}
        assert counted == {world.region.pk, world.island.pk}
    assert what_if(town, world.matter, [], NOW).result == "settled"
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    assert attempt.result == "settled"
    board = read(world.coordinator, "board", world.matter.pk)
    assert "1 participant has not answered" in board
    assert "What has been begun but not sent in does not count here." in board
    matters.submit_position(actor=town, position_id=world.position(world.town).pk, at=NOW)
    assert do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW).result == "clash"


def test_a_program_is_told_what_contradicts_itself_and_both_are_kept_as_a_draft():
    """Drafts that contradict themselves are told when they are checked, all are kept, and none of them counts."""
    given = matters_world.world()
    days, owner = given.aspects["days"].pk, given.positions[0].organisation_id
    said = [
        {"rule": {"then": [{"aspect": days, "is": how, "options": [given.option("days", label)]}]}, "reason": "Why"}
        for how, label in (("at_least", "4"), ("at_most", "1"))
    ]
    body = {"document": "a program", "positions": [{"organisation": owner, "conditions": said}]}
    place, lead = f"/api/v1/matters/{given.matter.pk}/position-drafts", given.lead()
    told = lead.post(f"{place}/check", body, content_type="application/json").json()["contradictions"]
    assert [(one["organisation"], one["aspect"], len(one["conditions"])) for one in told] == [
        ("Municipality 000", "Free days", 2)
    ]
    assert lead.post(place, body, content_type="application/json").status_code == 200
    assert given.positions[0].conditions.count() == 2
    assert not question_of(given.matter, clock.now()).problem.conditions

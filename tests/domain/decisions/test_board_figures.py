"""Whose figures the board shows to whom, what an option would cost the whole, and that it is read in few queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core.errors import Absent
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.queries.board import Board, board
from samordna.domain.decisions.queries.facts import FEW, facts_of
from samordna.domain.matters.access import matter_for, reads_figures_of
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import Position
from tests import factories as f
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.factories import NOW


def seen(world: World, actor: object = None, **asked: object) -> Board:
    return board(actor=actor or world.coordinator, matter_id=world.matter.pk, at=NOW, **asked)


def stated(world: World, *organisations: object) -> None:
    for organisation in organisations:
        position = world.position(organisation)
        w.benefit(position, 10, 20, 30)
        w.cost(position, world.basis, "average", 1, 2, 3)


def settled(world: World) -> None:
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    assert attempt.result == "settled"


def test_the_coordinator_reads_every_balance_and_others_their_own(world: World):
    stated(world, *world.organisations)
    settled(world)
    whole = seen(world).weights
    assert whole
    assert {part.name for part in whole.parts} == {"Region Fjärdsland", "Åstad", "Holmö"}
    own = seen(world, world.representative(world.town)).weights
    assert own
    assert ([part.name for part in own.parts], own.hidden) == (["Åstad"], 2)


def test_a_sum_that_would_tell_one_others_figures_is_not_shown(world: World):
    stated(world, *world.organisations)
    settled(world)
    few = seen(world, world.representative(world.town))
    assert few.weights
    assert few.weights.whole is None
    assert all(price.cost is None for price in few.prices.values())
    for number in range(FEW - 2):
        position = f.position(world.matter, f.organisation(f"More {number}"), state=PositionState.ANSWERED)
        stated(world, position.organisation)
    settled(world)
    enough = seen(world, world.representative(world.town))
    assert enough.weights
    assert enough.weights.whole is not None
    assert {price.state for price in enough.prices.values()} == {"blocked"}


def test_the_board_reads_the_figures_that_access_gives(world: World):
    everyone = [world.coordinator, *(world.representative(one) for one in world.organisations)]
    for actor in everyone:
        matter = matter_for(actor, world.matter.pk, at=NOW)
        facts = facts_of(actor, matter, NOW)
        for position in Position.objects.filter(matter=matter).select_related("matter__collaboration"):
            assert facts.reads_figures_of(position.organisation_id) == reads_figures_of(actor, position, NOW)


def test_an_option_has_its_price_and_what_blocks_it(world: World):
    settled(world)
    shown = seen(world)
    price = shown.prices[w.option(world.days, "4").pk]
    assert (price.state, [because.owner for because in price.blocked_by]) == ("blocked", ["Region Fjärdsland"])
    same = shown.prices[w.option(world.basis, "individual").pk]
    assert same.free


def test_a_clash_names_conditions_owners_and_examples(world: World):
    w.condition(world.position(world.town), world.matter, world.days, "at_most", "2", reason="Thrift", relax_price=40)
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    assert attempt.result == "clash"
    shown = seen(world)
    assert shown.answer
    assert shown.answer.clashes
    assert {member.because.owner for member in shown.answer.clashes[0].members} == {"Åstad", "Holmö"}
    assert all(member.unlocks for member in shown.answer.clashes[0].members)
    (way,) = shown.answer.clashes[0].ways_out
    assert (way.price, [because.owner for because in way.given_up]) == (40, ["Åstad"])
    marked = [cell.clash for row in shown.grid.rows for line in row.lines for cell in line.cells]
    assert any(marked)
    by_hand = chain.proposed(world)
    assert seen(world, proposal_id=by_hand.pk).answer is not None


def test_needs_are_met_or_not_by_each_ones_own_values(world: World):
    position = world.position(world.town)
    rule = {"then": [{"aspect": world.transition.pk, "is": "one_of", "options": [w.option(world.transition, "none").pk]}]}
    position.needs.create(matter=world.matter, rule=rule, reason="At once", weight=5, stated_at=NOW)
    chain.proposed(world)
    (need,) = seen(world).needs
    assert (need.owner, need.is_met, need.sentence) == ("Åstad", False, "Transition is none")
    assert seen(world).unmet == 1


def test_needs_that_say_and_fare_the_same_stand_together(world: World):
    rule = {"then": [{"aspect": world.transition.pk, "is": "one_of", "options": [w.option(world.transition, "none").pk]}]}
    for organisation, reason in ((world.town, "At once"), (world.island, "Before the winter")):
        stated = world.position(organisation).needs
        stated.create(matter=world.matter, rule=rule, reason=reason, weight=5, stated_at=NOW)
    chain.proposed(world)
    board = seen(world)
    (together,) = board.same_needs
    assert (len(board.needs), together.sentence, together.is_met) == (2, "Transition is none", False)
    assert sorted(zip(together.owners, together.reasons, strict=True)) == [
        (need.owner, need.reason) for need in sorted(board.needs, key=lambda need: need.owner)
    ]


def test_a_proposal_of_another_matter_is_not_there(world: World):
    other = w.build()
    proposal = chain.proposed(other)
    with pytest.raises(Absent):
        seen(world, proposal_id=proposal.pk)


def test_others_sketches_are_not_on_the_board(world: World):
    sketch = do.propose_by_hand(
        actor=world.representative(world.island), matter_id=world.matter.pk, title="Mine", frame=world.frame(), at=NOW
    )
    assert seen(world, world.representative(world.town)).tabs == ()
    assert [tab.title for tab in seen(world, world.representative(world.island)).tabs] == ["Mine"]
    with pytest.raises(Absent):
        seen(world, world.representative(world.town), proposal_id=sketch.pk)


def test_the_board_costs_the_same_for_three_and_for_many(world: World):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            seen(world, actor)
        return len(queries)

    actor = world.representative(world.town)
    settled(world)
    first = cost()
    for number in range(30):
        position = f.position(world.matter, f.organisation(f"Kommun {number}"), state=PositionState.ANSWERED)
        w.condition(position, world.matter, world.basis, "one_of", ["average", "individual"][number % 2])
        stated(world, position.organisation)
    settled(world)
    assert cost() == first

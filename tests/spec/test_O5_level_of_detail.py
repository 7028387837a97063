"""O5: decide at the right level of detail, and make it clear."""

from __future__ import annotations

import pytest

from samordna.domain.decisions import operations as do
from samordna.domain.matters.enums import Sharing
from tests.domain.decisions import world as w
from tests.factories import NOW
from tests.spec.deciding import press, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return w.build()


def share(aspect, sharing):
    aspect.sharing = sharing
    aspect.save()


def levels(world, actor=None):
    return read(actor or world.coordinator, "detail_level", world.matter.pk)


def test_o5_what_is_fixed_without_need_is_named(world):
    """Nobody states anything about the basis, so having it the same serves nothing, and the page says what to do."""
    share(world.basis, Sharing.COMMON)
    said = levels(world)
    assert "Basis The same for all fixed without need" in said
    assert "Leave it to each, or say what common need it serves" in said


def test_o5_what_is_left_open_though_conditions_clash_is_named_with_the_conditions(world):
    """Free days left to each: the region's at most and the town's at least pull apart; both are told with their owners."""
    share(world.days, Sharing.LOCAL)
    w.condition(world.position(world.town), world.matter, world.days, "at_least", "5", reason="Weekends")
    said = levels(world)
    assert "left open though conditions clash" in said
    assert "Weekends" in said
    assert "Incentive every month" in said
    assert "Region Fjärdsland" in said
    assert "Åstad" in said


def test_o5_what_is_left_to_each_though_nobody_needs_the_room_is_named(world):
    """Nobody minds how the basis is; left to each it is left open without need."""
    share(world.basis, Sharing.LOCAL)
    assert "Basis Each decides for itself left open without need" in levels(world)


def test_o5_a_difference_that_is_necessary_is_right(world):
    """The island must differ in the transition and the town must not: the same unless necessary is the right level."""
    w.condition(world.position(world.town), world.matter, world.transition, "one_of", "none", reason="The council")
    said = levels(world)
    assert "Transition The same unless a condition makes a difference necessary right" in said
    assert "Some must differ here" in said


def test_o5_what_likeness_costs_is_told_to_the_coordinator_only(world):
    """The region pays for doing as the town: the coordinator reads the amount, a participant does not."""
    share(world.basis, Sharing.COMMON)
    w.cost(world.position(world.town), world.basis, "average", 40, 50, 60)
    w.cost(world.position(world.region), world.basis, "individual", 70, 80, 90)
    assert "The whole would save 50 tkr" in levels(world)
    assert "save 50" not in levels(world, world.representative(world.island))


def test_o5_the_level_is_shown_where_the_decision_is_established(world):
    """Whoever prepares and establishes the decision sees the level of every aspect there, for the proposal in question."""
    proposal = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW).proposals.get()
    press(world.coordinator, "choose_proposal", proposal.pk)
    assert "Is it decided at the right level?" in read(world.coordinator, "proposal", proposal.pk)
    press(world.coordinator, "prepare_decision", proposal.pk, comes_into_force="all")
    decision = world.matter.decision
    assert "Is it decided at the right level?" in read(world.coordinator, "decision", decision.pk)
    assert "Is it decided at the right level?" not in read(world.representative(world.town), "decision", decision.pk)

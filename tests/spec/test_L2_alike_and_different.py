"""L2: as alike as possible, as different as necessary."""

from __future__ import annotations

import pytest

from samordna.domain.decisions import operations as do
from tests.domain.decisions import world as w
from tests.factories import NOW
from tests.spec.deciding import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return w.build()


def test_the_engine_finds_the_fewest_differences_that_respect_everybody(world):
    """Two want no transition and one needs six months: the proposal follows the two, and one differs."""
    for organisation in (world.region, world.town):
        w.condition(world.position(organisation), world.matter, world.transition, "one_of", "none")
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    (adaptation,) = attempt.proposals.get().adaptations.all()
    assert (adaptation.organisation, adaptation.option.label) == (world.island, "6")


def test_every_difference_names_the_condition_that_makes_it_necessary(world):
    """On the board a difference stands with the condition that it rests on, in words, and whose it is."""
    for organisation in (world.region, world.town):
        w.condition(world.position(organisation), world.matter, world.transition, "one_of", "none")
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    words = read(world.representative(world.town), "board", world.matter.pk)
    assert "Transition is at least 6" in words
    assert "Hiring takes a season" in words


def test_a_difference_that_nothing_needs_is_shown_as_unnecessary(world):
    """A difference in a proposal by hand that no condition needs is said to be unnecessary."""
    town = {"organisation": world.town.pk, "aspect": world.basis.pk, "option": w.option(world.basis, "individual").pk}
    sketch = {"title": "By hand", "frame": world.frame(transition="6"), "adaptations": [town], "at": NOW}
    proposal = do.propose_by_hand(actor=world.coordinator, matter_id=world.matter.pk, **sketch)
    do.share_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    checked = do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    assert [entry["necessity"] for entry in checked.balance["adaptations"]] == ["unnecessary"]
    assert "nothing needs this" in read(world.coordinator, "proposal", proposal.pk).lower()

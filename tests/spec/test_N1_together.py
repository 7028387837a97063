"""N1: together, all answer for succeeding together. What a matter shows of it: everybody's part, and all of them."""

from __future__ import annotations

import pytest

from samordna.core.errors import Refused
from samordna.domain.decisions import operations as do
from samordna.domain.matters import operations as matters
from tests.domain.decisions import world as w
from tests.domain.decisions.chain import adopt, recommended
from tests.factories import NOW
from tests.spec.deciding import press, read

pytestmark = pytest.mark.django_db


NOBODY_LOSES = ("nobody_loses", 30, 15, 30)
BY_CONTRIBUTION = ("by_contribution", 90, 20, 40)
METHODS = pytest.mark.parametrize(("method", "gain", "pays", "gets"), [NOBODY_LOSES, BY_CONTRIBUTION])
"""A method, what region and island gain each where it can be used, what each of them then pays, and what the town gets."""


def gaining(gain: int) -> w.World:
    """The town pays for what the others gain by."""
    world = w.build()
    parts = ((world.region, "individual", gain), (world.town, "average", 30), (world.island, "individual", gain))
    for organisation, dear, gained in parts:
        w.cost(world.position(organisation), world.basis, dear, 60, 60, 60)
        w.benefit(world.position(organisation), gained, gained, gained)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    return world


@pytest.fixture
def world() -> w.World:
    return gaining(30)


def shared_words(pays: int, gets: int) -> list[str]:
    """What the sharing says of each party."""
    return [
        f"Region Fjärdsland pays {pays} tkr per år.",
        f"Holmö pays {pays} tkr per år.",
        f"Åstad gets {gets} tkr per år.",
    ]


def test_n1_every_part_and_all_of_them_together(world):
    """Each participant's part, the whole, and who pays and who gains."""
    said = read(world.coordinator, "balance", world.matter.pk)
    for name in ("Region Fjärdsland", "Åstad", "Holmö"):
        assert name in said
    assert "1 participant would be worse off than without the decision. 2 gain by it." in said


@METHODS
def test_n1_a_fair_sharing_leaves_nobody_worse_off_and_can_be_decided_by_the_parties(method, gain, pays, gets):
    """Those who gain make the one who loses whole, or each gets what it adds; opened as a matter that the parties adopt."""
    world = gaining(gain)
    status, _words = press(world.coordinator, "share_cost", world.matter.pk, method=method)
    assert status == 302
    opened = world.matter.collaboration.matters.get(kind="cost_split")
    text = opened.proposals.get().text
    assert [said for said in shared_words(pays, gets) if said not in text] == []


def test_n1_a_sharing_by_contribution_that_leaves_somebody_below_nothing_is_refused_with_why(world):
    """What the town adds here is less than nothing: no matter is opened, and the reason told is the true one."""
    reason = "or somebody would end below nothing"
    assert reason in read(world.coordinator, "balance", world.matter.pk)
    with pytest.raises(Refused, match=reason):
        do.propose_sharing(actor=world.coordinator, matter_id=world.matter.pk, method="by_contribution", at=NOW)
    assert not world.matter.collaboration.matters.filter(kind="cost_split").exists()


def test_n1_what_each_adds_to_the_whole_is_shown_beside(world):
    """Shapley's shares: another fair way, exact for so few."""
    said = read(world.coordinator, "balance", world.matter.pk)
    assert "After what each adds" in said
    assert "Drawn by lot" not in said


def test_n1_where_the_whole_does_not_suffice_it_is_said(world):
    """When all lose together no sharing helps, and the page says how much is lacking."""
    for organisation in world.organisations:
        w.benefit(world.position(organisation), 1, 1, 1)
    proposal = world.matter.proposals.get()
    do.check_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)
    said = read(world.coordinator, "balance", world.matter.pk)
    assert "It is not possible: the whole lacks 57 tkr per år" in said
    status, _words = press(world.coordinator, "share_cost", world.matter.pk, method="nobody_loses")
    assert status == 302
    assert not world.matter.collaboration.matters.filter(kind="cost_split").exists()


@METHODS
def test_n1_a_sharing_is_adopted_by_each_and_then_binds_them(method, gain, pays, gets):
    """The matter of the sharing goes the whole way; in force, the decision says who pays whom what, and each is asked."""
    world = gaining(gain)
    lead, given = world.coordinator, world.matter.collaboration
    given.follow = "if_in"
    given.save()
    press(lead, "share_cost", world.matter.pk, method=method)
    opened = given.matters.get(kind="cost_split")
    matters.start_gathering(actor=lead, matter_id=opened.pk, at=NOW)
    for organisation in world.organisations:
        own = {"position_id": opened.positions.get(organisation=organisation).pk, "at": NOW}
        matters.declare_no_conditions(actor=world.representative(organisation), **own)
    matters.advance(actor=lead, matter_id=opened.pk, to="weighing", at=NOW)
    shared = do.share_proposal(actor=lead, proposal_id=opened.proposals.get().pk, at=NOW)
    world.matter = opened
    version = recommended(world, proposal=shared)
    adopt(world, version, world.region, world.town)
    press(lead, "establish", version.pk)
    version.refresh_from_db()
    assert version.state != "in_force"
    adopt(world, version, world.island)
    assert press(lead, "establish", version.pk)[0] == 302
    for organisation in world.organisations:
        said = read(world.representative(organisation), "decision", version.decision_id)
        assert [words for words in shared_words(pays, gets) if words not in said] == []
        assert "You must follow this decision" in read(world.manager(organisation), "following", version.decision_id)

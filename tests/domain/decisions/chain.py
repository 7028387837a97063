"""The walk from a proposal to a decision in force, one step at a time, for tests that begin somewhere along it."""

from __future__ import annotations

from typing import Any

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.models import DecisionVersion, Proposal
from samordna.domain.organisations.models import Organisation
from tests.domain.decisions.world import World
from tests.factories import NOW


def proposed(world: World, **fields: Any) -> Proposal:
    """A shared proposal made by hand that respects every condition."""
    defaults = {"title": "Three days", "frame": world.frame(transition="6"), "at": NOW, "matter_id": world.matter.pk}
    proposal = do.propose_by_hand(actor=world.coordinator, **defaults | fields)
    return do.share_proposal(actor=world.coordinator, proposal_id=proposal.pk, at=NOW)


def prepared(world: World, *, proposal: Proposal | None = None, **fields: Any) -> DecisionVersion:
    chosen = proposal or proposed(world)
    do.choose_proposal(actor=world.coordinator, proposal_id=chosen.pk, at=NOW)
    return do.prepare_decision(actor=world.coordinator, matter_id=world.matter.pk, at=NOW, **fields)


def recommended(world: World, **fields: Any) -> DecisionVersion:
    """A recommended version; the consultation was skipped, with a reason."""
    version = prepared(world, **fields)
    skip = {"step": "consultation", "reason": "Everyone sat at the table"}
    do.skip_step(actor=world.coordinator, version_id=version.pk, at=NOW, **skip)
    return do.recommend(actor=world.coordinator, version_id=version.pk, at=NOW)


def adopt(world: World, version: DecisionVersion, *organisations: Organisation, **fields: Any) -> None:
    defaults = {"answer": "adopted", "body": "The council", "decided_on": clock.day(NOW), "paragraph": "§ 12", "at": NOW}
    for organisation in organisations:
        do.record_adoption(actor=world.manager(organisation), version_id=version.pk, **defaults | fields)


def in_force(world: World, **fields: Any) -> DecisionVersion:
    """A version that all have adopted and that is in force."""
    version = recommended(world, **fields)
    adopt(world, version, *world.organisations)
    return do.establish(actor=world.coordinator, version_id=version.pk, at=NOW)

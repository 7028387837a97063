"""The rows that an operation changes, fetched with the right and locked until it ends.

The matter's row is always locked first. So the operations on one matter follow one another, and no two of them wait for
each other.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.decisions.access import proposal_for, version_for
from samordna.domain.decisions.models import DecisionVersion, Proposal
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.models import Matter


def held_matter_for(actor: Actor, matter_id: str, action: str, at: datetime | None) -> Matter:
    """The matter, locked: numbers are counted and stages changed under this lock."""
    matter = matter_for(actor, matter_id, action, at)
    matter.stage = _locked_stage(matter.pk)
    return matter


def _locked_stage(matter_id: str) -> str:
    return Matter.objects.select_for_update().values_list("stage", flat=True).get(pk=matter_id)


def held_proposal_for(actor: Actor, proposal_id: str, action: str, at: datetime | None) -> Proposal:
    """The proposal, with its state as it is under the lock."""
    proposal = proposal_for(actor, proposal_id, action, at)
    proposal.matter.stage = _locked_stage(proposal.matter_id)
    proposal.state = Proposal.objects.select_for_update().values_list("state", flat=True).get(pk=proposal.pk)
    return proposal


def held_version_for(actor: Actor, version_id: str, action: str, at: datetime | None) -> DecisionVersion:
    """The version of a decision, with its state as it is under the lock."""
    version = version_for(actor, version_id, action, at)
    version.decision.matter.stage = _locked_stage(version.decision.matter_id)
    locked = DecisionVersion.objects.select_for_update().get(pk=version.pk)
    locked.decision, locked.proposal = version.decision, version.proposal
    return locked


def holding_of(actor: Actor) -> str:
    """The holding in which somebody proposes or decides; refused for whoever acts in no role."""
    if actor.holding_id is None:
        raise Refused(_("This is done by somebody who holds a role, not by a command."))
    return actor.holding_id


def organisation_of(actor: Actor) -> str:
    """The organisation that the actor acts for; refused for whoever acts for none."""
    if actor.organisation_id is None:
        raise Refused(_("This is done for an organisation; choose one of your roles first."))
    return actor.organisation_id

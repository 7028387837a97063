"""The rows that an operation changes, fetched with the right and locked until it ends."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.decisions.access import proposal_for, version_for
from samordna.domain.decisions.models import DecisionVersion, Proposal
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.models import Matter


def locked_matter(actor: Actor, matter_id: str, action: str, at: datetime) -> Matter:
    """The matter, locked: numbers are counted and stages changed under this lock."""
    matter = matter_for(actor, matter_id, action, at)
    matter.stage = Matter.objects.select_for_update().values_list("stage", flat=True).get(pk=matter.pk)
    return matter


def locked_proposal(actor: Actor, proposal_id: str, action: str, at: datetime) -> Proposal:
    """The proposal, with its state as it is under the lock."""
    proposal = proposal_for(actor, proposal_id, action, at)
    proposal.state = Proposal.objects.select_for_update().values_list("state", flat=True).get(pk=proposal.pk)
    return proposal


def locked_version(actor: Actor, version_id: str, action: str, at: datetime) -> DecisionVersion:
    """The version of a decision, with its state as it is under the lock."""
    version = version_for(actor, version_id, action, at)
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

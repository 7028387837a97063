"""The matter's proposals as a row of tabs, and which of them is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.decisions.access import visible_proposals
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import Proposal
from samordna.domain.matters.models import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A proposal among the others. `own`: made by the actor's organisation. `amends`: the number of what it amends."""

    id: str
    number: int
    title: str
    text: str
    origin: str
    origin_label: str
    state: str
    state_label: str
    verdict: str
    verdict_label: str
    organisation: str
    made_at: datetime
    own: bool
    amends: int | None


def proposals_of(actor: Actor, matter: Matter, at: datetime | None = None) -> list[Proposal]:
    """The proposals the actor may read, the latest first, withdrawn ones last."""
    found = visible_proposals(actor, matter, at).select_related("organisation", "attempt", "amends")
    return sorted(found.order_by("-number", "pk"), key=lambda proposal: proposal.state == ProposalState.WITHDRAWN)


def looked_at(proposals: Sequence[Proposal], proposal_id: str) -> Proposal | None:
    """The proposal asked for (else `Absent`), or the chosen one, the latest shared one, or the latest sketch."""
    if proposal_id:
        wanted = next((proposal for proposal in proposals if proposal.pk == proposal_id), None)
        if wanted is None:
            raise Absent
        return wanted
    for state in (ProposalState.CHOSEN, ProposalState.SHARED, ProposalState.SKETCH):
        for proposal in proposals:
            if proposal.state == state:
                return proposal
    return None


def tab_of(proposal: Proposal, actor: Actor) -> Tab:
    """One proposal as a tab."""
    return Tab(
        id=proposal.pk,
        number=proposal.number,
        title=proposal.title,
        text=proposal.text,
        origin=proposal.origin,
        origin_label=proposal.get_origin_display(),
        state=proposal.state,
        state_label=proposal.get_state_display(),
        verdict=proposal.verdict,
        verdict_label=proposal.get_verdict_display(),
        organisation=proposal.organisation.name,
        made_at=proposal.made_at,
        own=proposal.organisation_id == actor.organisation_id,
        amends=proposal.amends.number if proposal.amends else None,
    )

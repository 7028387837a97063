"""The lives of proposals and decision versions, as tables. The generated reference draws them; operations obey them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.core.errors import Refused
from samordna.domain.decisions.enums import DecisionState, ProposalState
from samordna.domain.matters.enums import MatterStage

PROPOSAL_STEPS: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.SKETCH: frozenset({ProposalState.SHARED, ProposalState.WITHDRAWN}),
    ProposalState.SHARED: frozenset({ProposalState.CHOSEN, ProposalState.WITHDRAWN}),
    ProposalState.CHOSEN: frozenset({ProposalState.SHARED}),
    ProposalState.WITHDRAWN: frozenset(),
}

DECISION_STEPS: Mapping[DecisionState, frozenset[DecisionState]] = {
    DecisionState.PREPARED: frozenset(
        {DecisionState.CONSULTATION, DecisionState.RECOMMENDED, DecisionState.IN_FORCE, DecisionState.WITHDRAWN}
    ),
    DecisionState.CONSULTATION: frozenset({DecisionState.RECOMMENDED, DecisionState.IN_FORCE, DecisionState.WITHDRAWN}),
    DecisionState.RECOMMENDED: frozenset({DecisionState.IN_FORCE, DecisionState.WITHDRAWN}),
    DecisionState.IN_FORCE: frozenset({DecisionState.REPLACED, DecisionState.WITHDRAWN}),
    DecisionState.REPLACED: frozenset(),
    DecisionState.WITHDRAWN: frozenset(),
}

BEFORE_ADOPTION = (DecisionState.PREPARED, DecisionState.CONSULTATION)
"""From here a version comes into force at once only where coordination has everybody's mandate: nobody has to adopt it."""

RUNNING = (DecisionState.PREPARED, DecisionState.CONSULTATION, DecisionState.RECOMMENDED)
"""A version on its way; a matter has at most one."""

PROPOSING = (
    MatterStage.GATHERING,
    MatterStage.WEIGHING,
    MatterStage.CONSULTATION,
    MatterStage.ADOPTION,
    MatterStage.IN_FORCE,
)
"""Stages in which proposals are made and amended; in force, they are proposals for the next version."""

CHOOSING = (MatterStage.WEIGHING, MatterStage.CONSULTATION, MatterStage.ADOPTION)
"""Stages in which a proposal can be chosen: everyone has answered, or is recorded as declining to."""


class Step(StrEnum):
    """A step of the chain that may be left out, when somebody says why."""

    CONSULTATION = "consultation"
    RECOMMENDATION = "recommendation"
    OBJECTIONS = "objections"


STEP_NAMES = {
    Step.CONSULTATION: _p("step", "consultation"),
    Step.RECOMMENDATION: _p("step", "recommendation"),
    Step.OBJECTIONS: _("answering the objections"),
}

_STANDING = {
    ProposalState.SKETCH: _("The proposal is still a sketch; share it first."),
    ProposalState.SHARED: _("The proposal is shared and can no longer be changed; make an amendment instead."),
    ProposalState.CHOSEN: _("The proposal is chosen for the decision."),
    ProposalState.WITHDRAWN: _("The proposal has been withdrawn."),
}

_STOOD = {
    DecisionState.PREPARED: _("This version of the decision is prepared but has not been recommended yet."),
    DecisionState.CONSULTATION: _("This version of the decision is out on consultation."),
    DecisionState.RECOMMENDED: _("This version of the decision is already recommended for adoption."),
    DecisionState.IN_FORCE: _("This version of the decision is already in force."),
    DecisionState.REPLACED: _("This version of the decision has been replaced by a later one."),
    DecisionState.WITHDRAWN: _("This version of the decision has been withdrawn."),
}


def check_proposal_may_become(state: str, wanted: ProposalState) -> None:
    """Raise `Refused` with where the proposal stands, unless the table has this step."""
    if wanted not in PROPOSAL_STEPS[ProposalState(state)]:
        raise Refused(str(_STANDING[ProposalState(state)]))


def check_decision_may_become(state: str, wanted: DecisionState) -> None:
    """Raise `Refused` with where the version stands, unless the table has this step."""
    if wanted not in DECISION_STEPS[DecisionState(state)]:
        raise Refused(str(_STOOD[DecisionState(state)]))


def check_decision_is(state: str, *wanted: DecisionState) -> None:
    """Raise `Refused` with where the version stands, unless it is in one of these states."""
    if DecisionState(state) not in wanted:
        raise Refused(str(_STOOD[DecisionState(state)]))


def check_stage(stage: str, allowed: tuple[MatterStage, ...]) -> None:
    """Raise `Refused` with the matter's stage, unless it is one of these."""
    if MatterStage(stage) in allowed:
        return
    if stage in {MatterStage.REPLACED, MatterStage.LET_BE, MatterStage.WITHDRAWN}:
        raise Refused(str(_("The matter is closed.")))
    if stage == MatterStage.DRAFT:
        raise Refused(str(_("The matter is still being prepared; start the gathering first.")))
    if stage == MatterStage.IN_FORCE:
        raise Refused(str(_("A decision in this matter is in force. Replace it with another proposal instead.")))
    raise Refused(str(_("The participants' answers are still being gathered. Go on to weighing first.")))

"""Why a control on these pages is not to be used now: a sentence for each, or "" where it is."""

from __future__ import annotations

from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.decisions.queries.board import Board
from samordna.domain.decisions.states import PROPOSING, check_stage
from samordna.domain.matters.access import matter_for


def refusals_on_board(actor: Actor, board: Board) -> dict[str, str]:
    """For the board's own controls."""
    matter = board.facts.matter
    stage = refusal_of(check_stage, matter.stage, PROPOSING)
    return {
        "propose_refusal": refusal_of(matter_for, actor, matter.pk, "proposal.make") or stage,
        "let_be_refusal": refusal_of(matter_for, actor, matter.pk, "decision.lead") or stage,
    }

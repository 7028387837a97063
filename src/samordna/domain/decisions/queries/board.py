"""The decision board of a matter: what everyone can accept, what is proposed, why somebody differs, and what it weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.errands import AtWork
from samordna.domain.decisions.models import Attempt, Decision
from samordna.domain.decisions.queries.attempts import Answered, Prices, answered, prices_of
from samordna.domain.decisions.queries.cells import SILENT, Drawing, Grid, grid
from samordna.domain.decisions.queries.facts import Facts, facts_of
from samordna.domain.decisions.queries.likeness import (
    Difference,
    Likeness,
    NeedSeen,
    SameNeed,
    differences_of,
    likeness_of,
    needs_of,
    same_needs,
)
from samordna.domain.decisions.queries.proposals import Tab, looked_at, proposals_of, tab_of
from samordna.domain.decisions.queries.seen import clashes_seen, seen
from samordna.domain.decisions.queries.shape import Shape
from samordna.domain.decisions.queries.trial import Change, Trial, trial, without
from samordna.domain.decisions.queries.weights import Weights, weights_of
from samordna.domain.decisions.states import PROPOSING
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Which matter this is. `decision_id`: the decision it has become, or ""."""

    id: str
    number: int
    title: str
    purpose: str
    stage: str
    stage_label: str
    unit: str
    collaboration_id: str
    collaboration: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything on the page, already reduced to what the actor may read.

    `answer`: what the engine said the latest time it was asked, unless it settled the matter. `stands`: the proposal's
    weighted differences and its cost, where the actor may read them. `at_work`: for how many seconds the engine has been
    working out what the actor may be told.
    """

    head: Head
    facts: Facts
    shape: Shape
    grid: Grid
    tabs: tuple[Tab, ...]
    current: Tab | None
    likeness: Likeness
    differences: tuple[Difference, ...]
    needs: tuple[NeedSeen, ...]
    silent: tuple[str, ...]
    declined: tuple[str, ...]
    weights: Weights | None
    prices: Prices
    answer: Answered | None
    trial: Trial | None
    stands: tuple[int, int] | None = None
    at_work: float | None = None

    @property
    def tries(self) -> bool:
        """Can anything be tried here?"""
        return bool(self.facts.topics) and self.head.stage in PROPOSING

    @property
    def same_needs(self) -> tuple[SameNeed, ...]:
        """The needs, with those that say and fare the same together."""
        return same_needs(self.needs)

    @property
    def met(self) -> int:
        """How many needs the proposal meets."""
        return sum(1 for need in self.needs if need.is_met)

    @property
    def unmet(self) -> int:
        """How many needs the proposal does not meet."""
        return sum(1 for need in self.needs if need.is_met is False)


def board(
    *,
    actor: Actor,
    matter_id: str,
    proposal_id: str = "",
    changes: Sequence[Change] = (),
    page: int = 1,
    at: datetime | None = None,
) -> Board:
    """The board with one of the matter's proposals on it (see `looked_at`), and what the changes would do to it.

    Raises as `what_if` does when there are changes.
    """
    at = at or clock.now()
    matter = matter_for(actor, matter_id, at=at)
    facts = facts_of(actor, matter, at)
    proposals = proposals_of(actor, matter, at)
    current = looked_at(proposals, proposal_id)
    proposal = seen(actor, facts, current, at)
    shape, balance = proposal.shape, proposal.balance
    answer, clash_at_work = _answer(actor, facts, at)
    tried = trial(actor, facts, shape, changes, at) if changes else None
    return Board(
        head=head_of(matter),
        facts=facts,
        shape=shape,
        grid=grid(without(facts, changes) if tried else facts, _drawing(shape, answer, tried), page),
        tabs=tuple(tab_of(proposal, actor) for proposal in proposals),
        current=tab_of(current, actor) if current else None,
        likeness=likeness_of(facts, shape),
        differences=differences_of(facts, shape),
        needs=needs_of(facts, shape),
        silent=tuple(said.name for said in facts.saids if said.state in SILENT),
        declined=tuple(said.name for said in facts.saids if said.state == PositionState.DECLINED),
        weights=weights_of(facts, balance),
        prices=tried.prices if tried else prices_of(facts, balance.get("option_prices", {})),
        answer=answer,
        trial=tried,
        stands=(balance["likeness"]["weighted"], balance["cost"]) if facts.leads and "cost" in balance else None,
        at_work=clash_at_work if proposal.at_work is None else proposal.at_work,
    )


def _drawing(shape: Shape, answer: Answered | None, tried: Trial | None) -> Drawing:
    if tried is not None:
        clashing = frozenset(because.condition_id for because in tried.clash)
        return Drawing(shape=tried.shape or shape, before=shape if tried.shape and shape.frame else None, clashing=clashing)
    return Drawing(shape=shape, clashing=answer.clash_ids if answer else frozenset())


def head_of(matter: Matter) -> Head:
    """The matter's head; `collaboration` should be loaded with it."""
    decision = Decision.objects.filter(matter=matter).values_list("pk", flat=True).first()
    return Head(
        id=matter.pk,
        number=matter.number,
        title=matter.title,
        purpose=matter.purpose,
        stage=matter.stage,
        stage_label=matter.get_stage_display(),
        unit=matter.unit,
        collaboration_id=matter.collaboration_id,
        collaboration=matter.collaboration.name,
        decision_id=decision or "",
    )


def _answer(actor: Actor, facts: Facts, at: datetime) -> tuple[Answered | None, float | None]:
    """What the engine said the latest time, or for how long the actor's view of it has been worked on."""
    attempt = _attempt(facts.matter)
    if attempt is None:
        return None, None
    if facts.leads or attempt.result != AttemptResult.CLASH:
        return answered(facts, attempt, None), None
    try:
        told = clashes_seen(actor, facts.matter, attempt.outcome["outcome"], at, settings.PATIENCE_SECONDS)
    except AtWork as working:
        return None, working.seconds
    return answered(facts, attempt, told), None


def _attempt(matter: Matter) -> Attempt | None:
    """The latest attempt, if it did not end in a proposal that needs nothing more said."""
    attempt = Attempt.objects.filter(matter=matter).order_by("-started_at", "pk").first()
    return attempt if attempt and attempt.result != AttemptResult.SETTLED else None

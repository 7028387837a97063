"""A proposal's own page: its values, what the check said, and the owners' words about conditions in prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.decisions.access import proposal_for
from samordna.domain.decisions.models import DecisionVersion, Proposal, ProseAnswer
from samordna.domain.decisions.queries.board import Head, head_of
from samordna.domain.decisions.queries.changes import Compared, compared, in_words
from samordna.domain.decisions.queries.facts import Facts, Stated, facts_of
from samordna.domain.decisions.queries.grounds import Because, because_of
from samordna.domain.decisions.queries.likeness import (
    Difference,
    Likeness,
    NeedSeen,
    differences_of,
    likeness_of,
    needs_of,
)
from samordna.domain.decisions.queries.proposals import Tab, tab_of
from samordna.domain.decisions.queries.seen import seen
from samordna.domain.decisions.queries.shape import Shape
from samordna.domain.decisions.queries.weights import Weights, weights_of
from samordna.domain.matters.enums import Sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSeen:
    """One aspect's value for all; "" where it is left to each. `differing` participants have another."""

    aspect: str
    value: str
    sharing: str
    differing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSeen:
    """What the participants choose where an aspect is left to each."""

    aspect: str
    value: str
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A condition that the proposal breaks. `organisation`: at whose values; "" is the frame. `values`: which they are.

    No values where the condition is in confidence. `kind` is `condition`, `common` or `value`.
    """

    kind: str
    because: Because | None
    organisation: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseSeen:
    """A condition in prose and its owner's word. `is_respected` is None while the owner has not answered."""

    because: Because
    own: bool
    common: bool
    is_respected: bool | None
    reason: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """Everything on the page, already reduced to what the actor may read.

    `is_prepared`: there is already a version of the decision that was prepared from it. `compared`: what it says otherwise
    than the proposal it amends, or is an alternative to. `at_work`: see `ProposalSeen`.
    """

    head: Head
    facts: Facts
    proposal: Tab
    shape: Shape
    frame: tuple[FrameSeen, ...]
    local: tuple[LocalSeen, ...]
    likeness: Likeness
    differences: tuple[Difference, ...]
    needs: tuple[NeedSeen, ...]
    weights: Weights | None
    checked_at: datetime | None
    broken: tuple[Broken, ...]
    prose: tuple[ProseSeen, ...]
    amends_id: str
    compared: Compared | None
    is_prepared: bool
    at_work: float | None = None

    @property
    def met(self) -> int:
        """How many needs the proposal meets."""
        return sum(1 for need in self.needs if need.is_met)

    @property
    def unmet(self) -> int:
        """How many needs it does not meet."""
        return sum(1 for need in self.needs if need.is_met is False)

    @property
    def unanswered(self) -> int:
        """How many owners have not said whether their condition in prose is respected, of those that can be read."""
        return sum(1 for prose in self.prose if prose.is_respected is None)


def proposal_page(*, actor: Actor, proposal_id: str, at: datetime | None = None) -> ProposalPage:
    """The page of one proposal."""
    proposal = proposal_for(actor, proposal_id, at=at)
    facts = facts_of(actor, proposal.matter, at)
    told = seen(actor, facts, proposal, at or clock.now())
    shape = told.shape
    result: Mapping[str, Any] = proposal.check_result
    prose = _prose(facts, proposal)
    return ProposalPage(
        head=head_of(proposal.matter),
        facts=facts,
        proposal=tab_of(proposal, actor),
        shape=shape,
        frame=_frame(facts, shape),
        local=_local(facts, shape),
        likeness=likeness_of(facts, shape),
        differences=differences_of(facts, shape),
        needs=needs_of(facts, shape),
        weights=weights_of(facts, told.balance),
        at_work=told.at_work,
        checked_at=clock_of(result.get("checked_at")),
        broken=tuple(dict.fromkeys(_broken(facts, violation) for violation in result.get("violations", ()))),
        prose=prose,
        amends_id=proposal.amends_id or "",
        compared=in_words(facts, compared(actor, facts, [proposal], at).get(proposal.pk)),
        is_prepared=DecisionVersion.objects.filter(proposal=proposal).exists(),
    )


def clock_of(text: str | None) -> datetime | None:
    """A moment that was stored as text."""
    return datetime.fromisoformat(text) if text else None


def _frame(facts: Facts, shape: Shape) -> tuple[FrameSeen, ...]:
    differing: dict[str, int] = {}
    for _organisation, aspect in shape.differences:
        differing[aspect] = differing.get(aspect, 0) + 1
    return tuple(
        FrameSeen(
            aspect=topic.label,
            value=topic.label_of(shape.frame.get(topic.id, "")),
            sharing=str(topic.sharing.label),
            differing=differing.get(topic.id, 0),
        )
        for topic in facts.topics
        if topic.sharing != Sharing.LOCAL
    )


def _local(facts: Facts, shape: Shape) -> tuple[LocalSeen, ...]:
    found: dict[tuple[str, str], list[str]] = {}
    for topic in facts.topics:
        for said in facts.saids:
            own = shape.own.get((said.organisation_id, topic.id))
            if own is not None and own.local:
                found.setdefault((topic.label, topic.label_of(own.option_id)), []).append(said.name)
    return tuple(
        LocalSeen(aspect=aspect, value=value, organisations=tuple(names)) for (aspect, value), names in found.items()
    )


def _broken(facts: Facts, violation: Mapping[str, Any]) -> Broken:
    condition = violation["condition"]
    because = because_of(facts, condition, violation["owner"]) if condition else None
    values = {} if because and because.hidden else violation["values"]
    return Broken(
        kind=violation["kind"],
        because=because,
        organisation=facts.names.get(violation["participant"] or "", ""),
        values=tuple((topic.label, topic.label_of(values[topic.id])) for topic in facts.topics if topic.id in values),
    )


def _prose(facts: Facts, proposal: Proposal) -> tuple[ProseSeen, ...]:
    answers = {answer.condition_id: answer for answer in ProseAnswer.objects.filter(proposal=proposal)}
    prose = [stated for stated in facts.conditions.values() if stated.is_prose and stated.live]
    seen = [_answered(facts, stated, answers.get(stated.id)) for stated in prose]
    return tuple(sorted(seen, key=lambda one: (not one.own, one.is_respected is not None)))


def _answered(facts: Facts, stated: Stated, answer: ProseAnswer | None) -> ProseSeen:
    return ProseSeen(
        because=because_of(facts, stated.id, stated.owner_id),
        own=stated.owner_id is not None and stated.owner_id == facts.own_id,
        common=stated.owner_id is None,
        is_respected=answer.respected if answer else None,
        reason=answer.reason if answer else "",
        answered_at=answer.answered_at if answer else None,
    )

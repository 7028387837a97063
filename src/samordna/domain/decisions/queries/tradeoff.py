"""How alike against what cost, and why the frame cannot have an option: two questions one may ask of a board.

Both are answered over what the actor may read, as a what-if is, so that neither can be used to find out what others have
stated in confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from samordna.core.actor import Actor
from samordna.domain.decisions import solving
from samordna.domain.decisions.frontier import Frontier
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.queries.attempts import Clash, Price, clash_of, prices_of
from samordna.domain.decisions.queries.facts import Facts
from samordna.domain.decisions.queries.grounds import Because, because_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why the frame does not have an option: the conditions against it, or what it would cost; neither when not found."""

    aspect: str
    value: str
    clash: Clash | None
    price: Price | None


def frontier_of(actor: Actor, facts: Facts, at: datetime) -> Frontier:
    """The decisions worth choosing between. Raises as `solving.frontier` does, also `AtWork`."""
    question = question_of(facts.matter, at, reader=actor)
    return solving.frontier(question.problem, queue=actor.organisation_id or "", patience=settings.PATIENCE_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What the whole would gain if one condition were given up: `fewer` differences and `saved` cost, or an answer."""

    because: Because
    fewer: int
    saved: int
    unlocks: bool

    @property
    def dearer(self) -> int:
        """How much more it would cost, where likeness is what is gained."""
        return -self.saved


def condition_prices_of(actor: Actor, facts: Facts, at: datetime) -> tuple[Gain, ...]:
    """The conditions that cost the whole anything, those that cost the most first; only the coordinator is told.

    Raises as `solving.condition_prices` does, also `AtWork`.
    """
    if not facts.leads:
        return ()
    problem = question_of(facts.matter, at, reader=actor).problem
    queue = actor.organisation_id or ""
    rows = solving.condition_prices(problem, queue=queue, patience=settings.PATIENCE_SECONDS)
    gains = [_gain(facts, pk, row) for pk, row in rows.items() if row["state"] in {"exact", "unlocks"}]
    found = [gain for gain in gains if gain.unlocks or gain.fewer or gain.saved]
    return tuple(sorted(found, key=lambda gain: (not gain.unlocks, -gain.fewer, -gain.saved)))


def _gain(facts: Facts, condition_id: str, row: Mapping[str, Any]) -> Gain:
    stated = facts.conditions.get(condition_id)
    gain = row.get("gain") or {}
    return Gain(
        because=because_of(facts, condition_id, stated.owner_id if stated else None),
        fewer=gain.get("likeness", 0),
        saved=gain.get("cost", 0),
        unlocks=row["state"] == "unlocks",
    )


def why_not(actor: Actor, facts: Facts, option_id: str, at: datetime) -> WhyNot | None:
    """The answer for an option that the frame may have; None for anything else. Raises as `solving.why_not` does."""
    topic = next((topic for topic in facts.topics if topic.label_of(option_id)), None)
    if topic is None:
        return None
    question = question_of(facts.matter, at, reader=actor)
    answer = solving.why_not(question.problem, topic.id, option_id, queue=actor.organisation_id or "")
    prices = prices_of(facts, {topic.id: {option_id: answer["price"]}}) if "price" in answer else {}
    return WhyNot(
        aspect=topic.label,
        value=topic.label_of(option_id),
        clash=clash_of(facts, answer["clash"]) if "clash" in answer else None,
        price=prices.get(option_id),
    )

"""How alike against what cost, and why the frame cannot have an option: two questions one may ask of a board.

Both are answered over what the actor may read, as a what-if is, so that neither can be used to find out what others have
stated in confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from samordna.core.actor import Actor
from samordna.domain.decisions import solving
from samordna.domain.decisions.frontier import Frontier
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.queries.attempts import Clash, Price, clash_of, prices_of
from samordna.domain.decisions.queries.facts import Facts


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

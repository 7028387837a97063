"""What if, as the board shows it: the changes in words, what would follow, and what it moves against the proposal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from samordna.core.actor import Actor
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.queries.attempts import Prices, prices_of
from samordna.domain.decisions.queries.facts import Facts
from samordna.domain.decisions.queries.grounds import Because, because_of
from samordna.domain.decisions.queries.likeness import LISTED, Likeness, likeness_of
from samordna.domain.decisions.queries.seen import without_others
from samordna.domain.decisions.queries.shape import UNNECESSARY, Own, Shape
from samordna.domain.decisions.queries.weights import Weights, weights_of
from samordna.domain.decisions.queries.what_if import WhatIf, what_if
from samordna.domain.matters.enums import Sharing

Change = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One change: an option fixed (`aspect`, `value`), a condition dropped (`because`), an aspect shared in another
    way (`aspect`, `value`), a participant that stands aside (`value`), or another price of a difference (`value`; "" puts
    likeness before all cost)."""

    do: str
    aspect: str = ""
    value: str = ""
    because: Because | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Something that is not as in the proposal. No organisations: the frame itself. "" is left open."""

    organisations: tuple[str, ...]
    aspect: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The answer. `shape` is None where there is none; then `clash` or `failure` says why. `more`: moves not listed."""

    tried: tuple[Tried, ...]
    result: str
    milliseconds: int
    shape: Shape | None
    likeness: Likeness | None
    weights: Weights | None
    prices: Prices
    moved: tuple[Moved, ...]
    more: int
    clash: tuple[Because, ...]
    gap: int | None
    failure: str


def trial(actor: Actor, facts: Facts, before: Shape, changes: Sequence[Change], at: datetime) -> Trial:
    """Ask the engine, over what the actor may read. Raises as `what_if` does, also `AtWork`."""
    answer = what_if(actor, facts.matter, changes, at, settings.PATIENCE_SECONDS)
    found = _shape(answer)
    shape = found if found is None or facts.leads else without_others(found, facts.own_id)
    tried = tuple(_tried(facts, change) for change in changes)
    facts = without(facts, changes)
    moved = _moves(facts, before, shape) if shape else ()
    return Trial(
        tried=tried,
        result=answer.result,
        milliseconds=answer.milliseconds,
        shape=shape,
        likeness=likeness_of(facts, shape) if shape else None,
        # Others' figures are not in the answer to anybody but the coordinator, so to others there is no whole.
        weights=weights_of(facts, answer.balance) if shape and facts.leads else None,
        prices=_prices(facts, answer),
        moved=moved[:LISTED],
        more=max(len(moved) - LISTED, 0),
        clash=tuple(because_of(facts, pk, None) for pk in answer.clash),
        gap=answer.gap[0] if answer.gap else None,
        failure=answer.failure,
    )


def without(facts: Facts, changes: Sequence[Change]) -> Facts:
    """The facts without the participants that the changes have stand aside."""
    aside = {change["organisation"] for change in changes if change["do"] == "leave"}
    if not aside:
        return facts
    return replace(facts, saids=tuple(said for said in facts.saids if said.organisation_id not in aside))


def _prices(facts: Facts, answer: WhatIf) -> Prices:
    """Prices in money only for the coordinator: in the answer to others only their own figures are counted."""
    prices = prices_of(facts, answer.balance.get("option_prices", {}))
    return prices if facts.leads else {option: replace(price, cost=None) for option, price in prices.items()}


def _shape(answer: WhatIf) -> Shape | None:
    if answer.result not in (AttemptResult.SETTLED, AttemptResult.UNFINISHED) or not answer.balance:
        return None
    told = answer.balance.get("adaptations", ())
    needless = {(row["organisation"], row["aspect"]) for row in told if row["necessity"] == UNNECESSARY}
    own = {
        (found.organisation_id, found.aspect_id): Own(
            option_id=found.option_id,
            local=found.local,
            because=found.because,
            needless=(found.organisation_id, found.aspect_id) in needless,
        )
        for found in answer.differences
    }
    return Shape(frame=answer.frame, own=own)


def _tried(facts: Facts, change: Change) -> Tried:
    topic = next((topic for topic in facts.topics if topic.id == change.get("aspect")), None)
    label = topic.label if topic else ""
    match change["do"]:
        case "fix" if topic:
            return Tried(do="fix", aspect=label, value=topic.label_of(change["option"]))
        case "share":
            return Tried(do="share", aspect=label, value=str(Sharing(change["sharing"]).label))
        case "leave":
            return Tried(do="leave", value=facts.names[change["organisation"]])
        case "price":
            return Tried(do="price", value=change["price"])
        case _:
            return Tried(do="drop", because=because_of(facts, change["condition"], None))


def _moves(facts: Facts, before: Shape, after: Shape) -> tuple[Moved, ...]:
    """The frame's moves first, then the participants' that are not just the frame's, alike ones together."""
    frame, own = [], dict[tuple[str, str, str], list[str]]()
    for topic in facts.topics:
        was, now = before.frame.get(topic.id, ""), after.frame.get(topic.id, "")
        if was != now:
            frame.append(Moved(organisations=(), aspect=topic.label, before=topic.label_of(was), after=topic.label_of(now)))
        for said in facts.saids:
            mine = (before.value(said.organisation_id, topic.id), after.value(said.organisation_id, topic.id))
            if mine[0] != mine[1] and mine != (was, now):
                key = (topic.label, topic.label_of(mine[0]), topic.label_of(mine[1]))
                own.setdefault(key, []).append(said.name)
    return (*frame, *_together(own.items()))


def _together(own: Iterable[tuple[tuple[str, str, str], list[str]]]) -> tuple[Moved, ...]:
    return tuple(
        Moved(organisations=tuple(names), aspect=aspect, before=was, after=now) for (aspect, was, now), names in own
    )

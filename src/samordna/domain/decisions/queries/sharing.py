"""A fair sharing over a balance, and what would make a matter worth it: both told to the coordinator only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from samordna.core.actor import Actor
from samordna.domain.decisions import solving
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.queries.balance import BalanceSeen, Part
from samordna.domain.decisions.queries.tradeoff import Gain, condition_prices_of
from samordna.domain.decisions.sharing import Method, Sharing, by_contribution, nobody_loses

FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One participant in a sharing: what it gets (or pays) and has afterwards."""

    name: str
    before: int
    transfer: int
    after: int


def sharing_of(
    actor: Actor, balance: BalanceSeen, method: Method, at: datetime, patience: float | None = None
) -> Sharing | None:
    """The sharing by one method; None where nothing is weighed, the actor may not read it, or the engine was too slow.

    Raises as `solving.ask` does, also `AtWork` where there is `patience`.
    """
    if not balance.facts.leads or len(balance.nets) < FEWEST:
        return None
    if method is Method.NOBODY_LOSES:
        return nobody_loses(balance.nets)
    problem = question_of(balance.facts.matter, at, reader=actor).problem
    told = solving.ask({"do": "shares"}, problem, queue=actor.organisation_id or "", patience=patience)
    return by_contribution(balance.nets, told.get("shares"))


def rows_of(balance: BalanceSeen, sharing: Sharing) -> tuple[Shared, ...]:
    """The sharing by participant: those who pay the most first."""
    rows = [
        Shared(
            name=part.name,
            before=balance.nets[part.organisation_id],
            transfer=sharing.transfers.get(part.organisation_id, 0),
            after=sharing.after[part.organisation_id],
        )
        for part in balance.parts
        if part.organisation_id in balance.nets
    ]
    return tuple(sorted(rows, key=lambda row: (row.transfer, row.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldChange:
    """What would make it worth it. `aside`: those who had better stand aside, where each is free to; then `net` is reached.

    `gains`: the conditions that cost the whole the most. `widest`: those whose better estimates would say the most.
    """

    lacking: int
    gains: tuple[Gain, ...]
    aside: tuple[str, ...]
    net: int | None
    widest: tuple[Part, ...]


def would_change(actor: Actor, balance: BalanceSeen, at: datetime) -> WouldChange | None:
    """What would change a verdict that it is not, or may not be, worth it. Raises as `sharing_of`."""
    facts, whole = balance.facts, balance.whole
    if not facts.leads or whole is None or whole.verdict == "worth_it":
        return None
    gains = [gain for gain in condition_prices_of(actor, facts, at) if gain.saved > 0 or gain.unlocks]
    problem = question_of(facts.matter, at, reader=actor).problem
    reply = solving.ask(
        {"do": "who_takes_part"}, problem, queue=actor.organisation_id or "", patience=settings.PATIENCE_SECONDS
    )
    answer = reply.get("takes_part") or {}
    members = set(answer.get("members", ()))
    aside = tuple(name for pk, name in facts.names.items() if pk not in members) if members else ()
    return WouldChange(
        lacking=whole.lacking,
        gains=tuple(gains[:3]),
        aside=aside,
        net=answer.get("net") if members else None,
        widest=balance.widest,
    )

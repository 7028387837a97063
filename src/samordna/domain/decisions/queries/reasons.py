"""Conditions as reasons, told to whoever asks: the text to those who may read it, to others only whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.collaborations.access import reach
from samordna.domain.decisions.phrases import owner_name, said
from samordna.domain.decisions.problem import owner_of
from samordna.domain.matters.access import readable_conditions
from samordna.domain.matters.models import Condition, Matter
from samordna.domain.matters.phrases import confidential
from samordna.domain.matters.queries.subjects import subjects_of

FEW = 3  # fewer figures than this can be worked out from their sum by one who knows its own


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableReason:
    """One condition as this reader may see it. `hidden`: stated in confidence, so `sentence` only says whose it is.

    `owner_id` is the organisation's id, or the constant for what is common.
    """

    condition_id: str
    owner_id: str
    owner: str
    sentence: str
    reason: str
    legal_ground: str
    relax_price: int | None
    hidden: bool


def readable_ids(actor: Actor, matter: Matter, at: datetime) -> set[str]:
    """The conditions whose text the actor may read."""
    return set(readable_conditions(actor, matter, at).values_list("pk", flat=True))


def readable_reasons(
    actor: Actor, matter: Matter, at: datetime, condition_ids: Iterable[str] | None = None
) -> dict[str, ReadableReason]:
    """The matter's conditions (all, or these) as the actor may see them, by id; five queries whatever their number.

    Conditions that have been withdrawn since are told as well: a decision may rest on them.
    """
    found = Condition.objects.filter(matter=matter).select_related("position__organisation")
    if condition_ids is not None:
        found = found.filter(pk__in=list(condition_ids))
    readable, subjects = readable_ids(actor, matter, at), subjects_of(matter.pk)
    return {
        condition.pk: _hidden(condition)
        if condition.pk not in readable
        else ReadableReason(
            condition_id=condition.pk,
            owner_id=owner_of(condition),
            owner=owner_name(condition),
            sentence=said(condition, subjects),
            reason=condition.reason,
            legal_ground=condition.legal_ground,
            relax_price=condition.relax_price,
            hidden=False,
        )
        for condition in found
    }


def _hidden(condition: Condition) -> ReadableReason:
    name = owner_name(condition)
    return ReadableReason(
        condition_id=condition.pk,
        owner_id=owner_of(condition),
        owner=name,
        sentence=confidential(name),
        reason="",
        legal_ground="",
        relax_price=None,
        hidden=True,
    )


def readable_balance(actor: Actor, matter: Matter, balance: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A stored balance with the figures of those participants that the actor may read.

    What concerns the whole (`whole`, `cost`, the prices of options) is told where so many have stated figures that none of
    them can be worked out; else it is None.
    """
    if not balance or actor.system or matter.collaboration_id in reach(actor, at)[1]:
        return balance
    own = {pk: figures for pk, figures in balance["participants"].items() if pk == actor.organisation_id}
    seen = balance | {"participants": own, "adaptations": _without_prices(balance["adaptations"], actor.organisation_id)}
    if sum(map(_states_figures, balance["participants"].values())) >= FEW:
        return seen
    return seen | {"whole": None, "cost": None, "option_prices": {}}


def _states_figures(figures: dict[str, Any]) -> bool:
    return any(figures["cost"].values()) or any(figures["benefit"].values()) or bool(figures["own_best_cost"])


def _without_prices(entries: list[dict[str, Any]], organisation_id: str | None) -> list[dict[str, Any]]:
    return [e if e["organisation"] == organisation_id else e | {"going_back": None} for e in entries]


def readable_content(actor: Actor, matter: Matter, content: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A decision's content with its balance as the actor may read it. Confidential conditions are not in it at all."""
    return content | {"balance": readable_balance(actor, matter, content["balance"], at)}

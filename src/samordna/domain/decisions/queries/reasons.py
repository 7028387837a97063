"""Conditions as reasons, told to whoever asks: the text to those who may read it, to others only whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.decisions.phrases import owner_name, said
from samordna.domain.decisions.problem import owner_of
from samordna.domain.matters.access import readable_conditions
from samordna.domain.matters.models import Condition, Matter
from samordna.domain.matters.phrases import confidential
from samordna.domain.matters.queries.subjects import subjects_of


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
    return hidden_reason(owner_of(condition), owner_name(condition))


def hidden_reason(owner_id: str, name: str) -> ReadableReason:
    """Something stated in confidence: whose it is, and not even which."""
    return ReadableReason(
        condition_id="",
        owner_id=owner_id,
        owner=name,
        sentence=confidential(name),
        reason="",
        legal_ground="",
        relax_price=None,
        hidden=True,
    )

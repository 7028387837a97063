"""Conditions as reasons: who stated what and why, or only that somebody has stated something in confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samordna.domain.decisions.queries.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A condition as a reason for something. No owner's name: the coordination's own.

    `hidden`: stated in confidence and not for the actor to read; then there is no sentence, and the page says whose it
    is. `live`: it still holds.
    """

    condition_id: str
    owner: str
    sentence: str = ""
    reason: str = ""
    legal_ground: str = ""
    relax_price: int | None = None
    hidden: bool = False
    confidential: bool = False
    live: bool = True

    @property
    def said(self) -> tuple[str, str, bool]:
        """What it says, apart from whose it is."""
        return (self.sentence, self.reason, self.hidden)


def because_of(facts: Facts, condition_id: str, owner_id: str | None) -> Because:
    """The condition as the actor may read it. `owner_id` is whose it is known to be; None is the coordination."""
    stated = facts.conditions.get(condition_id)
    if stated is None:
        return Because(condition_id="", owner=facts.names.get(owner_id or "", ""), hidden=True)
    return Because(
        condition_id=stated.id,
        owner=facts.names.get(stated.owner_id or "", ""),
        sentence=stated.sentence,
        reason=stated.reason,
        legal_ground=stated.legal_ground,
        relax_price=stated.relax_price,
        confidential=stated.confidential,
        live=stated.live,
    )


def becauses(facts: Facts, ids: Iterable[str], owner_id: str | None) -> tuple[Because, ...]:
    """Several conditions, those in confidence counted once per owner."""
    return tuple(dict.fromkeys(because_of(facts, pk, owner_id) for pk in ids))

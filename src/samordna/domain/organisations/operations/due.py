"""What a host's task does every day: the reorganisations whose day has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.domain.organisations.access import visible_reorganisations
from samordna.domain.organisations.operations.reorganising_steps import carry_out_reorganisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The plans that were carried out, and (id, sentence) of those that could not be, with why not."""

    carried_out: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


def carry_out_due(actor: Actor, at: datetime | None = None) -> Due:
    """Carry out every plan whose day has come, each in a transaction of its own.

    Done again it finds nothing to do, so it may be run as often as one likes, by several at once.
    """
    at = at or clock.now()
    done: list[str] = []
    left: list[tuple[str, str]] = []
    plans = visible_reorganisations(actor, at).filter(carried_out_at__isnull=True, called_off_at__isnull=True)
    for planned in plans.filter(happens_on__lte=clock.day(at)).order_by("happens_on", "planned_at", "pk"):
        try:
            carry_out_reorganisation(actor=actor, reorganisation_id=planned.pk, at=at)
        except (Refused, TooLarge) as why:
            left.append((planned.pk, why.reason))
        else:
            done.append(planned.pk)
    return Due(carried_out=tuple(done), left=tuple(left))

"""What a host's task does every day: the reorganisations whose day has come."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.domain.organisations.access import visible_reorganisations
from samordna.domain.organisations.operations.reorganising_steps import carry_out_reorganisation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The plans that were carried out, and (id, sentence) of those that could not be, with why not."""

    carried_out: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


def carry_out_due(actor: Actor, at: datetime | None = None) -> Due:
    """Carry out every plan whose day has come, each in a transaction of its own: one that breaks off stops no other.

    Done again it finds nothing to do, so it may be run as often as one likes, by several at once.
    """
    at = at or clock.now()
    done: list[str] = []
    left: list[tuple[str, str]] = []
    plans = visible_reorganisations(actor, at).filter(carried_out_at__isnull=True, called_off_at__isnull=True)
    for planned in plans.filter(happens_on__lte=clock.day(at)).order_by("happens_on", "planned_at", "pk"):
        try:
            carry_out_reorganisation(actor=actor, reorganisation_id=planned.pk, at=at)
        except Denied as why:
            left.append((planned.pk, why.reason))
        except Exception:
            log.exception("Reorganisation %s could not be carried out", planned.pk)
            left.append((planned.pk, _("It broke off, and nothing of it was done. The log of the installation says why.")))
        else:
            done.append(planned.pk)
    return Due(carried_out=tuple(done), left=tuple(left))

"""How organisations say that things are done: the documented routines that are theirs, or that their roles answer for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.agreements.enums import RESTING, Standing
from samordna.domain.agreements.queries.pages import document_row, with_versions
from samordna.domain.agreements.queries.rows import DocumentRow

HOLDING = (Standing.IN_FORCE, Standing.COMING)


def routines_of(actor: Actor, organisation_ids: Collection[str], at: datetime) -> dict[str, tuple[DocumentRow, ...]]:
    """The routines and guidelines that hold, or are about to, by organisation, as far as the actor may read them: two
    questions for any number. One that is common stands with the organisation whose role answers for it."""
    ids, on = list(organisation_ids), clock.day(at)
    theirs = Q(organisation_id__in=ids) | Q(organisation__isnull=True, responsible_role__organisation_id__in=ids)
    found: dict[str, list[DocumentRow]] = defaultdict(list)
    rows = visible_agreements(actor, at).filter(theirs, kind__in=RESTING).order_by("name", "pk")
    for given in with_versions(rows):
        row = document_row(given, on)
        if row.standing in HOLDING:
            found[given.organisation_id or given.responsible_role.organisation_id].append(row)
    return {key: tuple(found[key]) for key in ids}

"""Whether anything was left behind by a reorganisation: nothing should be, ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from samordna.domain.organisations.carrying import KINDS, Way, live_things
from samordna.domain.organisations.enums import Outcome
from samordna.domain.organisations.models import Carried, Organisation


def orphans(on: date, organisation_ids: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """(kind, id) of all that is alive on the day, belongs to an organisation that is not, and that nobody is asked about.

    There should be none, after any reorganisations. One query for each kind, and two.
    """
    ended = Organisation.objects.filter(valid_to__lte=on)
    if organisation_ids is not None:
        ended = ended.filter(pk__in=list(organisation_ids))
    gone = list(ended.values_list("pk", flat=True))
    if not gone:
        return []
    resting = Q(outcome__in=[Outcome.JOINS, Outcome.ANEW]) | Q(outcome=Outcome.ASKED, answered_at__isnull=True)
    told = set(Carried.objects.filter(resting, of_id__in=gone).values_list("kind", "thing_id"))
    found = []
    for kind in KINDS.values():
        if kind.way in (Way.LAW, Way.HISTORY) or kind.may_rest:
            continue
        rows = live_things(kind, on).filter(**{f"{kind.path}__in": gone}).values_list("pk", flat=True)
        found += [(kind.name, pk) for pk in rows if (kind.name, pk) not in told]
    return found

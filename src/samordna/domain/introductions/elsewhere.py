"""What somebody has done of a programme in roles at other organisations, which this one does not know of."""

from __future__ import annotations

from datetime import date

from samordna.core.actor import Actor
from samordna.domain.introductions.assigned import learnt_in
from samordna.domain.introductions.lasting import counted_at
from samordna.domain.introductions.models import Programme, Step


def done_elsewhere(actor: Actor, programme: Programme) -> dict[str, date]:
    """The latest day by step, of the steps that are asked for now and that the person has done only elsewhere."""
    if actor.person_id is None or programme.collaboration_id is None:
        return {}
    learnt = learnt_in([programme], [actor.person_id])
    here, counted = learnt.at(actor.organisation_id or "", actor.person_id), counted_at(actor.organisation_id or "")
    there: dict[str, date] = {}
    for (organisation, _person), days in learnt.done.items():
        if organisation not in counted:
            for root, on in days.items():
                there[root] = max(on, there.get(root, on))
    steps = dict(Step.objects.filter(programme=programme, ended_at__isnull=True).values_list("root_id", "pk"))
    return {steps[root]: on for root, on in there.items() if root in steps and root not in here}

"""What it takes to carry out a reorganisation of an organisation that many things touch: seconds, queries, memory.

The same merger with 500 and with 5,000 things: roles, those who hold them, contact paths, collaborations taken part in,
mandates, positions in matters under way, needs and own work. The number of queries should be the same, but for the search
index, which follows in batches: at most one query more for each of its batches.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import Any

from figures_site import temporary_site

COUNTS = (500, 5000)


def main() -> int:
    """Print a line for each size; 1 when the queries grew with the things."""
    with temporary_site():
        queries = [_figures(count) for count in COUNTS]
        from samordna.domain.search.index import BATCH
    few, many = queries
    return int(many - few > (COUNTS[1] - COUNTS[0]) // BATCH)


def _figures(count: int) -> int:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from samordna.core import clock
    from samordna.core.actor import Actor
    from samordna.domain.organisations.models import Carried
    from samordna.domain.organisations.operations import carry_out_reorganisation, plan_reorganisation
    from samordna.domain.organisations.orphans import orphans

    with transaction.atomic():
        town, other = _touched_by(count)
    system = Actor.command("figures")
    planned = plan_reorganisation(
        actor=system,
        organisation_id=town.pk,
        kind="merge",
        others=[other.pk],
        begin=[f"Sammanslagen {count}"],
        happens_on=clock.day(clock.now()),
        ground="Figures",
    )
    planned.sides.update(agreed_at=clock.now())
    before, began, worked = _megabytes(), time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as captured:
        carry_out_reorganisation(actor=system, reorganisation_id=planned.pk)
    seconds, worked, more = time.perf_counter() - began, time.process_time() - worked, _megabytes() - before
    things = Carried.objects.filter(reorganisation=planned).count()
    left = len(orphans(clock.day(clock.now())))
    said = f"{things} things, {seconds:.2f} s ({worked:.2f} s of work), {len(captured)} queries, {more:.0f} MB more"
    said += f", {left} left behind"
    sys.stdout.write(f"reorganisation_{count}: {said}\n")
    return len(captured)


def _megabytes() -> float:
    """The most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _touched_by(count: int) -> tuple[Any, Any]:
    """An organisation that so many things touch, in equal parts, and another one to merge with."""
    from tests import factories as f

    from samordna.domain.adherence.models import OwnWork
    from samordna.domain.collaborations.models import Mandate, PartyNeed
    from samordna.domain.organisations.enums import RoleKind
    from samordna.domain.organisations.models import ContactPath

    town, other = f.organisation(f"Stad {count}"), f.organisation(f"Grannen {count}")
    held = [f.holding(town, RoleKind.OFFICER) for _number in range(count // 8)]
    ContactPath.objects.bulk_create(
        ContactPath(topic="Jour", to_role=one.role, how="Ring", valid_from=f.START) for one in held
    )
    for one in held:
        given = f.collaboration()
        f.participation(given, town)
        f.position(f.matter(given), town)
        said = {"organisation": town, "stated_at": f.NOW}
        PartyNeed.objects.create(collaboration=given, text="Veta", reason="Bemanning", **said)
        OwnWork.objects.create(goal=f.goal(given), what="Ringer", how="Hem", stated_by=one, **said)
        Mandate.objects.create(
            collaboration=given,
            form="own",
            giver=town,
            holder_role=given.coordinator_role,
            wording="Eget",
            source="§ 1",
            valid_from=f.START,
        )
    return town, other


if __name__ == "__main__":
    sys.exit(main())

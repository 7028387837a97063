"""Mitt for a person with two and with forty roles: weight, time, queries and memory; as many queries for both.

Every role is in an organisation of its own that takes part in one of five collaborations, each with four matters that wait
for everybody's answer and a decision in force that nobody has said how it follows; every tenth role coordinates a
collaboration of its own, with a draft. Then the coordinator's page with 3 and with 300 matters.
"""

from __future__ import annotations

import sys
import tracemalloc
from typing import Any

from figures_site import RUNS, asked, say, temporary_site, told

ROLES, MATTERS, COLLABORATIONS = (2, 40), (3, 300), 5


def person_with(roles: int) -> Any:
    """Somebody who holds so many roles."""
    from tests import factories as f
    from tests.domain.adherence.followed import followed

    from samordna.domain.collaborations.models import Collaboration
    from samordna.domain.organisations.enums import RoleKind

    person, given = f.person(), [f.collaboration() for _ in range(COLLABORATIONS)]
    for number in range(roles):
        kind = (RoleKind.REPRESENTATIVE, RoleKind.MANAGER)[number % 2]
        held = f.holding(f.organisation(), kind, person=person)
        f.participation(given[number % COLLABORATIONS], held.role.organisation)
        if number % 10 == 1:
            led = f.collaboration()
            f.holding(led.host, role=led.coordinator_role, person=person)
            f.matter(led, stage="draft")
    for one in Collaboration.objects.filter(pk__in=[one.pk for one in given]):
        members = [row.organisation for row in one.participations.select_related("organisation")]
        followed(given=one, of=members)
        for matter in [f.matter(one) for _ in range(4)]:
            for organisation in members:
                f.position(matter, organisation)
    return person


def coordinator_of(matters: int) -> Any:
    """Somebody who coordinates so many matters that four organisations have not answered in."""
    from tests import factories as f

    from samordna.domain.matters.models import Position

    given = f.collaboration()
    held, area = f.holding(given.host, role=given.coordinator_role), f.area(given)
    members = [f.participation(given).organisation for _ in range(4)]
    made = [f.matter(given, area=area) for _ in range(matters)]
    Position.objects.bulk_create(Position(matter=matter, organisation=one) for matter in made for one in members)
    return held.person


def measure(name: str, person: Any, address: str) -> int:
    """Print the page's figures; returns its number of queries."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    asked(client, address)
    runs = [asked(client, address) for _ in range(RUNS)]
    tracemalloc.start()
    asked(client, address)
    say(f"{name}_memory_mb", f"{tracemalloc.get_traced_memory()[1] / 2**20:.1f}")
    tracemalloc.stop()
    told(name, runs)
    return runs[-1].queries


def main() -> int:
    """Measure; 1 when a page asks the database more often in the larger world."""
    with temporary_site():
        mitt = [measure(f"mitt_{roles}_roles", person_with(roles), "/") for roles in ROLES]
        led = [measure(f"coordinating_{matters}_matters", coordinator_of(matters), "/samordnare/") for matters in MATTERS]
    growing = [name for name, (few, many) in (("mitt", mitt), ("coordinating", led)) if few != many]
    say("mitt_with_growing_queries", f"{len(growing)} {' '.join(growing)}".strip())
    return 1 if growing else 0


if __name__ == "__main__":
    sys.exit(main())

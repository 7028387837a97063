"""One situation against 1,000, 10,000 and 100,000 services: time, queries, memory and growth.

The target: an answer within 200 ms when the services have been laid out, without memory that grows from request to request.
Every service has up to three groups of conditions over age, place, twenty yes-or-no questions and one list.
"""

from __future__ import annotations

import random
import resource
import sys
import time
import tracemalloc
from statistics import median
from typing import Any
from uuid import uuid4

from figures_site import RUNS, asked, say, temporary_site, told

SIZES = (1_000, 10_000, 100_000)
REQUESTS = 200
TARGET_MS = 200


def fill(role: Any, facts: list[Any], wanted: int) -> None:
    """So many services in all."""
    from tests.factories import START

    from samordna.domain.knowledge.models import Edition, Service

    drawn, there = random.Random(wanted), Service.objects.count()
    rows = [
        Service(
            role=role,
            key=uuid4(),
            name=f"Insats {number:06}",
            description="Stöd i vardagen.",
            eligibility=conditions(drawn, facts),
            assured_on=START,
            valid_from=START,
        )
        for number in range(there, wanted)
    ]
    Service.objects.bulk_create(rows, batch_size=2_000)
    Edition.objects.update_or_create(pk=1, defaults={"stamp": f"size{wanted}"[:12]})


def conditions(drawn: random.Random, facts: list[Any]) -> list[dict[str, Any]]:
    """Conditions as they are stored."""
    least = drawn.choice((0, 16, 18, 20, 65))
    groups = [{"together": "all", "criteria": [criterion("age", "number", least=str(least), most=str(least + 47))]}]
    if drawn.random() < 0.7:
        codes = [f"{drawn.randint(1, 25):02}{drawn.randint(10, 90)}" for _ in range(drawn.randint(1, 6))]
        groups.append({"together": "all", "criteria": [criterion("place", "place", one_of=codes)]})
    if drawn.random() < 0.8:
        rows = [criterion(drawn.choice(facts).pk, "yes_no", one_of=["yes"]) for _ in range(drawn.randint(1, 3))]
        groups.append({"together": drawn.choice(("any", "all", "none")), "criteria": rows})
    return groups


def criterion(fact: str, kind: str, **values: Any) -> dict[str, Any]:
    """One condition as it is stored."""
    return {
        "fact": fact,
        "kind": kind,
        "least": "",
        "most": "",
        "one_of": [],
        "negated": False,
        "says": "",
        "ground": "",
    } | values


def measure(client: Any, size: int) -> int:
    """Print the figures of one size; returns the number of queries when warm."""
    body = {"age": "24", "place": "2180", "visa": "open"}
    began = time.perf_counter()
    asked(client, "/verktygslador/vem-kan-hjalpa/", body)
    say(f"match_{size}_first_ms", f"{(time.perf_counter() - began) * 1000:.0f}")
    runs = [asked(client, "/verktygslador/vem-kan-hjalpa/", body) for _ in range(RUNS)]
    told(f"match_{size}", runs)
    alone(size)
    changed(size)
    say(f"match_{size}_within_target", int(median(run.waited for run in runs) < TARGET_MS))
    return runs[-1].queries


def changed(size: int) -> None:
    """One service is reworded: how long it takes until the services are laid out again, and how much of that is work."""
    from samordna.core.fields import new_id
    from samordna.domain.knowledge.models import Edition, Service
    from samordna.domain.knowledge.queries.matched import compiled_services

    one = Service.objects.order_by("name")[size // 2]
    Service.objects.filter(pk=one.pk).update(version=one.version + 1, name=f"Ändrad {size}")
    Edition.objects.update_or_create(pk=1, defaults={"stamp": new_id()})
    began, worked = time.perf_counter(), time.process_time()
    compiled_services()
    say(f"match_{size}_after_one_change_ms", f"{(time.perf_counter() - began) * 1000:.0f}")
    say(f"match_{size}_after_one_change_cpu_ms", f"{(time.process_time() - worked) * 1000:.0f}")
    say("match_memory_most_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def alone(size: int) -> None:
    """The matching itself, without page and database."""
    from decimal import Decimal

    from samordna.core import clock
    from samordna.domain.knowledge.matching import match
    from samordna.domain.knowledge.queries.matched import compiled_services

    compiled, on = compiled_services(), clock.day(clock.now())
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        match(compiled, {"age": Decimal(24), "place": "2180"}, on)
        times.append(time.perf_counter() - began)
    say(f"match_{size}_engine_ms", f"{median(times) * 1000:.1f}")
    tracemalloc.start()
    match(compiled, {"age": Decimal(24), "place": "2180"}, on)
    before, peak = tracemalloc.get_traced_memory()
    say(f"match_{size}_engine_peak_mb", f"{peak / 2**20:.1f}")
    for number in range(REQUESTS):
        match(compiled, {"age": Decimal(number), "place": "2180"}, on)
    say(f"match_{size}_growth_kb_of_{REQUESTS}", f"{(tracemalloc.get_traced_memory()[0] - before) / 1024:.0f}")
    tracemalloc.stop()


def main() -> int:
    """Measure; 1 when a page asks the database more often with more services, or is slower than the target."""
    with temporary_site():
        from django.test import Client
        from tests import factories as f

        from samordna.domain.knowledge.models import Fact

        held = f.holding(f.organisation("Storviks kommun", area_code="2180"))
        facts = [Fact.objects.create(label=f"Fråga {n:02}", kind="yes_no", named_at=f.NOW) for n in range(20)]
        client, queries = Client(), []
        client.force_login(held.person)
        for size in SIZES:
            fill(held.role, facts, size)
            queries.append(measure(client, size))
    say("match_queries_grow", int(len(set(queries)) > 1))
    return int(len(set(queries)) > 1)


if __name__ == "__main__":
    sys.exit(main())

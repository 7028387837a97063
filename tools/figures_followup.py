"""Figures of results: 100,000 taken in at once, taken in again as they are, corrected, and the pages that show them.

`python tools/figures_followup.py [RESULTS]`. Made in a database of its own (SAMORDNA_DATABASE names a PostgreSQL to use
instead): thirty organisations, monthly indicators, as many months as it takes. Then half as many, to see how it grows.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samordna.core.actor import Actor
    from samordna.domain.collaborations.models import Collaboration
    from samordna.domain.followup.reading import Row

RESULTS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ORGANISATIONS, INDICATORS = 30, 60


def told(name: str, value: object) -> None:
    """One figure."""
    sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.flush()


def build() -> tuple[Collaboration, Actor, list[str]]:
    """A collaboration with its indicators, its coordinator and the organisations' names."""
    from tests import factories as f

    from samordna.domain.followup import operations as do

    given = f.collaboration()
    names = [f.participation(given, f.organisation(f"{given.pk} {n}")).organisation.name for n in range(ORGANISATIONS)]
    coordinator, goal = f.coordinator_of(given), f.goal(given, target_on=date(2040, 1, 1))
    for number in range(INDICATORS):
        frame: dict[str, Any] = {"name": f"Mått {number}", "frequency": "month", "unit": "dagar"}
        do.start_indicator(actor=coordinator, goal_id=goal.pk, measured_from=date(2010, 1, 1), **frame)
    return given, coordinator, names


def rows(names: list[str], number: int, more: int = 0) -> list[Row]:
    """So many rows, each for another indicator, organisation and month."""
    from samordna.domain.followup.reading import Row

    found = []
    for at in range(number):
        rest, indicator = divmod(at, INDICATORS)
        month, of = divmod(rest, len(names))
        year, in_year = 2015 + month // 12, month % 12 + 1
        period, value = f"{year}-{in_year:02}", f"{at % 997 + more},5"
        found.append(Row(line=at + 2, indicator=f"Mått {indicator}", organisation=names[of], period=period, value=value))
    return found


def measure(name: str, ask: Callable[[], Any]) -> None:
    """The time of one asking, its database queries, and the largest memory so far."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun, used = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as seen:
        ask()
    told(f"{name}_s", f"{time.perf_counter() - begun:.2f}")
    told(f"{name}_cpu_s", f"{time.process_time() - used:.2f}")
    told(f"{name}_queries", len(seen))
    told(f"{name}_memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def taken(number: int) -> None:
    """Everything for so many results."""
    from samordna.core import clock
    from samordna.domain.followup import operations as do
    from samordna.domain.followup.queries.pages import followup_page, indicator_page

    given, actor, names = build()
    ids: dict[str, Any] = {"actor": actor, "collaboration_id": given.pk}
    typed = rows(names, number)
    measure(f"results_{number}_taken_in", partial(do.record_results, rows=typed, **ids))
    measure(f"results_{number}_the_same_again", partial(do.record_results, rows=typed, **ids))
    some = rows(names, number // 10, more=1)
    measure(f"results_{number}_a_tenth_corrected", partial(do.record_results, rows=some, why="Räknat om", **ids))
    at, one = clock.now(), given.indicators.first()
    measure(f"results_{number}_page", partial(followup_page, actor, given.pk, at))
    measure(f"results_{number}_indicator", partial(indicator_page, actor, one.pk if one else "", at))


def main() -> int:
    """Half first, then all."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ["SAMORDNA_DATA"] = tempfile.mkdtemp(prefix="samordna-figures-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    told("results_database", connection.vendor)
    for number in (RESULTS // 2, RESULTS):
        taken(number)
    return 0


if __name__ == "__main__":
    sys.exit(main())

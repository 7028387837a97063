"""Figures of the dashboard: twenty collaborations, sixty indicators in each, five years of results by month or by quarter.

`python tools/figures_dashboard.py [month|quarter] [COLLABORATIONS] [DIRECTORY]`. Made in a database of its own
(SAMORDNA_DATABASE names a PostgreSQL to use instead), seven organisations that take part in all. First half as many
collaborations, then all, to see how it grows; the time and the memory are those of the page, as a participant and as the
coordinator. With a directory the database stays there, and the next time it is gone on with and measured.
"""

from __future__ import annotations

import gzip
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samordna.core.actor import Actor
    from samordna.domain.followup.models import Indicator
    from samordna.domain.organisations.models import Organisation

FREQUENCY = sys.argv[1] if len(sys.argv) > 1 else "month"
COLLABORATIONS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
INDICATORS, ORGANISATIONS, YEARS = 60, 7, 5
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def told(name: str, value: object) -> None:
    """One figure."""
    sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.flush()


def periods() -> list[tuple[str, date]]:
    """The keys and first days of five years of periods."""
    from samordna.core import clock
    from samordna.domain.followup.periods import period_at

    period, found = period_at(FREQUENCY, clock.day(clock.now())).before, []
    for _each in range(YEARS * (12 if FREQUENCY == "month" else 4)):
        found.append((period.key, period.starts_on))
        period = period.before
    return found


def build(members: list[Organisation]) -> None:
    """One more collaboration with its indicators and results."""
    from django.db import transaction
    from tests import factories as f

    from samordna.domain.followup import operations as do
    from samordna.domain.followup.operations.telling import keep_going
    from samordna.domain.organisations.access import actor_of

    given = f.collaboration()
    for one in members:
        f.participation(given, one)
    who = f.person(email=f"{given.pk}@example.se")  # another each time, also when the database is gone on with
    coordinator = actor_of(f.holding(given.host, role=given.coordinator_role, person=who))
    goal = f.goal(given, target_on=date(2040, 1, 1))
    frame: dict[str, Any] = {"frequency": FREQUENCY, "unit": "dagar", "measured_from": date(2015, 1, 1)}
    first = do.start_indicator(actor=coordinator, goal_id=goal.pk, name="Mått 0", **frame)
    with transaction.atomic():
        those = [first, *alike(first)]
        results(those, members)
        keep_going(one.pk for one in those)


def alike(first: Indicator) -> list[Indicator]:
    """The others, as rows: how they came to be is not what is measured."""
    from samordna.core.fields import new_id
    from samordna.domain.followup.models import Indicator, IndicatorVersion, TargetStep

    def copies(model: Any, of: Any, fields: list[dict[str, Any]]) -> list[Any]:
        same = {each.attname: getattr(of, each.attname) for each in model._meta.concrete_fields}
        return list(model.objects.bulk_create(model(**{**same, "id": new_id(), **one}) for one in fields))

    made = copies(Indicator, first, [{"name": f"Mått {number}"} for number in range(1, INDICATORS)])
    version = first.versions.get()
    versions = copies(IndicatorVersion, version, [{"indicator_id": one.pk} for one in made])
    copies(TargetStep, version.steps.get(), [{"version_id": one.pk} for one in versions])
    return made


def results(those: list[Indicator], members: list[Organisation]) -> None:
    """Five years of results as rows."""
    from samordna.domain.followup.models import Result, ResultValue

    for made in those:
        version = made.versions.get()
        rows = Result.objects.bulk_create(
            Result(indicator=made, organisation=of, period=key, starts_on=starts_on)
            for key, starts_on in periods()
            for of in members
        )
        ResultValue.objects.bulk_create(
            ResultValue(result=row, number=1, version=version, value=20 + at % 37, via="rows", entered_at=AT)
            for at, row in enumerate(rows)
        )


def measure(name: str, actor: Actor) -> None:
    """The page's query and the whole page, as one actor."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from samordna.core import clock
    from samordna.domain.followup.queries.dashboard import dashboard
    from samordna.domain.organisations.models import Person

    begun, used = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as seen:
        page = dashboard(actor, clock.now())
    told(f"{name}_indicators", sum(page.counts.values()))
    told(f"{name}_s", f"{time.perf_counter() - begun:.2f}")
    told(f"{name}_cpu_s", f"{time.process_time() - used:.2f}")
    told(f"{name}_queries", len(seen))
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    client.get("/uppfoljning/")  # addresses and templates are read once in a server's life
    begun, used = time.perf_counter(), time.process_time()
    answer = client.get("/uppfoljning/")
    told(f"{name}_page_cpu_s", f"{time.process_time() - used:.2f}")
    told(f"{name}_page_s", f"{time.perf_counter() - begun:.2f}")
    told(f"{name}_page_kb", f"{len(answer.content) / 1000:.1f}")
    told(f"{name}_page_compressed_kb", f"{len(gzip.compress(answer.content)) / 1000:.1f}")
    told(f"{name}_memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def measure_all() -> None:
    """The page as a participant and as a coordinator, of what there is now."""
    from tests import factories as f

    from samordna.domain.collaborations.models import Collaboration
    from samordna.domain.followup.models import ResultValue
    from samordna.domain.organisations.access import actor_of
    from samordna.domain.organisations.models import Holding, Organisation

    number = Collaboration.objects.count()
    told(f"dashboard_{number}_results", ResultValue.objects.count())
    member = Organisation.objects.get(name="Organisation 0")
    held = Holding.objects.filter(role__organisation=member).order_by("pk").first()
    measure(f"dashboard_{number}_participant", actor_of(held) if held else f.actor(member))
    lead = Holding.objects.filter(role__kind="coordinator").order_by("pk")[0]
    measure(f"dashboard_{number}_coordinator_of_one", actor_of(lead))


def main() -> int:
    """Half first, then all."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    there = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp(prefix="samordna-figures-"))
    there.mkdir(parents=True, exist_ok=True)
    os.environ["SAMORDNA_DATA"] = str(there)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment
    from tests import factories as f

    from samordna.domain.collaborations.models import Collaboration
    from samordna.domain.organisations.models import Organisation

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    told("dashboard_database", connection.vendor)
    names = [f"Organisation {number}" for number in range(ORGANISATIONS)]
    members = list(Organisation.objects.filter(name__in=names).order_by("name")) or [f.organisation(name) for name in names]
    made = Collaboration.objects.count()
    for number in range(made + 1, COLLABORATIONS + 1):
        build(members)
        if number == COLLABORATIONS // 2:
            measure_all()
    measure_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())

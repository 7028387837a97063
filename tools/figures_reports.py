"""Figures of an annual report of a large collaboration: 290 organisations, sixty indicators with three years of results by
quarter, a meeting every week and a hundred decisions.

`python tools/figures_reports.py [ORGANISATIONS] [INDICATORS]`. Made in a database of its own (SAMORDNA_DATABASE names a
PostgreSQL to use instead). What is measured: drawing what is known, the page, the files of a draft, and adopting.
"""

from __future__ import annotations

import gzip
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from samordna.core.actor import Actor
    from samordna.domain.collaborations.models import Collaboration
    from samordna.domain.organisations.models import Organisation

ORGANISATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 290
INDICATORS = int(sys.argv[2]) if len(sys.argv) > 2 else 60
YEAR, QUARTERS, DECISIONS, MEETINGS = 2025, 12, 100, 50
Made = TypeVar("Made")


def told(name: str, value: object) -> None:
    """One figure."""
    sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.flush()


def timed(name: str, work: Callable[[], Made]) -> Made:
    """The work's time by the clock and of the processor."""
    begun, used = time.perf_counter(), time.process_time()
    made = work()
    told(f"report_{name}_cpu_s", f"{time.process_time() - used:.2f}")
    told(f"report_{name}_s", f"{time.perf_counter() - begun:.2f}")
    return made


def measured(given: Collaboration, coordinator: Actor, members: list[Organisation]) -> None:
    """Indicators with results of all, as rows: how they came to be is not what is measured."""
    from tests import factories as f

    from samordna.domain.followup import operations as do
    from samordna.domain.followup.models import Result, ResultValue
    from samordna.domain.followup.periods import period_of

    period, periods = period_of(f"{YEAR}-Q4"), []
    for _each in range(QUARTERS):
        periods.append(period)
        period = period.before
    goals = [f.goal(given, target_on=date(2040, 1, 1)) for _each in range(5)]
    for number in range(INDICATORS):
        frame: dict[str, Any] = {"name": f"Mått {number}", "frequency": "quarter", "unit": "dagar"}
        goal = goals[number % len(goals)].pk
        made = do.start_indicator(actor=coordinator, goal_id=goal, measured_from=date(2015, 1, 1), **frame)
        version = made.versions.get()
        rows = Result.objects.bulk_create(
            Result(indicator=made, organisation=of, period=each.key, starts_on=each.starts_on)
            for each in periods
            for of in members
        )
        ResultValue.objects.bulk_create(
            ResultValue(result=row, number=1, version=version, value=20 + at % 37, via="rows", entered_at=f.NOW)
            for at, row in enumerate(rows)
        )


def met_and_decided(given: Collaboration, coordinator: Actor, members: list[Organisation]) -> None:
    """A forum with a meeting every week, and decisions that have come into force."""
    from tests import factories as f
    from tests.domain.adherence.followed import followed

    from samordna.domain.decisions.models import DecisionVersion
    from samordna.domain.forums import operations as do
    from samordna.domain.forums.models import Meeting

    forum = do.start_forum(actor=coordinator, collaboration_id=given.pk, kind="steering", name="Styrgrupp", at=f.NOW)
    first = datetime(YEAR, 1, 8, 9, tzinfo=UTC)
    for week in range(MEETINGS):
        at = first + timedelta(weeks=week)
        when: dict[str, Any] = {"starts_at": at, "ends_at": at + timedelta(hours=2), "planned_at": at, "held_at": at}
        Meeting.objects.create(forum=forum, state="held", **when)
    for number in range(DECISIONS):
        made = followed(given=given, of=members[:2])
        day = date(YEAR, 1 + number % 12, 1 + number % 28)
        DecisionVersion.objects.filter(pk=made.version.pk).update(in_force_from=day)


def main() -> int:
    """One collaboration, one report."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ["SAMORDNA_DATA"] = tempfile.mkdtemp(prefix="samordna-figures-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment
    from tests import factories as f

    from samordna.core import clock
    from samordna.domain.followup.models import ResultValue
    from samordna.domain.organisations.models import Person
    from samordna.domain.reports import operations as do
    from samordna.domain.reports.queries.pages import report_file

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    told("report_database", connection.vendor)
    given = f.collaboration(valid_from=date(2020, 1, 1))
    members = [f.organisation(f"Organisation {number}") for number in range(ORGANISATIONS)]
    for one in members:
        f.participation(given, one, joined_on=date(2020, 1, 1))
    coordinator = f.coordinator_of(given)
    measured(given, coordinator, members)
    met_and_decided(given, coordinator, members)
    told("report_results", ResultValue.objects.count())
    with CaptureQueriesContext(connection) as seen:
        made = timed("begin", lambda: do.begin_annual_report(actor=coordinator, collaboration_id=given.pk, year=YEAR))
    told("report_begin_queries", len(seen))
    client = Client()
    client.force_login(Person.objects.get(pk=coordinator.person_id))
    client.get("/")  # addresses and templates are read once in a server's life
    page = timed("page", lambda: client.get(f"/rapporter/ar/{made.pk}/"))
    told("report_page_kb", f"{len(gzip.compress(page.content)) / 1000:.0f}")
    files = timed("draft_pdf", lambda: report_file(coordinator, made.pk, "pdf", clock.now()))
    told("report_pdf_kb", len(files[1]) // 1000)
    timed("draft_word", lambda: report_file(coordinator, made.pk, "docx", clock.now()))
    timed("adopt", lambda: do.adopt_report(actor=coordinator, annual_report_id=made.pk, how="Forum"))
    timed("adopted_pdf", lambda: report_file(coordinator, made.pk, "pdf", clock.now()))
    told("report_memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    return 0


if __name__ == "__main__":
    sys.exit(main())

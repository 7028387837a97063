"""Annual reports: the list, a draft that is written, a chapter, and one that is adopted."""

from __future__ import annotations

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.organisations.models import Holding
from samordna.domain.reports import operations as do
from samordna.domain.reports.models import AnnualReport
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.collaborations.setting import Setting, setting
from tests.web.followup.test_charts import measured


def _visit(address: str, actor: Actor) -> Visit:
    return Visit(address=address, holding=Holding.objects.get(pk=actor.holding_id))


def _drawn() -> tuple[Setting, AnnualReport]:
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))  # of two, each would know the other's: no chart
    measured(given, (2025, 1, 31, 40, 50), (2025, 2, 30, 38, 48))
    return given, do.begin_annual_report(actor=given.coordinator, collaboration_id=given.collaboration.pk, year=2025)


@page("annual reports of a collaboration")
def reports() -> Visit:
    given, made = _drawn()
    return _visit(f"/rapporter/{made.collaboration_id}/", given.coordinator)


@page("annual reports where there are none, as one who takes part")
def no_reports() -> Visit:
    given = setting()
    return _visit(f"/rapporter/{given.collaboration.pk}/", given.manager)


@page("an annual report that is written")
def draft() -> Visit:
    given, made = _drawn()
    return _visit(f"/rapporter/ar/{made.pk}/", given.coordinator)


@page("a chapter of an annual report")
def chapter() -> Visit:
    given, made = _drawn()
    return _visit(f"/rapporter/kapitel/{made.chapters.get(kind='goals').pk}/", given.coordinator)


@page("an annual report, to adopt")
def adopting() -> Visit:
    given, made = _drawn()
    return _visit(f"/rapporter/ar/{made.pk}/anta/", given.coordinator)


@page("an annual report that is adopted, as one who takes part")
def adopted() -> Visit:
    given, made = _drawn()
    words = {"actor": given.coordinator, "text": "Fler kommer hem.\n\n- Telefonnumret\n- Kallelsen"}
    do.write_chapter(chapter_id=made.chapters.get(kind="summary").pk, **words)
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Chefsforum den 3 februari 2026, § 4")
    return _visit(f"/rapporter/ar/{made.pk}/", given.manager)


@page("an adopted annual report, to take a whole away from")
def withdrawing() -> Visit:
    given, made = _drawn()
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Chefsforum den 3 februari 2026, § 4")
    return _visit(f"/rapporter/ar/{made.pk}/ta-bort/", given.coordinator)


@page("an annual report, to begin")
def beginning() -> Visit:
    given = setting()
    return _visit(f"/rapporter/{given.collaboration.pk}/borja/", given.coordinator)


@page("an annual report of a year that is not over")
def running() -> Visit:
    given, year = setting(), clock.day(clock.now()).year
    made = do.begin_annual_report(actor=given.coordinator, collaboration_id=given.collaboration.pk, year=year)
    return _visit(f"/rapporter/ar/{made.pk}/", given.coordinator)

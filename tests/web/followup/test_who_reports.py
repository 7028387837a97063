"""Who reports an indicator, on its page: by name while they are few, behind a count when they are many."""

from __future__ import annotations

from datetime import date

import pytest

from samordna.domain.collaborations.models import Participation
from samordna.domain.followup.models import Respondent
from samordna.domain.followup.operations import start_indicator
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.factories import START
from tests.many import taking_part
from tests.reading import shown

pytestmark = pytest.mark.django_db


def asked(given, organisations):
    """An indicator that these report, and nobody else."""
    goal = f.goal(given.collaboration)
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "number_kind": "amount"}
    first = organisations[:1] or [given.own]
    made = start_indicator(
        actor=given.coordinator,
        goal_id=goal.pk,
        measured_from=date(2026, 1, 1),
        respondents=[one.pk for one in first],
        **frame,
    )
    Respondent.objects.bulk_create(
        Respondent(indicator=made, organisation=one, named_at=goal.set_at, starts_on=START) for one in organisations[1:]
    )
    return made


@pytest.mark.parametrize("count", [0, 1, 3, 4, 300])
def test_who_reports_is_told_by_name_or_by_how_many(count):
    given = setting()
    organisations = taking_part(given.collaboration, count)
    made = asked(given, organisations)
    if not count:
        Participation.objects.filter(organisation=given.own).update(left_on=START.replace(month=2))
    page = client_of(given.coordinator).get(f"/uppfoljning/matt/{made.pk}/").content.decode()
    told = page.split("Vem som rapporterar")[1].split("</dd>")[0]
    names = sorted(one.name for one in organisations)
    assert [name in told for name in names] == [True] * count
    behind = "<details" in told
    assert behind == (count > 3)
    if count > 3:
        assert f"{count} organisationer" in told.split("</summary>")[0]
        assert not any(name in told.split("</summary>")[0] for name in names)
    if not count:
        assert shown(told) == "Ingen just nu"


def test_where_all_report_no_names_are_listed():
    given = setting()
    goal = f.goal(given.collaboration)
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "number_kind": "amount"}
    made = start_indicator(actor=given.coordinator, goal_id=goal.pk, measured_from=date(2026, 1, 1), **frame)
    page = client_of(given.coordinator).get(f"/uppfoljning/matt/{made.pk}/").content.decode()
    assert "Alla som deltar" in page.split("Vem som rapporterar")[1].split("</dd>")[0]

"""Charts on the pages of follow-up: decisions on the line of time, organisations side by side, and nothing that leaks."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.core.models import JournalEntry
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.operations.chain import record
from samordna.domain.followup import operations as do
from samordna.domain.followup.reading import Row
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.adherence.followed import followed
from tests.domain.collaborations.setting import client_of, setting
from tests.reading import figures
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def measured(given, *months, **fields):
    """An indicator with figures for own and other for the months (year, month, own, other); None is not told."""
    goal = f.goal(given.collaboration, baseline_on=date(2024, 1, 1), target_on=date(2030, 1, 1))
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "number_kind": "amount"} | fields
    made = do.start_indicator(actor=given.coordinator, goal_id=goal.pk, measured_from=date(2025, 1, 1), **frame)
    rows = [
        Row(line=at, indicator="Väntedagar", organisation=of, period=f"{year}-{month:02}", value=str(value), **more(fields))
        for at, (year, month, *told) in enumerate(months, start=2)
        for of, value in zip(("Havsnäs", "Storstad", "Tredje"), told, strict=False)
        if value is not None
    ]
    do.record_results(actor=given.coordinator, collaboration_id=given.collaboration.pk, rows=rows)
    return made


def more(fields):
    return {"group": "100"} if fields.get("minimum_group", 1) > 1 else {}


def decided(given, on, title):
    """A decision of the collaboration that came into force on a day."""
    made = followed(given=given.collaboration, of=[given.own, given.other])
    Matter.objects.filter(pk=made.matter.pk).update(title=title)
    DecisionVersion.objects.filter(pk=made.version.pk).update(in_force_from=on)
    return made.decision


def page_of(actor, indicator):
    answer = client_of(actor).get(f"/uppfoljning/matt/{indicator.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def wide(page):
    """The drawings as they are where there is room."""
    return "".join(re.findall(r'<svg class="line-chart" data-paper="wide".*?</svg>', page, re.DOTALL))


def test_decisions_in_force_are_marked_on_the_line_of_time_and_listed_under_it():
    given = setting()
    indicator = measured(given, (2025, 1, 30, 40), (2025, 2, 28, 38), (2025, 6, 20, 25))
    early = decided(given, date(2025, 3, 1), "Gemensam utskrivningsrutin")
    late = decided(given, date(2025, 5, 1), "Vardagar hela sommaren")
    decided(given, date(2020, 1, 1), "Långt före mätningen")
    planned = decided(given, clock.day(clock.now()) + timedelta(days=40), "Gäller inte än")
    page = page_of(given.manager, indicator)
    drawn = '<svg class="line-chart" data-paper="wide"'
    assert wide(page).count('<g class="event">') == 2, "on one's own drawing: the whole would give the other's figure away"
    assert page.count(drawn) == 1
    assert wide(page_of(given.coordinator, indicator)).count('<g class="event">') == 2, "on that of the whole"
    listed = page.split('<ol class="events')[1].split("</ol>")[0]
    assert re.findall(r"/beslut/(\w+)/", listed) == [early.pk, late.pk], "in the order of their numbers"
    assert "Vardagar hela sommaren" in listed
    assert planned.pk not in page
    assert "Långt före mätningen" not in page


def test_a_decision_that_was_withdrawn_before_its_day_is_not_marked_and_one_withdrawn_after_is():
    given = setting()
    indicator = measured(given, (2025, 1, 30, 40), (2025, 6, 20, 25))
    told = {}
    for title, day, ended in (("Aldrig i kraft", 3, 2), ("I kraft ett tag", 3, 4)):
        decision = decided(given, date(2025, day, 1), title)
        version = DecisionVersion.objects.select_related("decision__matter").get(decision=decision)
        DecisionVersion.objects.filter(pk=version.pk).update(state="withdrawn")
        record(given.coordinator, version, "decision_withdrawn", clock.now(), reason="Ny lag")
        JournalEntry.objects.filter(subject_id=decision.pk).update(at=clock.noon(date(2025, ended, 1)))
        told[title] = decision.pk
    page = page_of(given.coordinator, indicator)
    assert [title in page for title in told] == [False, True]


def test_a_decision_that_the_reader_may_not_read_is_not_marked():
    given = setting()
    indicator = measured(given, (2025, 1, 30, 40), (2025, 6, 20, 25))
    hidden = decided(given, date(2025, 3, 1), "Bara samordningens")
    Matter.objects.filter(pk=hidden.matter_id).update(stage="draft")
    assert "Bara samordningens" not in page_of(given.manager, indicator)
    assert 'class="event"' not in page_of(given.manager, indicator)


def test_months_that_nobody_told_of_are_a_hole_and_not_a_line():
    given = setting()
    indicator = measured(given, (2025, 1, 30, 40), (2025, 2, 28, 38), (2025, 5, 20, 25), (2025, 6, 19, 25))
    drawing = page_of(given.coordinator, indicator).split('<svg class="line-chart"')[1].split("</svg>")[0]
    assert len(re.findall(r'class="line" d="M[\d L]+"', drawing)) == 2


def test_organisations_stand_side_by_side_only_where_both_have_agreed_to_be_compared():
    given = setting()
    indicator = measured(given, (2025, 1, 31.7, 48.3), (2025, 2, 28.1, 44.9))
    own = page_of(given.manager, indicator)
    assert own.count('class="small-chart"') == 1
    assert "44,9" not in own
    assert "visas inte för dig: Storstad" in own, "those who have not agreed stand there as such, without figures"
    do.agree_to_comparing(actor=given.manager, collaboration_id=given.collaboration.pk)
    assert page_of(given.manager, indicator).count('class="small-chart"') == 1, "one's own word is not enough"
    do.agree_to_comparing(actor=given.other_manager, collaboration_id=given.collaboration.pk)
    compared = page_of(given.manager, indicator)
    assert compared.count('class="small-chart"') == 2
    assert "44,9" in compared
    assert "från 28,1 till 48,3 dagar" in compared, "the scale is said"
    do.withdraw_comparing(actor=given.other_manager, collaboration_id=given.collaboration.pk)
    assert "44,9" not in page_of(given.manager, indicator)
    assert page_of(given.coordinator, indicator).count('class="small-chart"') == 2, "the coordinator sees all"


def test_what_is_hidden_leaves_no_trace_in_scale_places_or_totals():
    given = setting()
    indicator = measured(given, (2025, 1, 31, 9000), (2025, 2, 28, 8000))
    before = page_of(given.manager, indicator)
    drawings = re.findall(r'<svg class="small-chart".*?</svg>', before, re.DOTALL)
    assert {"28", "31"} <= figures(before)
    assert not figures(before) & {"9031", "8028", "9000", "8000"}
    low, high = re.search(r"från ([\d,\xa0]+) till ([\d,\xa0]+) dagar", before).groups()
    assert (low, high) == ("28", "31"), "the scale is made of what is shown"
    assert len(drawings) == 1


def test_the_page_asks_as_many_questions_for_one_decision_as_for_many():
    given = setting()
    indicator = measured(given, (2025, 1, 30, 40), (2025, 6, 20, 25))
    client = client_of(f.actor(given.own, RoleKind.MANAGER))
    decided(given, date(2025, 3, 1), "Ett")
    one = queries(client, f"/uppfoljning/matt/{indicator.pk}/")
    for n in range(15):
        decided(given, date(2025, 3, 2) + timedelta(days=n), f"Nummer {n}")
    assert queries(client, f"/uppfoljning/matt/{indicator.pk}/") == one
    page = client.get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert "4 tidigare beslut är inte utmärkta." in page

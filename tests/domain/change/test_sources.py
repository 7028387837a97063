"""What a chain began from: told to those who may read it there, and to nobody else; walked both ways."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Invalid
from samordna.domain.change import operations as do
from samordna.domain.change.models import Change
from samordna.domain.change.queries import links
from samordna.domain.change.queries.board import open_chains
from samordna.domain.change.queries.later import later_than
from samordna.domain.change.queries.page import chain_page
from samordna.domain.followup import operations as followup
from samordna.domain.followup.models import Result
from samordna.domain.followup.reading import Row
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def measured(given, months=(1, 2)):
    """An indicator with figures of both organisations in these months of last year."""
    today = clock.day(clock.now())
    goal = f.goal(given.collaboration, baseline_on=date(today.year - 2, 1, 1))
    indicator = followup.start_indicator(
        actor=given.coordinator,
        goal_id=goal.pk,
        name="Väntande",
        definition="Antal",
        source="Eget",
        frequency="month",
        unit="personer",
        measured_from=date(today.year - 1, 1, 1),
    )
    for month in months:
        told(given, indicator, month, 41, 52)
    return indicator


def told(given, indicator, month, own, other, why=""):
    period = f"{clock.day(clock.now()).year - 1}-{month:02}"
    rows = [
        Row(line=n, indicator=indicator.name, organisation=of.name, period=period, value=str(level))
        for n, (of, level) in enumerate(((given.own, own), (given.other, other)), start=1)
    ]
    followup.record_results(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, rows=rows, only_right=False, why=why
    )


def test_a_result_that_another_may_not_read_is_not_quoted_in_a_chain_that_it_reads():
    given = setting()
    indicator = measured(given)
    result = Result.objects.filter(organisation=given.own).order_by("starts_on")[0]
    begins = {"kind": "result", "thing_id": result.pk, "said": ""}
    with pytest.raises(Invalid):
        begun(given, given.other_manager, **begins)
    chain, _needs = analysed(given, given.manager, **begins)
    do.share_chain(actor=given.manager, chain_id=chain.pk)
    at = clock.now()
    own = chain_page(given.manager, chain.pk, at).turns[0].start
    assert (own.hidden, own.said) == (False, "41 personer".replace(" ", " "))
    other = chain_page(given.other_manager, chain.pk, at).turns[0].start
    assert (other.hidden, other.said, other.title, other.source) == (True, "", "", None)
    page = client_of(given.other_manager).get(f"/forandring/{chain.pk}/").content.decode()
    assert "Något som du inte får läsa" in page
    assert "41 personer" not in page
    assert [one.id for one in links.of_result(given.manager, result.pk, at).began] == [chain.pk]
    assert [one.id for one in links.of_indicator(given.coordinator, indicator.pk, at).began] == [chain.pk]
    seen = client_of(given.manager).get(f"/uppfoljning/resultat/{result.pk}/").content.decode()
    assert f"/forandring/{chain.pk}/" in seen, "the result leads to its chain"
    assert f"?slag=result&amp;id={result.pk}" in seen, "and to an analysis of its own"


def test_what_is_measured_after_the_change_is_offered_when_its_effect_is_judged():
    given = setting()
    indicator = measured(given)
    lead = given.coordinator
    _chain, (need,) = analysed(given, lead)
    taken(lead, need)
    change = planned(lead, need, measure_kind="indicator", measure_id=indicator.pk, measure_text="")
    do.finish_change(actor=lead, change_id=change.pk)
    assert later_than(lead, change.pk, clock.now()) == ()
    Change.objects.update(closed_at=clock.now() - timedelta(days=800))
    told(given, indicator, 3, 20, 10)
    later = later_than(lead, change.pk, clock.now())
    assert (later[0].text[:11].replace("\u00a0", " "), len(later)) == ("30 personer", 3)
    page = client_of(lead).get(f"/forandring/andring/{change.pk}/effekt/").content.decode()
    assert "30 personer" in page


def test_a_changed_goal_and_its_chain_lead_to_each_other():
    given = setting()
    goal = f.goal(given.collaboration)
    chain, (need,) = analysed(given, given.coordinator)
    taken(given.coordinator, need)
    planned(given.coordinator, need, target_kind="goal", target_id=goal.pk)
    page = client_of(given.manager).get(f"/forandring/{chain.pk}/").content.decode()
    assert f"/uppfoljning/mal/{goal.pk}/" in page
    back = client_of(given.manager).get(f"/uppfoljning/mal/{goal.pk}/").content.decode()
    assert f"/forandring/{chain.pk}/" in back


def test_a_role_that_nobody_holds_is_said_to_be_vacant():
    given = setting()
    role = f.holding(given.own).role
    _chain, (need,) = analysed(given, given.manager)
    taken(given.manager, need)
    planned(given.manager, need, role_id=role.pk)
    assert not open_chains(given.manager, clock.now())[0].waits.vacant
    Holding.objects.filter(role=role).update(valid_to=clock.day(clock.now()))
    assert open_chains(given.manager, clock.now())[0].waits.vacant


def test_a_chain_is_named_after_what_everybody_may_read_of_what_it_began_from():
    given = setting()
    measured(given)
    result = Result.objects.filter(organisation=given.own).order_by("starts_on")[0]
    address = f"/forandring/ny/{given.collaboration.pk}/"
    for reader in (given.coordinator, given.manager):
        page = client_of(reader).get(f"{address}?slag=result&id={result.pk}")
        title = page.context["form"]["title"].value()
        sent = {"kind": "result", "thing_id": result.pk, "key": "", "title": title}
        assert (title, client_of(reader).post(address, sent).status_code) == ("Väntande", 302)
    other = client_of(given.other_manager)
    assert other.get(f"/uppfoljning/resultat/{result.pk}/").status_code == 404
    assert "Havsnäs, januari" not in other.get("/forandring/").content.decode()

"""The whole of an indicator in an annual report: only where no party can work out another's figure from it."""

from __future__ import annotations

from datetime import date

import pytest

from samordna.core import clock
from samordna.domain.collaborations.models import Participation
from samordna.domain.followup.operations import agree_to_comparing
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Organisation
from samordna.domain.organisations.operations import (
    agree_to_reorganisation,
    carry_out_reorganisation,
    plan_reorganisation,
)
from samordna.domain.reports import operations as do
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting, split_off
from tests.reading import figures
from tests.web.followup.test_charts import measured

pytestmark = pytest.mark.django_db
HIDDEN = "Helheten visas inte"
TODAY = clock.day(clock.now())


def three():
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))
    return given


def told_in(given):
    """What the report of 2025 tells of the indicator, and the report."""
    made = do.begin_annual_report(actor=given.coordinator, collaboration_id=given.collaboration.pk, year=2025)
    return next(one for one in made.drawn["chapters"]["goals"] if one["title"] == "Väntedagar"), made


def test_two_parties_cannot_take_each_others_figure_out_of_the_whole():
    given = setting()
    measured(given, (2025, 1, 31, 40))
    told, made = told_in(given)
    assert (told["drawing"], list(told["rows"]), HIDDEN in told["text"]) == (None, [], True)
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi")
    for reader in (given.manager, given.other_manager):
        client = client_of(reader)
        page = client.get(f"/rapporter/ar/{made.pk}/").content.decode()
        body = client.get(f"/api/v1/annual-reports/{made.pk}").content.decode()
        assert ("71" in page.split("Väntedagar")[1][:600], "71 dagar" in body, "71\xa0dagar" in body) == (False,) * 3


def test_three_parties_that_see_nobody_elses_figure_are_told_the_whole():
    given = three()
    measured(given, (2025, 1, 31, 40, 50))
    told, _made = told_in(given)
    assert (HIDDEN in told["text"], "121" in str(told["rows"])) == (False, True)


def test_the_whole_of_a_large_and_two_small_ones_tells_the_large_one_too_much():
    given = three()
    measured(given, (2025, 1, 40, 2, 2), number_kind="count", unit="personer", minimum_group=5)
    assert HIDDEN in told_in(given)[0]["text"]


def test_two_that_are_compared_would_take_the_thirds_figure_out_of_the_whole():
    given = three()
    measured(given, (2025, 1, 31, 40, 50))
    Participation.objects.update(joined_on=date(2025, 1, 1))
    for actor in (given.manager, given.other_manager):
        agree_to_comparing(actor=actor, collaboration_id=given.collaboration.pk)
    assert HIDDEN in told_in(given)[0]["text"]


def test_whoever_has_left_knows_its_own_figure_all_the_same():
    given = setting()
    measured(given, (2025, 1, 31, 40))
    Participation.objects.filter(organisation=given.own).update(joined_on=date(2024, 1, 1), left_on=date(2025, 12, 1))
    assert HIDDEN in told_in(given)[0]["text"]


def merged(given, more=()):
    """The two that the setting has, and more, become one, which so knows what each of them told."""
    managers = [f.actor(one, RoleKind.MANAGER) for one in more]
    plan = plan_reorganisation(
        actor=given.manager,
        organisation_id=given.own.pk,
        kind="merge",
        happens_on=TODAY,
        ground="§ 1",
        others=[given.other.pk, *(one.pk for one in more)],
        begin=["Havsnäs och Storstad"],
    )
    for actor in (given.other_manager, *managers):
        agree_to_reorganisation(actor=actor, reorganisation_id=plan.pk)
    carry_out_reorganisation(actor=given.manager, reorganisation_id=plan.pk)
    return Organisation.objects.get(name="Havsnäs och Storstad")


def test_whoever_has_taken_the_place_of_everybody_who_told_hides_the_whole_for_nobody():
    given = three()
    indicator = measured(given, (2025, 1, 31, 40, 50))
    new = merged(given, [Organisation.objects.get(name="Tredje")])
    for name in ("Fjärde", "Femte"):
        f.participation(given.collaboration, f.organisation(name))
    told, _made = told_in(given)
    assert (HIDDEN in told["text"], "121" in str(told["rows"])) == (False, True), "it knows all three figures"
    for organisation in (new, Organisation.objects.get(name="Fjärde")):
        page = client_of(f.actor(organisation, RoleKind.MANAGER)).get(f"/uppfoljning/matt/{indicator.pk}/")
        assert "121" in figures(page), organisation.name


def test_whoever_only_may_know_what_all_who_told_told_hides_it_still():
    given = setting()
    (chief,) = split_off(given, "Avknoppad")
    f.participation(given.collaboration, f.organisation("Tredje"))
    indicator = measured(given, (2025, 1, 31, None))
    assert HIDDEN in told_in(given)[0]["text"]
    assert "31" not in figures(client_of(chief).get(f"/uppfoljning/matt/{indicator.pk}/"))


def test_whoever_came_after_two_would_take_the_thirds_figure_out_of_the_whole():
    given = three()
    indicator = measured(given, (2025, 1, 31, 40, 50))
    new = merged(given)
    chief = f.actor(new, RoleKind.MANAGER)
    assert HIDDEN in told_in(given)[0]["text"]
    page = client_of(chief).get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert "121" not in figures(page), "nor is it on the page where it is followed"

"""A start in the past asks for the last period that has ended, and for the earlier ones only when somebody wants them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Indicator, Report, Round
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.phrases import period_label
from samordna.domain.followup.queries.missing import asked_of
from samordna.domain.followup.queries.starting import start_of
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
FORM = {
    "name": "Väntedagar",
    "unit": "dagar",
    "number_kind": "amount",
    "aggregation": "sum",
    "frequency": "month",
    "days_to_report": "20",
    "minimum_group": "1",
}


def place():
    """A collaboration in which both have taken part for long."""
    given = setting()
    given.collaboration.participations.update(joined_on=date(2010, 1, 1))
    return given


def goal_of(given):
    today = clock.day(clock.now())
    return f.goal(given.collaboration, baseline_on=today - timedelta(days=900), target_on=today + timedelta(days=400))


def started(given, goal, **fields):
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "number_kind": "amount"} | fields
    return do.start_indicator(actor=given.coordinator, goal_id=goal.pk, **frame)


def months_ago(number):
    period = period_at("month", clock.day(clock.now()))
    for _each in range(number):
        period = period.before
    return period


def opened(given):
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    return list(Round.objects.order_by("starts_on").values_list("period", flat=True))


def test_a_start_in_the_past_opens_the_round_of_the_last_period_that_has_ended_and_no_other():
    given = place()
    made = started(given, goal_of(given), measured_from=months_ago(14).starts_on)
    assert (made.measured_from, made.asked_from) == (months_ago(14).starts_on, months_ago(1).starts_on)
    assert opened(given) == [months_ago(1).key]
    with pytest.raises(Refused):
        opened(given)


def test_the_past_ones_are_opened_when_the_coordinator_asks_for_them_and_a_start_today_opens_none():
    given = place()
    goal = goal_of(given)
    started(given, goal, measured_from=clock.day(clock.now()), name="Från i dag")
    with pytest.raises(Refused):
        opened(given)
    started(given, goal, measured_from=months_ago(14).starts_on, past_rounds=True)
    assert opened(given) == [months_ago(number).key for number in range(14, 0, -1)]


def test_a_round_that_is_there_already_does_not_get_another_question_afterwards():
    given = place()
    goal = goal_of(given)
    first = started(given, goal, measured_from=months_ago(3).starts_on, name="Först")
    opened(given)
    second = started(given, goal, measured_from=months_ago(3).starts_on, name="Sedan")
    assert second.asked_from == months_ago(0).starts_on
    report = Report.objects.get(organisation=given.own)
    assert asked_of(report.round, given.own.pk) == [first], "reported as it was asked for"
    do.save_report(actor=given.manager, report_id=report.pk, answers={first.pk: {"value": "3"}}, submit=True)
    third = started(given, goal, measured_from=months_ago(3).starts_on, name="Även förut", past_rounds=True)
    assert set(asked_of(report.round, given.own.pk)) == {third, first}


@pytest.mark.parametrize(
    ("often", "since", "past", "first", "opens"),
    [
        ("month", date(2026, 11, 5), False, "2026-11", 0),
        ("month", date(2026, 10, 31), False, "2026-10", 1),
        ("month", date(2024, 1, 1), False, "2026-10", 1),
        ("month", date(2026, 1, 20), True, "2026-01", 10),
        ("month", date(2015, 1, 1), True, "2015-01", 24),
        ("quarter", date(2025, 5, 1), True, "2025-Q2", 6),
        ("year", date(2020, 1, 1), False, "2025", 1),
        ("year", date(2027, 3, 1), True, "2027", 0),
    ],
)
def test_what_a_start_opens_follows_from_its_first_day_and_from_how_often_it_is_measured(often, since, past, first, opens):
    given = place()
    start = start_of(given.collaboration, often, since, TODAY, past=past)
    assert (start.first.key, len(start.opens), start.joins) == (first, opens, 0)


def test_a_period_in_which_nobody_of_those_who_report_took_part_opens_no_round():
    given = place()
    given.collaboration.participations.update(joined_on=date(2026, 1, 1))
    given.collaboration.participations.filter(organisation=given.other).update(joined_on=date(2026, 8, 1))
    asked = {"past": True, "respondents": [given.other.pk]}
    assert len(start_of(given.collaboration, "month", date(2025, 1, 1), TODAY, past=True).opens) == 10
    assert len(start_of(given.collaboration, "month", date(2025, 1, 1), TODAY, **asked).opens) == 3


def test_the_form_says_how_many_rounds_open_and_asks_once_more_before_it_opens_several():
    given = place()
    goal, client = goal_of(given), client_of(given.coordinator)
    page = f"/uppfoljning/mal/{goal.pk}/mat/"
    following = period_label(months_ago(0))
    assert f"Ingen rapportomgång öppnas nu. Den första öppnas när {following} är slut." in client.get(page).content.decode()
    since = months_ago(5).starts_on.isoformat()
    asked = client.get(page, {"frequency": "month", "measured_from": since}).content.decode()
    assert f"En rapportomgång öppnas, för {period_label(months_ago(1))}." in asked
    assert "För tidigare perioder begärs inga rapporter." in asked
    assert f'value="{since}"' in asked
    assert asked.index("Vem som rapporterar") < asked.index("Mäts från") < asked.index('id="omgangar"'), "beside the answer"
    said = FORM | {"measured_from": since, "past_rounds": "on"}
    first = client.post(page, said)
    told = first.content.decode()
    assert (first.status_code, Indicator.objects.count()) == (422, 0)
    assert f"5 rapportomgångar öppnas på en gång, från {period_label(months_ago(5))}" in told
    assert 'name="counted" value="5"' in told
    assert "Väntedagar" in told, "what was typed is kept"
    assert client.post(page, said | {"counted": "4"}).status_code == 422
    assert client.post(page, said | {"counted": "5"}).status_code == 302
    assert opened(given) == [months_ago(number).key for number in range(5, 0, -1)]
    again = client.get(page, {"frequency": "month", "measured_from": since, "past_rounds": "on"}).content.decode()
    assert "läggs också till i 5 omgångar som redan finns" in again
    wrong = client.get(page, {"frequency": "ofta", "measured_from": "snart", "respondents": "x"})
    assert (wrong.status_code, "rapportomgång" in wrong.content.decode()) == (200, False)


def test_the_address_says_from_when_it_is_measured_and_nothing_else_and_the_sentence_answers_what_the_form_shows():
    given = place()
    goal, client = goal_of(given), client_of(given.coordinator)
    page = f"/uppfoljning/mal/{goal.pk}/mat/"
    since = months_ago(5).starts_on.isoformat()
    asked = {"measured_from": since, "past_rounds": "on", "name": "Ring 070", "unit": "x" * 90, "counted": "5"}
    shown = client.get(page, asked | {"respondents": [given.own.pk, given.other.pk]}).content.decode()
    assert "5 rapportomgångar öppnas på en gång" in shown, "it is answered though the address does not say how often"
    assert f'value="{since}"' in shown
    assert not [word for word in ("Ring 070", "xxx") if f'value="{word}' in shown], "a link fills in nothing else"
    for each in (given.own.pk, given.other.pk):
        box = shown[shown.index(f'value="{each}"') :]
        assert "checked" in box[: box.index(">")]


def test_a_page_of_rounds_beyond_the_last_is_the_last():
    given = place()
    started(given, goal_of(given), measured_from=months_ago(3).starts_on, past_rounds=True)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    client, page = client_of(given.coordinator), reverse("rounds", args=[given.collaboration.pk])
    for asked in ("2", "99999", "0", "-1"):
        shown = client.get(page, {"sida": asked}).content.decode()
        assert period_label(months_ago(1)) in shown.lower()
        assert "Ingen omgång än" not in shown
        assert "Den första öppnas av sig själv" not in shown


def test_the_form_asks_as_many_questions_for_one_round_as_for_twenty():
    given = place()
    goal, client = goal_of(given), client_of(given.coordinator)
    page = f"/uppfoljning/mal/{goal.pk}/mat/?frequency=month&past_rounds=on&measured_from="
    one = queries(client, page + months_ago(1).starts_on.isoformat())
    assert queries(client, page + months_ago(20).starts_on.isoformat()) == one


def test_the_same_start_by_json_asks_for_the_past_only_where_it_says_so():
    given = place()
    goal, client = goal_of(given), client_of(given.coordinator)
    body = {
        "name": "Väntedagar",
        "frequency": "month",
        "unit": "dagar",
        "measured_from": months_ago(6).starts_on.isoformat(),
    }
    address = f"/api/v1/goals/{goal.pk}/indicators"
    assert client.post(address, body, content_type="application/json").status_code == 201
    more = body | {"name": "Dygn", "past_rounds": True}
    assert client.post(address, more, content_type="application/json").status_code == 201
    asked = dict(Indicator.objects.values_list("name", "asked_from"))
    assert asked == {"Väntedagar": months_ago(1).starts_on, "Dygn": months_ago(6).starts_on}

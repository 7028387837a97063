"""How often it is measured and which way it should go, changed from a day on; what was told keeps its own period."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Invalid
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Indicator, Report, Result, Round
from samordna.domain.followup.periods import period_at, shared_start
from samordna.domain.followup.phrases import period_label
from samordna.domain.followup.queries.drawings import chart_of
from samordna.domain.followup.queries.missing import missing_rounds
from samordna.domain.followup.queries.pages import indicator_page
from samordna.domain.followup.reading import Row
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db
COURSE = {"why": "Glesare räcker", "frequency": "quarter", "direction": "down"}


TURNED = {"why": "Tvärtom", "frequency": "month", "direction": "up"}


def levels(baseline, target):
    """Where it stands and where it is to be, some time apart."""
    today = clock.day(clock.now())
    days = {"baseline_on": today - timedelta(days=30), "target_on": today + timedelta(days=700)}
    return {"baseline": Decimal(baseline), "target": Decimal(target)} | days


def measured(given, **fields):
    """A goal with an indicator that should fall and has been measured for some years."""
    today = clock.day(clock.now())
    days = {"baseline_on": today - timedelta(days=400), "target_on": today + timedelta(days=400)}
    goal = f.goal(given.collaboration, direction="down", baseline=Decimal(100), target=Decimal(20), **days)
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "number_kind": "mean"} | fields
    since = today - timedelta(days=900)
    return do.start_indicator(actor=given.coordinator, goal_id=goal.pk, measured_from=since, past_rounds=True, **frame)


def next_year():
    """The first day of it."""
    return date(clock.day(clock.now()).year + 1, 1, 1)


def told(given, name, *figures):
    rows = [
        Row(line=at, indicator=name, organisation=of, period=period, value=str(value), group="20")
        for at, (of, period, value) in enumerate(figures, start=2)
    ]
    do.record_results(actor=given.coordinator, collaboration_id=given.collaboration.pk, rows=rows)


def address(indicator):
    return f"/uppfoljning/matt/{indicator.pk}/takt/"


@pytest.mark.parametrize(
    ("one", "other", "day", "first"),
    [
        ("month", "quarter", date(2026, 11, 23), date(2027, 1, 1)),
        ("quarter", "month", date(2026, 8, 23), date(2026, 10, 1)),
        ("quarter", "tertial", date(2026, 1, 2), date(2027, 1, 1)),
        ("month", "month", date(2026, 11, 23), date(2026, 12, 1)),
        ("month", "quarter", date(2026, 10, 1), date(2026, 10, 1)),
        ("half", "year", date(2026, 7, 1), date(2027, 1, 1)),
        ("year", "month", date(2026, 12, 15), date(2027, 1, 1)),
    ],
)
def test_a_change_of_how_often_never_begins_before_the_day_that_was_chosen(one, other, day, first):
    assert shared_start(one, other, day) == first == shared_start(other, one, day)


def test_monthly_before_and_quarterly_after_are_both_kept_drawn_and_told_apart():
    given = setting()
    indicator = measured(given)
    since = next_year()
    said = COURSE | {"starts_on": (since - timedelta(days=40)).isoformat()}
    page = client_of(given.coordinator).post(address(indicator), said, follow=True).content.decode()
    assert f"Det gäller från 1 januari {since.year}" in page, "what happened is told"
    assert "Mäts varje kvartal i stället för varje månad" in page
    held = Indicator.objects.get().versions.order_by("number").values_list("frequency", "direction", "starts_on")
    assert list(held) == [("month", "down", None), ("quarter", "down", since)]
    month = period_at("month", clock.day(clock.now())).before
    told(given, "Väntedagar", ("Havsnäs", month.key, 12), ("Storstad", month.key, 14))
    with pytest.raises(Invalid) as wrong:
        told(given, "Väntedagar", ("Havsnäs", period_at("quarter", month.starts_on).key, 9))
    assert "varje månad" in str(wrong.value.fields), "a quarter of the time when it was measured by month"


def after(given, indicator, frequency="quarter", **fields):
    """The frame goes on in another rhythm from a day on that has passed, as it is when time has gone."""
    today = clock.day(clock.now())
    since = period_at(frequency, today).starts_on
    do.change_course(actor=given.coordinator, indicator_id=indicator.pk, **{**COURSE, "starts_on": since}, **fields)
    return since


def test_the_line_is_broken_at_the_seam_and_the_page_says_that_one_compares_with_care():
    given = setting()
    indicator = measured(given)
    since = after(given, indicator)
    month = period_at("month", since).before
    told(
        given,
        "Väntedagar",
        *((of, key, 12) for of in ("Havsnäs", "Storstad") for key in (month.before.key, month.key)),
        *((of, period_at("quarter", since).key, 9) for of in ("Havsnäs", "Storstad")),
    )
    page = indicator_page(given.coordinator, indicator.pk, clock.now())
    (part,) = page.indicator.parts
    assert [moment.period for moment in part.moments] == [month.before.key, month.key, period_at("quarter", since).key]
    drawn = chart_of(part)
    assert len(drawn.chart.marks) == 3
    assert len(drawn.chart.lines) == 1, "no line over the seam"
    text = client_of(given.coordinator).get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert text.count("Jämför försiktigt") == 2, "beside the drawing and as a row of the table"
    assert [seam.on for seam in drawn.seams] == [since]
    assert len(drawn.chart.seams) == len(drawn.chart.narrow.seams) == 1


def test_another_definition_is_a_seam_that_is_drawn_told_and_read_aloud():
    given = setting()
    indicator = measured(given, number_kind="amount", definition="Dygn från beslut till hemgång")
    today = clock.day(clock.now())
    since = period_at("month", today).before.starts_on
    months = [period_at("month", since).before, period_at("month", since)]
    frame = {"unit": "dagar", "number_kind": "amount", "aggregation": "sum", "why": "Ny standard"}
    told(given, "Väntedagar", *((of, key.key, 12) for of in ("Havsnäs", "Storstad") for key in (months[0].before, *months)))
    change = {"actor": given.coordinator, "indicator_id": indicator.pk, "starts_on": since}
    do.change_indicator(definition="Hela dygn från beslut till hemgång", **change, **frame)
    (part,) = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.parts
    drawn = chart_of(part)
    assert (len(drawn.chart.marks), len(drawn.chart.lines)) == (3, 1), "no line over the seam"
    page = client_of(given.coordinator).get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert page.count("Definitionen är en annan. Jämför försiktigt över den dagen. Ny standard") == 2
    label = page.split('role="img" aria-label="')[1].split('"')[0]
    assert label.endswith("mäts det på ett annat sätt")
    table = page.split("<tbody>")[1]
    rows = [table.index(words) for words in (period_label(months[1]), "Definitionen är en annan", period_label(months[0]))]
    assert rows == sorted(rows), "between the periods that it lies between"
    read = client_of(given.coordinator).get(f"/api/v1/indicators/{indicator.pk}").json()["indicator"]["parts"][0]["turns"]
    assert [turn["on"] for turn in read] == [since.isoformat()]


def test_another_unit_begins_its_drawing_with_a_seam():
    given = setting()
    indicator = measured(given, number_kind="amount")
    since = period_at("month", clock.day(clock.now())).before.starts_on
    frame = {"unit": "timmar", "number_kind": "amount", "aggregation": "sum", "why": "Timmar räknas redan"}
    do.change_indicator(actor=given.coordinator, indicator_id=indicator.pk, starts_on=since, **frame)
    told(given, "Väntedagar", *((of, period_at("month", since).key, 90) for of in ("Havsnäs", "Storstad")))
    now = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.now
    assert chart_of(now).seams == (), "nothing was told before it, so nothing is parted from anything"
    told(given, "Väntedagar", *((of, period_at("month", since).before.key, 9) for of in ("Havsnäs", "Storstad")))
    now = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.now
    (seam,) = chart_of(now).seams
    assert (seam.on, seam.letter) == (since, "A")
    assert "En ny del av serien börjar." in seam.sentence
    assert "Timmar räknas redan" in seam.sentence


def test_what_is_added_up_begins_a_new_part_with_its_own_target_when_the_period_is_longer():
    given = setting()
    indicator = measured(given, number_kind="amount")
    since = after(
        given, indicator, baseline=Decimal(90), baseline_on=date(2025, 1, 1), target=Decimal(30), target_on=date(2030, 1, 1)
    )
    month = period_at("month", since).before
    told(given, "Väntedagar", ("Havsnäs", month.key, 12), ("Havsnäs", period_at("quarter", since).key, 36))
    now, before = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.parts
    assert (now.moments[0].period, before.moments[0].period) == (period_at("quarter", since).key, month.key)
    assert (now.baseline, now.target_text) == (Decimal(90), "30 dagar")
    assert before.baseline != now.baseline, "the earlier figures are held against what they were held against"


def test_the_way_it_should_go_is_judged_by_what_was_said_then():
    given = setting()
    indicator = measured(given)
    today = clock.day(clock.now())
    since = period_at("month", today).starts_on
    do.change_course(actor=given.coordinator, indicator_id=indicator.pk, starts_on=since, **TURNED | levels(100, 110))
    then, now = period_at("month", since).before.key, period_at("month", since).key
    told(given, "Väntedagar", *((of, key, 120) for key in (then, now) for of in ("Havsnäs", "Storstad")))
    after, before = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.parts
    assert [moment.way for moment in before.moments] == ["worse"], "more than before was bad then"
    assert [moment.way for moment in after.moments] == ["reached"], "and is good now"
    assert "Siffran ska öka. Tidigare skulle den minska." in after.begins
    goal = client_of(given.manager).get(f"/uppfoljning/mal/{indicator.goal_id}/").content.decode()
    assert "Målet säger att siffran ska minska, men indikatorn ska öka" in goal, "what contradicts itself is said"


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({}, "target", "Utan målvärde"),
        ({"baseline": "100", "baseline_on": "2026-01-01"}, "target", "Utan målvärde"),
        (
            {"baseline": "100", "baseline_on": "2026-01-01", "target": "20", "target_on": "2028-01-01"},
            "target",
            "fel håll",
        ),
        (
            {"baseline": "20", "baseline_on": "2026-06-01", "target": "100", "target_on": "2020-01-01"},
            "target_on",
            "kommer efter",
        ),
    ],
)
def test_another_direction_needs_a_baseline_and_a_target_that_lie_that_way(said, field, sentence):
    given = setting()
    indicator = measured(given)
    body = TURNED | {"starts_on": next_year().isoformat()} | said
    page = client_of(given.coordinator).post(address(indicator), body)
    assert page.status_code == 422
    assert sentence in page.context["form"].errors[field][0]
    assert indicator.versions.count() == 1


def test_a_level_without_the_other_or_against_the_goals_own_rule_is_refused_in_another_frame_too():
    given = setting()
    indicator = measured(given)
    frame = {"starts_on": next_year(), "why": "Nytt", "unit": "dagar", "number_kind": "mean", "aggregation": "weighted"}
    day = date(2026, 6, 1)
    for said, field in (
        ({"baseline": Decimal(90), "baseline_on": day}, "target"),
        ({"target": Decimal(30), "target_on": day}, "baseline"),
        (levels(20, 100), "target"),
        (levels(100, 20) | {"target_on": day - timedelta(days=800)}, "target_on"),
    ):
        with pytest.raises(Invalid) as wrong:
            do.change_indicator(actor=given.coordinator, indicator_id=indicator.pk, **frame, **said)
        assert field in wrong.value.fields


@pytest.mark.parametrize("way", ["change_course", "change_indicator"])
def test_a_change_that_holds_next_year_does_not_judge_todays_figures(way):
    given = setting()
    indicator = measured(given)
    month = period_at("month", clock.day(clock.now())).before
    told(given, "Väntedagar", ("Havsnäs", month.key, 95), ("Storstad", month.key, 95))
    before = indicator_page(given.manager, indicator.pk, clock.now()).indicator.now
    said = levels(60, 50) | {"starts_on": next_year(), "why": "Nytt mål"}
    if way == "change_course":
        said |= {"frequency": "quarter", "direction": "down"}
    else:
        said |= {"unit": "dagar", "number_kind": "mean", "aggregation": "weighted"}
    getattr(do, way)(actor=given.coordinator, indicator_id=indicator.pk, **said)
    now = indicator_page(given.manager, indicator.pk, clock.now()).indicator.now
    assert (now.latest.way, now.baseline, now.steps) == (before.latest.way, before.baseline, before.steps)
    assert now.latest.way != "worse"
    later = clock.now() + timedelta(days=430)
    begun = indicator_page(given.manager, indicator.pk, later).indicator.now
    assert (begun.baseline, begun.target_text) == (Decimal(60), "50 dagar")


def test_a_definition_that_holds_next_year_is_not_told_today():
    given = setting()
    indicator = measured(given, definition="Vardagar")
    frame = {"unit": "dagar", "number_kind": "mean", "aggregation": "weighted", "definition": "Hela dygn", "why": "Rätt"}
    do.change_indicator(actor=given.coordinator, indicator_id=indicator.pk, starts_on=next_year(), **frame)
    for days, told_then in ((0, "Vardagar"), (430, "Hela dygn")):
        page = indicator_page(given.manager, indicator.pk, clock.now() + timedelta(days=days))
        assert page.indicator.now.definition == told_then


def test_a_target_that_is_set_while_a_change_waits_holds_from_today():
    given = setting()
    indicator = measured(given)
    said = COURSE | levels(60, 50) | {"starts_on": next_year()}
    do.change_course(actor=given.coordinator, indicator_id=indicator.pk, **said)
    on = clock.day(clock.now()) + timedelta(days=500)
    do.set_target_step(actor=given.coordinator, indicator_id=indicator.pk, level=Decimal(10), on=on)
    assert indicator_page(given.manager, indicator.pk, clock.now()).indicator.now.target_text == "10 dagar"


def test_a_round_that_asks_for_other_things_as_often_as_it_becomes_does_not_get_it_afterwards():
    given = setting()
    monthly = measured(given)
    yearly = do.start_indicator(
        actor=given.coordinator,
        goal_id=monthly.goal_id,
        name="Platser",
        unit="dagar",
        number_kind="mean",
        frequency="year",
        measured_from=monthly.measured_from,
    )
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    first = Round.objects.filter(frequency="month").order_by("-starts_on").first()
    this_year = date(first.starts_on.year, 1, 1)
    said = COURSE | {"frequency": "month", "starts_on": this_year.isoformat()}
    client = client_of(given.coordinator)
    page = client.post(address(yearly), said)
    assert (page.status_code, "har redan begärts in och ligger kvar" in page.content.decode()) == (422, True)
    chosen = date(first.starts_on.year, 12, 15).isoformat()
    assert client.post(address(yearly), said | {"starts_on": chosen}).status_code == 302
    assert yearly.versions.get(number=2).starts_on == date(first.starts_on.year + 1, 1, 1), "not before the day chosen"
    report = Report.objects.filter(organisation=given.own, round=first).get()
    asked = client_of(given.manager).get(f"/uppfoljning/rapport/{report.pk}/").content.decode()
    assert ("Väntedagar" in asked, "Platser" in asked) == (True, False)


def test_rounds_that_are_open_are_kept_as_they_were_asked_for_and_the_next_are_asked_as_it_is_now():
    given = setting()
    indicator = measured(given)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    opened = Round.objects.order_by("-starts_on").first()
    client = client_of(given.coordinator)
    early = client.post(address(indicator), COURSE | {"starts_on": opened.starts_on.isoformat()})
    assert (early.status_code, "har redan begärts in och ligger kvar" in early.content.decode()) == (422, True)
    assert "Glesare räcker" in early.content.decode(), "what was typed stands"
    later = shared_start("month", "quarter", clock.day(clock.now()) + timedelta(days=120))
    assert client.post(address(indicator), COURSE | {"starts_on": later.isoformat()}).status_code == 302
    report = Report.objects.filter(organisation=given.own, round=opened).get()
    page = client_of(given.manager).get(f"/uppfoljning/rapport/{report.pk}/").content.decode()
    assert "Väntedagar" in page, "what was asked for is still asked for"
    soon = later + timedelta(days=100)
    wanted = {one.period.key for one in missing_rounds(given.collaboration, soon)}
    assert period_at("quarter", later).key in wanted
    assert period_at("month", later).before.key in wanted
    assert period_at("month", later).key not in wanted


def test_those_who_report_are_told_and_nobody_else_may_change_it():
    given = setting()
    indicator = measured(given)
    assert client_of(given.manager).get(address(indicator)).status_code == 403
    said = COURSE | {"starts_on": next_year().isoformat()}
    client = client_of(given.coordinator)
    same = client.post(address(indicator), said | {"frequency": "month"})
    assert (same.status_code, "Så mäts den redan" in same.content.decode()) == (422, True)
    assert client.post(address(indicator), said).status_code == 302
    spread(clock.now())
    told_to = Notice.objects.filter(kind="course_changed").values_list("role__organisation__name", flat=True)
    assert set(told_to) == {"Havsnäs", "Storstad"}
    assert "Väntedagar" in client_of(given.manager).get(reverse("notices")).content.decode()


def test_the_api_changes_it_too_and_refuses_alike():
    given = setting()
    indicator = measured(given)
    client = client_of(given.coordinator)
    there = f"/api/v1/indicators/{indicator.pk}/course"
    body = COURSE | {"starts_on": next_year().isoformat()}
    assert client.post(there, body | {"frequency": "fortnight"}, content_type="application/json").status_code == 422
    made = client.post(there, body, content_type="application/json")
    assert made.status_code == 201
    again = client.post(there, body, content_type="application/json")
    assert again.status_code == 422, "it is measured so already"
    assert Result.objects.count() == 0


def test_a_change_that_has_not_begun_parts_nothing_that_is_drawn_today():
    given = setting()
    indicator = measured(given, number_kind="amount", definition="Vardagar")
    month = period_at("month", clock.day(clock.now())).before
    told(
        given,
        "Väntedagar",
        *(
            (of, key, 12)
            for of in ("Havsnäs", "Storstad")
            for key in (month.before.before.key, month.before.key, month.key)
        ),
    )
    frame = {"unit": "dagar", "number_kind": "amount", "aggregation": "sum", "definition": "Hela dygn", "why": "Rätt"}
    do.change_indicator(actor=given.coordinator, indicator_id=indicator.pk, starts_on=next_year(), **frame)
    drawn = chart_of(indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.now)
    assert (drawn.seams, drawn.chart.seams) == ((), ())
    page = client_of(given.coordinator).get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert "Definitionen är en annan" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_seams_too_early_to_be_marked_are_counted_and_the_table_has_them_all():
    given = setting()
    indicator = measured(given, number_kind="amount", definition="0")
    months = [period_at("month", clock.day(clock.now())).before]
    for _each in range(11):
        months.insert(0, months[0].before)
    told(given, "Väntedagar", *((of, month.key, 12) for of in ("Havsnäs", "Storstad") for month in months))
    frame = {"unit": "dagar", "number_kind": "amount", "aggregation": "sum"}
    for number, month in enumerate(months[1:], start=1):
        said = {"indicator_id": indicator.pk, "starts_on": month.starts_on, "why": f"Skäl nummer {number}."}
        do.change_indicator(actor=given.coordinator, definition=str(number), **said, **frame)
    drawn = chart_of(indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.now)
    assert ([one.letter for one in drawn.seams], drawn.unmarked) == (list("ABCDEFGH"), 3)
    page = client_of(given.coordinator).get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert "3 tidigare skarvar är inte utsatta här. Alla står i tabellen." in page
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert all(f"Skäl nummer {number}." in table for number in range(1, 12))

"""What comes in otherwise than one had thought: the same is read, and the same is refused, by form, by file and by API."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samordna.core import clock
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Report, ResultValue
from samordna.domain.followup.periods import Period, period_at
from samordna.domain.followup.queries.pages import indicator_page
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.reading import figures
from tests.spec.test_T7_N1_N2_parts_and_reviews import HEAD

pytestmark = pytest.mark.django_db
FIELDS = ("value", "numerator", "denominator", "group", "missing")
WAYS = ("form", "file", "api")


class Asked:
    """One organisation that is asked for one figure of a period, and may tell it in three ways."""

    def __init__(self, **frame) -> None:
        self.given = setting()
        today = clock.day(clock.now())
        days = {"baseline_on": today - timedelta(days=400), "target_on": today + timedelta(days=400)}
        goal = f.goal(self.given.collaboration, **days)
        said = (
            {"name": "Mått", "frequency": "month", "unit": "dagar", "measured_from": today - timedelta(days=70)}
            | {"past_rounds": True}
            | frame
        )
        self.indicator = do.start_indicator(actor=self.given.coordinator, goal_id=goal.pk, **said)
        do.open_rounds(actor=self.given.coordinator, collaboration_id=self.given.collaboration.pk)
        self.report = Report.objects.filter(organisation=self.given.own).order_by("round__starts_on").last()
        self.period: Period = period_at("month", today).before
        self.client = client_of(self.given.manager)

    def tell(self, way: str, period: str = "", rows: int = 1, **told: str) -> str:
        """What is answered: "" where it is kept."""
        return getattr(self, f"_{way}")(period or self.period.key, rows, told)

    def _form(self, _period: str, _rows: int, told: dict[str, str]) -> str:
        body = {f"{self.indicator.pk}-{name}": text for name, text in told.items()}
        answer = self.client.post(f"/uppfoljning/rapport/{self.report.pk}/", body | {"submit": "1"})
        return "" if answer.status_code == 302 else answer.content.decode()

    def _file(self, period: str, rows: int, told: dict[str, str]) -> str:
        line = ";".join(["Mått", "Havsnäs", period, *(told.get(name, "") for name in FIELDS)])
        home = f"/uppfoljning/{self.given.collaboration.pk}/las-in/"
        read = self.client.post(home, {"file": SimpleUploadedFile("a.csv", (HEAD + f"{line}\n" * rows).encode())})
        kept = self.client.post(read.headers["Location"], {})
        return "" if kept.status_code == 302 else kept.content.decode()

    def _api(self, period: str, rows: int, told: dict[str, str]) -> str:
        row = {"indicator": "Mått", "organisation": "Havsnäs", "period": period, **told}
        there = f"/api/v1/collaborations/{self.given.collaboration.pk}/results"
        answer = self.client.post(there, {"rows": [row] * rows}, content_type="application/json")
        return "" if answer.status_code == 200 else json.dumps(answer.json(), ensure_ascii=False)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("text", "number"),
    [("3,5", "3.5"), ("1 234,5", "1234.5"), ("1\N{NO-BREAK SPACE}234", "1234"), ("1.234.567", "1234567"), ("-2", "-2")],
)
def test_a_decimal_with_comma_and_thousands_apart_are_read(way, text, number):
    asked = Asked()
    assert asked.tell(way, value=text) == ""
    assert ResultValue.objects.get().value == Decimal(number)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", ["1,234.5.6", "tolv", "3,5 dagar", "1/3", "=1+1"])
def test_what_is_no_number_is_told_and_nothing_is_kept(way, text):
    asked = Asked()
    assert asked.tell(way, value=text)
    assert not ResultValue.objects.exists()


@pytest.mark.parametrize("way", WAYS[1:])
@pytest.mark.parametrize("style", ["{0:%Y-%m-%d}", "{0:%Y%m%d}", "{0.day}/{0.month} {0.year}", "{0:%Y-%m}"])
def test_a_period_is_named_by_a_day_in_four_styles(way, style):
    asked = Asked()
    assert asked.tell(way, period=style.format(asked.period.ends_on), value="4") == ""
    assert ResultValue.objects.get().result.period == asked.period.key


@pytest.mark.parametrize("way", WAYS[1:])
def test_a_day_that_is_none_is_told(way):
    asked = Asked()
    assert "Skriv månaden som" in asked.tell(way, period="31/2 2026", value="4")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"value": "101"}, "högst 100 procent"),
        ({"numerator": "9", "denominator": "8"}, "fler"),
        ({"numerator": "4", "denominator": "8", "value": "70"}, "stämmer inte"),
    ],
)
def test_a_share_over_a_hundred_percent_is_told(way, told, words):
    asked = Asked(unit="procent")
    assert words in asked.tell(way, **told).lower()
    assert not ResultValue.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_unit_changed_in_the_middle_is_a_new_part_and_what_is_told_goes_to_the_part_of_its_period(way):
    asked = Asked()
    since = asked.period.following.starts_on
    frame = {"unit": "timmar", "number_kind": "amount", "aggregation": "sum", "why": "Timmar säger mer"}
    do.change_indicator(actor=asked.given.coordinator, indicator_id=asked.indicator.pk, starts_on=since, **frame)
    assert asked.tell(way, value="4") == ""
    assert ResultValue.objects.get().version.unit == "dagar", "it was days in that period"
    now, before = indicator_page(asked.given.manager, asked.indicator.pk, clock.now()).indicator.parts
    assert (now.unit, len(now.moments), before.unit, len(before.moments)) == ("timmar", 0, "dagar", 1)


@pytest.mark.parametrize("way", WAYS)
def test_what_comes_after_the_report_is_locked_is_told_and_not_kept(way):
    asked = Asked()
    assert asked.tell("form", value="4") == ""
    do.lock_report(actor=asked.given.coordinator, report_id=asked.report.pk)
    answer = asked.tell(way, value="5")
    assert "låst" in answer
    assert [row.value for row in ResultValue.objects.all()] == [4]


@pytest.mark.parametrize("way", WAYS)
def test_the_same_told_twice_is_one_figure_and_another_is_corrected_with_why(way):
    asked = Asked()
    assert asked.tell("form", value="4") == ""
    asked.tell(way, value="4")
    assert ResultValue.objects.count() == 1, "the same once more is no correction"
    assert asked.tell(way, value="5"), "another figure needs to say why"
    assert ResultValue.objects.count() == 1


@pytest.mark.parametrize("way", WAYS[1:])
def test_one_respondent_twice_among_the_rows_is_told_with_both_lines(way):
    asked = Asked()
    assert "gäller redan" in asked.tell(way, rows=2, value="4")
    assert not ResultValue.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_group_of_two_is_kept_and_shown_to_its_own_organisation_alone(way):
    asked = Asked(number_kind="mean", minimum_group=5)
    assert asked.tell(way, value="731", group="2") == ""
    own, lead = asked.client, client_of(asked.given.coordinator)
    page = f"/uppfoljning/matt/{asked.indicator.pk}/"
    assert "731" in figures(own.get(page))
    assert "731" not in figures(lead.get(page))
    api = f"/api/v1/indicators/{asked.indicator.pk}"
    assert "731" not in figures(json.dumps(lead.get(api).json()))
    assert asked.tell(way, value="732").count("hur många") >= 1, "without how many nobody knows whether it may be shown"


def test_a_day_in_four_styles_in_a_form():
    asked = Asked()
    coordinator = client_of(asked.given.coordinator)
    year = clock.day(clock.now()).year + 1
    for style in (f"{year}-02-01", f"{year}0301", f"1/4 {year}", f"1 maj {year}"):
        body = {"level": "12,5", "on": style}
        assert coordinator.post(f"/uppfoljning/matt/{asked.indicator.pk}/mal/", body).status_code == 302
    days = set(asked.indicator.versions.get().steps.values_list("on", flat=True))
    assert {date(year, month, 1) for month in (2, 3, 4, 5)} <= days

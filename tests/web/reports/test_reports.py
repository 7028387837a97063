"""Annual reports: what they hold in odd cases, what is refused in words, and how much they ask of the database."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.domain.followup.drawing import Point, line_chart
from samordna.domain.followup.models import Indicator
from samordna.domain.followup.operations import change_indicator
from samordna.domain.reports import operations as do
from samordna.domain.reports.limits import LONGEST_HOW, LONGEST_TEXT, MOST_ROWS
from samordna.domain.reports.models import AnnualReport, Chapter
from samordna.domain.reports.queries.gathering import gather
from samordna.domain.reports.queries.pages import annual_report_page, report_file
from samordna.domain.reports.queries.tables import table
from samordna.domain.reports.record import Drawing, Known, as_json, from_json
from samordna.domain.reports.rendering.svg import svg_of
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.reading import figures
from tests.web.followup.test_charts import decided, measured
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def begun(given, year=2025):
    return do.begin_annual_report(actor=given.coordinator, collaboration_id=given.collaboration.pk, year=year)


def asked_by(work):
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def test_a_year_of_which_nothing_is_known_is_a_report_all_the_same():
    given = setting()
    made = begun(given, 2001)
    page = client_of(given.coordinator).get(f"/rapporter/ar/{made.pk}/").content.decode()
    for sentence in ("Inget mål gällde", "Inget möte hölls", "Ingen enkät stängdes", "Inget beslut började gälla"):
        assert sentence in page, sentence
    assert report_file(given.coordinator, made.pk, "pdf", clock.now())[1][:5] == b"%PDF-"


def test_refusals_are_sentences_and_what_is_typed_is_kept():
    given = setting()
    made = begun(given)
    client, chapter = client_of(given.coordinator), made.chapters.get(kind="summary")
    long = client.post(f"/rapporter/kapitel/{chapter.pk}/", {"text": "å" * (LONGEST_TEXT + 1)})
    assert (long.status_code, "å" * 100 in long.content.decode()) == (422, True)
    with pytest.raises(Invalid):
        do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="x" * (LONGEST_HOW + 1))
    first, last = made.chapters.order_by("place").first(), made.chapters.order_by("place").last()
    with pytest.raises(Refused, match="redan först"):
        do.move_chapter(actor=given.coordinator, chapter_id=first.pk, earlier=True)
    with pytest.raises(Refused, match="redan sist"):
        do.move_chapter(actor=given.coordinator, chapter_id=last.pk, earlier=False)
    for each in made.chapters.exclude(pk=last.pk):
        do.leave_chapter_out(actor=given.coordinator, chapter_id=each.pk, left_out=True)
    with pytest.raises(Refused, match="minst ett"):
        do.leave_chapter_out(actor=given.coordinator, chapter_id=last.pk, left_out=True)
    odd = client.post(f"/rapporter/kapitel/{first.pk}/flytta/", {"word": "upp"}, follow=True)
    assert "Säg vart kapitlet ska." in odd.content.decode()
    assert client.get(f"/rapporter/ar/{made.pk}/rapport.exe").status_code == 404


def test_chapters_change_places_and_nobody_elses_place_is_lost():
    given = setting()
    made = begun(given)
    before = list(made.chapters.order_by("place").values_list("kind", flat=True))
    third = made.chapters.get(kind=before[2])
    do.move_chapter(actor=given.coordinator, chapter_id=third.pk, earlier=True)
    after = list(Chapter.objects.filter(report=made).order_by("place").values_list("kind", flat=True))
    assert after == [before[0], before[2], before[1], *before[3:]]


def test_another_collaborations_report_is_not_there():
    given, other = setting(), setting(name="En annan")
    made = begun(other)
    client = client_of(given.coordinator)
    assert client.get(f"/rapporter/ar/{made.pk}/").status_code == 404
    assert client.post(f"/rapporter/ar/{made.pk}/anta/", {"how": "Vi"}).status_code == 404
    assert client.get(f"/rapporter/{other.collaboration.pk}/").status_code == 404


def test_only_what_had_happened_by_the_years_end_is_in_it():
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))
    measured(given, (2025, 1, 31, 40, 50), (2026, 1, 777, 888, 999))
    decided(given, date(2026, 2, 1), "Året efter")
    made = begun(given)
    told = str(made.drawn)
    assert "121 dagar" in told
    assert "2664" not in figures(told)
    assert "Året efter" not in told


def test_a_whole_that_is_one_organisations_figure_is_not_in_a_report():
    given = setting()
    measured(given, (2025, 1, 37, None), (2025, 2, 43, None))
    goals = begun(given).drawn["chapters"]["goals"]
    told = next(one for one in goals if one["title"] == "Väntedagar")
    assert (told["drawing"], list(told["rows"])) == (None, [])
    assert "Helheten visas inte" in told["text"]
    assert "43" not in figures(told["text"])


def test_what_was_drawn_comes_back_as_it_was_and_a_long_table_says_what_it_leaves_out():
    chart = {"lines": ["M1 2L3 4"], "unit": "<&"}
    known = Known(title="a", text="b", columns=("c", "d"), rows=(("1", "2"),), drawing=Drawing(chart=chart, label="l"))
    assert from_json(as_json({"goals": [known]})) == {"goals": (known,)}
    with pytest.raises(ValueError, match="not known"):
        from_json({"format": 2, "chapters": {}})
    long = table(("a",), [(str(n),) for n in range(MOST_ROWS + 3)])
    assert (len(long.rows), long.text) == (MOST_ROWS, "3 till visas inte här.")


def test_a_chart_is_drawn_with_nothing_that_could_be_read_as_markup():
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))
    measured(given, (2025, 1, 31, 40, 50), (2025, 2, 28, 38, 48), unit="<b>&dagar")
    drawn = gather(given.collaboration, 2025, "sv", clock.now())["goals"]
    picture = next(svg_of(one.drawing.chart) for one in drawn if one.drawing)
    assert "<b>" not in picture
    assert "&lt;b&gt;&amp;dagar" in picture


def test_a_seam_is_in_the_picture_and_a_report_that_was_kept_before_there_were_any_is_drawn_too():
    points = [Point(on=date(2026, month, 28), label="p", level=Decimal(month), text="x") for month in (1, 2, 3)]
    chart = asdict(line_chart(points, None, (), write=str, seams=[date(2026, 2, 1)]))
    picture = svg_of(chart)
    assert picture.count("<rect") == 1
    assert ">A</text>" in picture
    for new in ("seams", "narrow"):
        del chart[new]
    assert "<rect" not in svg_of(chart)
    page = render_to_string("parts/line_chart.html", {"chart": chart, "label": "l"})
    assert page.count("<svg") == 1, "there is only the wide one"


def test_what_is_a_seam_in_the_series_is_told_in_the_report():
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))
    indicator = measured(given, (2025, 1, 31, 40, 50), (2025, 2, 28, 38, 48), definition="Dygn")
    frame = {"unit": "dagar", "number_kind": "amount", "aggregation": "sum", "why": "Ny standard"}
    day = date(2025, 2, 1)
    change_indicator(actor=given.coordinator, indicator_id=indicator.pk, starts_on=day, definition="Hela dygn", **frame)
    told = [one for one in gather(given.collaboration, 2025, "sv", clock.now())["goals"] if one.drawing]
    assert "A. Från 1 februari 2025: Definitionen är en annan." in told[0].text
    change_indicator(
        actor=given.coordinator, indicator_id=indicator.pk, starts_on=date(2026, 2, 1), definition="Halva dygn", **frame
    )
    again = [one for one in gather(given.collaboration, 2025, "sv", clock.now())["goals"] if one.drawing]
    assert again[0].text == told[0].text, "what comes after the year is not the year's"


def test_drawing_and_reading_ask_as_much_for_many_as_for_one():
    given = setting()
    measured(given, (2025, 1, 31, 40))
    decided(given, date(2025, 3, 1), "Ett")
    made = begun(given)
    client, address = client_of(f.actor(given.own)), f"/rapporter/ar/{made.pk}/"
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi")
    one, draws = queries(client, address), [asked_by(lambda: begun(given, 2024))]
    other = setting(name="Till")
    measured(other, (2025, 1, 31, 40))
    for n in range(6):
        decided(other, date(2025, 3, n + 1), f"Nummer {n}")
    more = begun(other)
    draws.append(asked_by(lambda: begun(other, 2024)))
    assert draws[1] == draws[0], "drawing"
    for chapter in more.chapters.all():
        do.write_chapter(actor=other.coordinator, chapter_id=chapter.pk, text="Ord")
    do.adopt_report(actor=other.coordinator, annual_report_id=more.pk, how="Vi")
    assert queries(client_of(f.actor(other.own)), f"/rapporter/ar/{more.pk}/") == one


def test_the_same_report_gives_the_same_bytes_and_the_api_does_the_same():
    given = setting()
    measured(given, (2025, 1, 31, 40))
    client = client_of(given.coordinator)
    there = f"/api/v1/collaborations/{given.collaboration.pk}/annual-reports"
    answer = client.post(there, {"year": 2025}, content_type="application/json")
    assert answer.status_code == 201, answer.content
    pk = answer.json()["id"]
    first, again = (report_file(given.coordinator, pk, form, clock.now()) for form in ("pdf", "pdf"))
    assert first == again
    chapter = annual_report_page(given.coordinator, pk, clock.now()).chapters[0]
    wrote = client.put(f"/api/v1/chapters/{chapter.id}/text", {"text": "Ord"}, content_type="application/json")
    assert (wrote.status_code, wrote.json()["number"]) == (200, 1)
    assert (
        client.post(f"/api/v1/chapters/{chapter.id}/move", {"earlier": False}, content_type="application/json").status_code
        == 200
    )
    out = client.post(f"/api/v1/chapters/{chapter.id}/leave-out", {"left_out": True}, content_type="application/json")
    assert out.status_code == 200
    assert client.post(f"/api/v1/annual-reports/{pk}/draw").status_code == 200
    done = client.post(f"/api/v1/annual-reports/{pk}/adopt", {"how": "Vi"}, content_type="application/json")
    assert (done.status_code, AnnualReport.objects.get(pk=pk).stage) == (200, "adopted")
    assert client_of(given.manager).get(there).json()["items"][0]["stage"] == "adopted"


def test_a_chapter_has_so_many_versions_and_no_more(monkeypatch):
    monkeypatch.setattr("samordna.domain.reports.operations.writing.MOST_VERSIONS", 1)
    given = setting()
    chapter = begun(given).chapters.first()
    do.write_chapter(actor=given.coordinator, chapter_id=chapter.pk, text="Ett")
    with pytest.raises(Refused, match="Inget är ändrat"):
        do.write_chapter(actor=given.coordinator, chapter_id=chapter.pk, text="Ett ")
    with pytest.raises(TooLarge):
        do.write_chapter(actor=given.coordinator, chapter_id=chapter.pk, text="Två")


def test_figures_go_back_three_years_and_the_plan_reads_none():
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))
    measured(given, *((year, 1, 31, 40, 50) for year in (2022, 2023, 2025)))
    drawn = gather(given.collaboration, 2025, "sv", clock.now())
    (told,) = [one for one in drawn["goals"] if one.title == "Väntedagar"]
    assert (told.beneath, [row[0] for row in told.rows]) == (True, ["januari 2025", "januari 2023"])
    assert drawn["plan"][0].rows[0][1] == "Väntedagar"


def test_what_was_told_of_the_year_afterwards_is_in_its_report():
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))
    indicator = measured(given, (2025, 1, 31, 40, 50))
    Indicator.objects.filter(pk=indicator.pk).update(measured_from=date(2026, 1, 1))
    assert "121" in str(gather(given.collaboration, 2025, "sv", clock.now())["goals"])
    assert "Väntedagar" not in str(gather(given.collaboration, 2024, "sv", clock.now())["goals"])

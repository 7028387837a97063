"""A whole in an adopted report is taken away: a dated note takes its place, and what was adopted keeps its digest."""

from __future__ import annotations

import io
import re
import zipfile
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.models import JournalEntry
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.reports import operations as do
from samordna.domain.reports.models import AdoptedReport, AnnualReport, Withdrawn
from tests.domain.collaborations.setting import client_of
from tests.reading import figures, shown
from tests.web.followup.test_charts import measured
from tests.web.reports.test_report_wholes import merged, three, told_in

pytestmark = pytest.mark.django_db
WHY = "Två av de tre är en organisation sedan i dag"


def adopted(given):
    """A report that tells the whole of three, and where that stands in it."""
    measured(given, (2025, 1, 31, 40, 50))
    told, made = told_in(given)
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi")
    return made, next(at for at, one in enumerate(made.drawn["chapters"]["goals"]) if one == told)


def text_of(client, made):
    """The words of the Word file."""
    answer = client.get(f"/rapporter/ar/{made.pk}/rapport.docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        return shown(opened.read("word/document.xml"))


def pdf(client, made):
    return client.get(f"/rapporter/ar/{made.pk}/rapport.pdf").content


def test_a_whole_from_before_a_merger_is_taken_away_and_a_dated_note_stands_in_its_place():
    given = three()
    made, place = adopted(given)
    reader, lead = client_of(given.superior_manager), client_of(given.coordinator)
    before = pdf(lead, made)
    page = lead.get(f"/rapporter/ar/{made.pk}/")
    assert ("121" in figures(page), "Ta bort en helhet" in page.content.decode()) == (True, True)
    assert "Ta bort en helhet" not in reader.get(f"/rapporter/ar/{made.pk}/").content.decode()
    merged(given)
    address = f"/rapporter/ar/{made.pk}/ta-bort/"
    assert "Väntedagar (skulle inte visas i dag)" in lead.get(address).content.decode()
    assert lead.post(address, {"piece": f"goals:{place}", "reason": WHY}).status_code == 302
    today = clock.now()
    for client in (lead, reader):
        page = client.get(f"/rapporter/ar/{made.pk}/")
        assert "121" not in figures(page)
        assert f"togs bort {today.day} november {today.year}: {WHY}" in shown(page)
        assert ("121" in text_of(client, made), WHY in text_of(client, made)) == (False, True)
        body = client.get(f"/api/v1/annual-reports/{made.pk}").json()
        assert "121" not in str(body["chapters"])
        assert body["digest"] == sha256(before).hexdigest(), "what was adopted keeps its digest"
        assert [(one["title"], one["reason"]) for one in body["withdrawn"]] == [("Väntedagar", WHY)]
        assert body["withdrawn"][0]["digest"] == sha256(pdf(client, made)).hexdigest() != body["digest"]
    assert "Ta bort en helhet" not in lead.get(f"/rapporter/ar/{made.pk}/").content.decode(), "no whole is left"
    assert bytes(AdoptedReport.objects.get().pdf) == before, "nothing is deleted"
    assert "121" in str(AnnualReport.objects.get().drawn)


def test_those_who_take_part_are_told_and_it_is_in_the_journal():
    given = three()
    made, place = adopted(given)
    while spread(clock.now()):
        pass
    said = {"annual_report_id": made.pk, "kind": "goals", "place": place, "reason": WHY}
    do.withdraw_from_report(actor=given.coordinator, **said)
    while spread(clock.now()):
        pass
    told = Notice.objects.filter(kind="annual_report_withdrawn").values_list("person_id", flat=True)
    assert {given.manager.person_id, given.other_manager.person_id} <= set(told)
    entry = JournalEntry.objects.get(action="annual_report_withdrawn")
    assert entry.collaboration_id == given.collaboration.pk


def test_what_is_no_whole_is_refused_and_what_was_typed_is_kept():
    given = three()
    made, place = adopted(given)
    lead, address = client_of(given.coordinator), f"/rapporter/ar/{made.pk}/ta-bort/"
    for wrong in ({"piece": "goals:99", "reason": WHY}, {"piece": "purpose:0", "reason": WHY}, {"piece": f"goals:{place}"}):
        answer = lead.post(address, wrong)
        assert answer.status_code == 422, wrong
        assert wrong.get("reason", "") in answer.content.decode()
    call = "/api/v1/annual-reports/{}/withdraw"
    body = {"kind": "purpose", "place": 0, "reason": WHY}
    refused = lead.post(call.format(made.pk), body, content_type="application/json")
    assert refused.status_code == 422
    whole = body | {"kind": "goals", "place": place}
    assert lead.post(call.format(made.pk), whole, content_type="application/json").status_code == 201
    assert lead.post(call.format(made.pk), whole, content_type="application/json").status_code == 422, "once"
    assert Withdrawn.objects.count() == 1
    assert client_of(given.manager).get(address).status_code == 403
    assert client_of(given.manager).post(address, {"piece": "goals:1", "reason": WHY}).status_code == 403


def test_nothing_is_taken_away_from_a_draft():
    given = three()
    measured(given, (2025, 1, 31, 40, 50))
    made = told_in(given)[1]
    answer = client_of(given.coordinator).post(
        f"/api/v1/annual-reports/{made.pk}/withdraw",
        {"kind": "goals", "place": 1, "reason": WHY},
        content_type="application/json",
    )
    assert (answer.status_code, "utkast" in answer.content.decode()) == (409, True)
    page = client_of(given.coordinator).get(f"/rapporter/ar/{made.pk}/").content.decode()
    assert "Ta bort en helhet" not in page


def test_the_page_takes_as_many_questions_with_many_notes_as_with_one():
    given = three()
    made, place = adopted(given)
    do.withdraw_from_report(actor=given.coordinator, annual_report_id=made.pk, kind="goals", place=place, reason=WHY)
    client, counted = client_of(given.manager), []
    for more in (0, 30):
        for n in range(more):
            said = {"title": f"Mått {n}", "reason": WHY, "withdrawn_at": clock.now(), "pdf": b"", "word": b""}
            Withdrawn.objects.create(report=made, kind="goals", place=100 + n, **said)
        client.get(f"/rapporter/ar/{made.pk}/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/rapporter/ar/{made.pk}/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_buttons_of_its_forms_are_in_swedish():
    given = three()
    measured(given, (2025, 1, 31, 40, 50))
    made, lead = told_in(given)[1], client_of(given.coordinator)
    chapter = made.chapters.get(kind="goals")
    pages = [lead.get(f"/rapporter/{address}/") for address in (f"ar/{made.pk}/anta", f"kapitel/{chapter.pk}")]
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi")
    pages.append(lead.get(f"/rapporter/ar/{made.pk}/ta-bort/"))
    for page, button in zip(pages, ("Anta", "Spara", "Ta bort"), strict=True):
        assert re.search(rf"<button[^>]*>\s*{button}\s*</button>", page.content.decode()), button


def test_the_contents_lead_to_each_chapter_and_back_and_what_a_drawing_says_is_folded():
    given = three()
    measured(given, *((2025, month, 31, 40, 50) for month in range(1, 5)))
    made = told_in(given)[1]
    page = client_of(given.coordinator).get(f"/rapporter/ar/{made.pk}/").content.decode()
    contents, body = page.split('id="innehall"')[1].split("</nav>")[0], page.split('class="report-body"')[1]
    leads = re.findall(r'href="#(\w+)"', contents)
    assert leads == re.findall(r'<section class="chapter" id="(\w+)"', body)
    assert len(leads) == 10
    assert 'href="#innehall"' in body
    folded = re.search(r"<details.*?</details>", body.partition("Väntedagar")[2], re.DOTALL)
    assert folded is not None
    assert "121" in figures(folded[0])
    assert "Siffrorna som tabell" in folded[0].split("</summary>")[0]

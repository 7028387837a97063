"""F5, T7: evaluated regularly: the year's report and the next year's plan are drawn from what is known, and adopted."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document as Word

from samordna.core import clock
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.models import Participation
from samordna.domain.reports.models import AnnualReport, ChapterText
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.web.followup.test_charts import decided, measured

pytestmark = pytest.mark.django_db


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def words_of(content):
    """Every paragraph and cell of a Word file."""
    word = Word(BytesIO(content))
    told = [paragraph.text for paragraph in word.paragraphs]
    return "\n".join(told + [cell.text for table in word.tables for row in table.rows for cell in row.cells])


def test_f5_the_years_report_is_drawn_written_on_adopted_and_read_by_all_parties():
    given = setting(purpose="Ingen ska vänta på sjukhus i onödan.")
    Participation.objects.update(joined_on=date(2024, 1, 1))
    f.participation(given.collaboration, f.organisation("Tredje"))
    measured(given, (2025, 1, 31, 9000, 40), (2025, 2, 28, 8000, 40), (2025, 6, 20, 7000, 40))
    decided(given, date(2025, 3, 1), "Gemensam utskrivningsrutin")
    decided(given, date(2024, 3, 1), "Rutin sedan tidigare")
    coordinator, own = client_of(given.coordinator), client_of(given.manager)
    home = f"/rapporter/{given.collaboration.pk}/"
    assert own.post(f"{home}borja/", {"year": "2025"}).status_code == 403
    late = coordinator.post(f"{home}borja/", {"year": "2525"})
    assert (late.status_code, "Skriv ett år mellan 2000" in late.content.decode()) == (422, True)
    address = coordinator.post(f"{home}borja/", {"year": "2025"}).headers["Location"]
    again = coordinator.post(f"{home}borja/", {"year": "2025"})
    assert (again.status_code, "redan en rapport" in again.content.decode()) == (422, True)

    draft = read(coordinator, address)
    for text in ("Ingen ska vänta på sjukhus i onödan.", "Havsnäs", "Väntedagar", '<svg class="line-chart"'):
        assert text in draft, text
    began, since = draft.split("Började gälla under året", 1)[1].split("Gällde redan", 1)
    assert ("Gemensam utskrivningsrutin" in began, "Rutin sedan tidigare" in since) == (True, True)
    assert own.get(address).status_code == 404, "a draft is the coordinator's"
    assert own.get(f"{address}rapport.pdf").status_code == 404
    assert own.get(home).content.decode().count(address) == 0

    report = AnnualReport.objects.get()
    chapter = report.chapters.get(kind="goals")
    write = f"/rapporter/kapitel/{chapter.pk}/"
    assert coordinator.post(write, {"text": "Sommaren blev tung."}).status_code == 302
    drawn = coordinator.post(f"{address}hamta/")
    assert (drawn.status_code, "Sommaren blev tung." in read(coordinator, address)) == (302, True)
    assert coordinator.post(f"/rapporter/kapitel/{chapter.pk}/flytta/", {"word": "earlier"}).status_code == 302
    cost = report.chapters.get(kind="cost")
    assert coordinator.post(f"/rapporter/kapitel/{cost.pk}/flytta/", {"word": "out"}).status_code == 302
    marked = coordinator.get(f"{address}rapport.docx")
    assert "UTKAST: inte antagen" in words_of(marked.content)
    assert "Vad det tar" not in words_of(marked.content)
    assert coordinator.post(f"{address}anta/", {"how": ""}).status_code == 422
    assert coordinator.post(f"{address}anta/", {"how": "Chefsforum, § 4"}).status_code == 302

    adopted = read(own, address)
    for text in ("Sommaren blev tung.", "Chefsforum, § 4", "Väntedagar"):
        assert text in adopted, text
    assert "Vad det tar" not in adopted, "what is left out is left out for everybody"
    first = own.get(f"{address}rapport.pdf")
    assert (first.headers["Content-Type"], first.content[:5]) == ("application/pdf", b"%PDF-")
    told = words_of(own.get(f"{address}rapport.docx").content)
    for text in ("Sommaren blev tung.", "Gemensam utskrivningsrutin", "Havsnäs", "Plan för året"):
        assert text in told, text
    assert "UTKAST" not in told
    for refused in (write, f"{address}hamta/", f"{address}anta/"):
        coordinator.post(refused, {"text": "Efteråt", "how": "Igen"})
    assert ChapterText.objects.count() == 1, "adopted, nothing in it changes"
    assert own.get(f"{address}rapport.pdf").content == first.content, "the very bytes that were adopted"
    assert {"annual_report_begun", "annual_report_adopted"} <= set(JournalEntry.objects.values_list("action", flat=True))
    assert "antog en årsrapport" in read(coordinator, f"/journal/?samverkan={given.collaboration.pk}")


def test_f5_the_report_is_made_of_what_all_parties_may_see():
    given = setting()
    f.participation(given.collaboration, f.organisation("Tredje"))
    measured(given, (2025, 1, 31, 9000, 40), (2025, 2, 28, 8000, None))
    made = client_of(given.coordinator).post(f"/rapporter/{given.collaboration.pk}/borja/", {"year": "2025"})
    page = read(client_of(given.coordinator), made.headers["Location"])
    body = client_of(given.coordinator).get(
        f"/api/v1{made.headers['Location'].replace('/rapporter/ar', '/annual-reports')[:-1]}"
    )
    assert body.status_code == 200
    for figure in ("9000", "9\xa0000", "8\xa0000"):
        assert figure not in page, "one organisation's own figure, which the coordinator sees elsewhere"
        assert figure not in body.content.decode()
    assert "9\xa0071" in page, "the whole of three, of which each sees its own alone"
    assert "8\xa0028" not in page, "the whole of two, where each would know the other's"


def test_t7_two_writers_at_once_lose_nothing():
    given = setting()
    coordinator = client_of(given.coordinator)
    coordinator.post(f"/rapporter/{given.collaboration.pk}/borja/", {"year": str(clock.day(clock.now()).year)})
    chapter = AnnualReport.objects.get().chapters.get(kind="summary")
    address = f"/rapporter/kapitel/{chapter.pk}/"
    seen = coordinator.get(address).content.decode().split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert coordinator.post(address, {"text": "Den förstas ord.", "seen": seen}).status_code == 302
    second = coordinator.post(address, {"text": "Den andras ord.", "seen": seen})
    page = second.content.decode()
    assert (second.status_code, "Den förstas ord." in page, "Den andras ord." in page) == (422, True, True)
    now = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    both = "Den förstas ord.\n\nDen andras ord."
    assert coordinator.post(address, {"text": both, "seen": now}).status_code == 302
    assert list(ChapterText.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert "Version 1" in coordinator.get(address).content.decode(), "what it has said before is kept"

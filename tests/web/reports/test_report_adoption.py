"""Adopting is for good: it asks what one has read, waits for the year to end, and is the first that others hear of it."""

from __future__ import annotations

import pytest

from samordna.core import clock
from samordna.core.errors import Overtaken, Refused
from samordna.core.models import JournalEntry
from samordna.domain.reports import operations as do
from samordna.domain.reports.models import AnnualReport
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def begun(given, year=2025):
    return do.begin_annual_report(actor=given.coordinator, collaboration_id=given.collaboration.pk, year=year)


def seen_in(page):
    return page.split('name="seen"')[1].split('value="')[1].split('"')[0]


def changes(given, made):
    chapter = made.chapters.get(kind="summary")
    by = {"actor": given.coordinator, "chapter_id": chapter.pk}
    yield lambda: do.write_chapter(text="Den andras ord", **by)
    yield lambda: do.leave_chapter_out(left_out=True, **by)
    yield lambda: do.move_chapter(earlier=False, **by)
    yield lambda: do.draw_report_again(actor=given.coordinator, annual_report_id=made.pk)


def test_what_was_changed_meanwhile_is_not_adopted_unread():
    given = setting()
    made = begun(given)
    client, address = client_of(given.coordinator), f"/rapporter/ar/{made.pk}/"
    for change in changes(given, made):
        page = client.get(address).content.decode()
        link = page.split(f"{address}anta/?sett=")[1].split('"')[0]
        change()
        form = client.get(f"{address}anta/?sett={link}").content.decode()
        refused = client.post(f"{address}anta/", {"how": "Forum, § 4", "seen": seen_in(form)})
        text = refused.content.decode()
        assert (refused.status_code, "Läs den igen" in text, "Forum, § 4" in text) == (422, True, True)
        with pytest.raises(Overtaken):
            do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi", seen=link)
    assert AnnualReport.objects.get().stage == "draft"
    body = client.get(f"/api/v1/annual-reports/{made.pk}").json()
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi", seen=body["fingerprint"])
    assert client_of(given.manager).get(f"/api/v1/annual-reports/{made.pk}").json()["fingerprint"] == ""


def test_a_year_that_is_not_over_is_not_adopted():
    given = setting()
    made = begun(given, clock.day(clock.now()).year)
    with pytest.raises(Refused, match="Året är inte slut"):
        do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi")
    client = client_of(given.coordinator)
    answer = client.post(f"/rapporter/ar/{made.pk}/anta/", {"how": "Vi"})
    assert (answer.status_code, "Året är inte slut" in answer.content.decode()) == (422, True)


def test_that_there_is_a_draft_is_not_told_to_others():
    given = setting()
    made = begun(given)
    for change in changes(given, made):
        change()
    address = f"/journal/?samverkan={given.collaboration.pk}"
    assert "årsrapport" not in client_of(given.manager).get(address).content.decode()
    assert JournalEntry.objects.filter(subject_kind="annual_report", subject_id=made.pk).count() == 5, "all is kept"
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi")
    assert "antog en årsrapport" in client_of(given.manager).get(address).content.decode()

"""Adopting is for good: it asks what one has read, waits for the year to end, and is the first that others hear of it."""

from __future__ import annotations

import pytest

from samordna.core import clock
from samordna.core.errors import Overtaken, Refused
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.models import Participation
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.reports import operations as do
from samordna.domain.reports.models import AnnualReport, ChapterText
from tests import factories as f
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


def test_the_button_to_adopt_comes_when_the_year_is_over_and_the_page_says_when():
    given = setting()
    year = clock.day(clock.now()).year
    running, over = begun(given, year), begun(given, year - 1)
    client = client_of(given.coordinator)
    page = client.get(f"/rapporter/ar/{running.pk}/").content.decode()
    assert (f"/rapporter/ar/{running.pk}/anta/" in page, f"från 1 januari {year + 1}" in page) == (False, True)
    page = client.get(f"/rapporter/ar/{over.pk}/").content.decode()
    assert (f"/rapporter/ar/{over.pk}/anta/" in page, "Den kan antas från" in page) == (True, False)
    told = client.get(f"/api/v1/annual-reports/{running.pk}").json()["adoptable_from"]
    assert (told, client.get(f"/api/v1/annual-reports/{over.pk}").json()["adoptable_from"]) == (f"{year + 1}-01-01", None)


def test_those_who_take_part_are_told_once_when_it_is_adopted_and_nobody_of_the_draft():
    given = setting()
    left = f.participation(given.collaboration, f.organisation("Har lämnat"))
    gone = f.actor(left.organisation, RoleKind.MANAGER)
    Participation.objects.filter(pk=left.pk).update(left_on=clock.day(clock.now()))
    made = begun(given)
    spread(clock.now())
    assert not Notice.objects.filter(about="annual_report").exists(), "a draft is told of to nobody"
    do.adopt_report(actor=given.coordinator, annual_report_id=made.pk, how="Vi")
    while spread(clock.now()):
        pass
    told = Notice.objects.filter(kind="annual_report_adopted").values_list("person_id", flat=True)
    assert sorted(told) == sorted({given.manager.person_id, given.other_manager.person_id})
    page = client_of(given.manager).get("/aviseringar/", follow=True).content.decode()
    assert ("Årsrapporten och planen är antagna" in page, "Årsrapport 2025 och plan 2026" in page) == (True, True)
    notice = Notice.objects.get(kind="annual_report_adopted", person=given.manager.person_id)
    opened = client_of(given.manager).post(f"/aviseringar/{notice.pk}/")
    assert opened.headers["Location"] == f"/rapporter/ar/{made.pk}/"
    assert "Årsrapport" not in client_of(gone).get("/aviseringar/", follow=True).content.decode().split("<main")[1]


def test_what_is_drawn_anew_leaves_every_word_and_the_arrangement_as_they_were():
    given = setting()
    made = begun(given)
    for n, chapter in enumerate(made.chapters.all()):
        for text in (f"Först {n}", f"Sedan {n}"):
            do.write_chapter(actor=given.coordinator, chapter_id=chapter.pk, text=text)
    do.leave_chapter_out(actor=given.coordinator, chapter_id=made.chapters.get(kind="cost").pk, left_out=True)
    do.move_chapter(actor=given.coordinator, chapter_id=made.chapters.get(kind="plan").pk, earlier=True)
    kept = [list(ChapterText.objects.values_list("chapter_id", "number", "text", "written_at"))]
    kept.append(list(made.chapters.order_by("place").values_list("pk", "kind", "left_out")))
    do.draw_report_again(actor=given.coordinator, annual_report_id=made.pk)
    assert kept[0] == list(ChapterText.objects.values_list("chapter_id", "number", "text", "written_at"))
    assert kept[1] == list(made.chapters.order_by("place").values_list("pk", "kind", "left_out"))
    page = client_of(given.coordinator).get(f"/rapporter/ar/{made.pk}/").content.decode()
    assert all(f"Sedan {n}" in page for n in range(8))

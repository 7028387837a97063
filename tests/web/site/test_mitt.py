"""Mitt: what needs me now, in the role I act in, the most urgent first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind
from samordna.web.site import waiting
from samordna.web.site.waiting import agenda_of
from tests import factories as f

pytestmark = pytest.mark.django_db


def item(what: str, due: date | None = None, **fields) -> Waiting:
    defaults = {"kind": WaitingKind.ANSWER, "about": "Payment", "collaboration": "Home in time", "url_name": "about"}
    return Waiting(what=what, due=due, **defaults | fields)


def given(monkeypatch, *items: Waiting) -> None:
    monkeypatch.setattr(waiting, "COLLECT", (lambda actor, at: list(items[:1]), lambda actor, at: list(items[1:])))


def test_items_come_in_groups_by_how_soon_and_empty_groups_are_left_out(monkeypatch):
    today = clock.day(f.NOW)
    given(
        monkeypatch,
        item("undated"),
        item("in three weeks", today + timedelta(days=21)),
        item("today", today),
        item("yesterday", today - timedelta(days=1)),
        item("in two weeks", today + timedelta(days=14)),
    )
    found = agenda_of(Actor.nobody(), f.NOW)
    assert [[row.what for row in group.items] for group in found.groups] == [
        ["yesterday"],
        ["today", "in two weeks"],
        ["in three weeks"],
        ["undated"],
    ]
    assert [group.late for group in found.groups] == [True, False, False, False]
    given(monkeypatch)
    assert agenda_of(Actor.nobody(), f.NOW).groups == []


def test_an_item_leads_to_its_page_and_a_small_act_is_done_from_the_list(client, monkeypatch):
    client.force_login(f.holding(f.organisation()).person)
    given(monkeypatch, item("Remind them", note="3 are silent", quick=Quick(label="Remind", url_name="set_language")))
    html = client.get(reverse("home")).content.decode()
    assert f'<a href="{reverse("about")}">Remind them</a>' in html
    assert "3 are silent" in html
    assert f'action="{reverse("set_language")}"' in html


def test_when_nothing_waits_the_page_says_so(client):
    client.force_login(f.holding(f.organisation()).person)
    assert "Inget väntar på dig" in client.get(reverse("home")).content.decode()


def test_only_the_role_one_acts_in_counts(client):
    matter = f.matter()
    held = f.holding(f.organisation("Askö kommun"))
    other = f.holding(f.organisation("Björnby kommun"), person=held.person)
    f.position(matter, other.role.organisation)
    client.force_login(held.person)
    assert matter.title not in client.get(reverse("home")).content.decode()
    client.post(reverse("act_as"), {"holding": other.pk})
    assert matter.title in client.get(reverse("home")).content.decode()


def test_the_page_asks_as_many_questions_for_one_matter_as_for_thirty(client):
    held = f.holding(f.organisation("Askö kommun"))
    client.force_login(held.person)
    collaboration = f.collaboration()
    area = f.area(collaboration)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("home")).status_code == 200
        return len(asked)

    f.position(f.matter(collaboration, area=area), held.role.organisation)
    few = questions()
    for _number in range(29):
        f.position(f.matter(collaboration, area=area), held.role.organisation)
    assert questions() == few

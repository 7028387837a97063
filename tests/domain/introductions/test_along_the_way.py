"""What happens along the way: a role that is left and taken again, and a programme that gets a step while one is in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from samordna.core import clock
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.models import Programme, Step
from samordna.domain.introductions.queries.programmes import programme_page
from samordna.domain.notices.introductions_due import introductions_due
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.introductions.test_introductions import STEP, TODAY, own_programme, who
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def days(number):
    return NOW + timedelta(days=number)


def test_whoever_leaves_a_role_and_comes_back_has_its_days_anew_and_what_was_done_still_counts():
    given = setting()
    made = own_programme(given.manager, present=False, steps=(STEP, STEP | {"what": "Möt jouren"}))
    first = f.holding(given.own, valid_from=TODAY)
    do.mark_step_done(actor=actor_of(first), step_id=made.steps.order_by("place").first().pk, at=days(1))
    Holding.objects.filter(pk=first.pk).update(valid_to=TODAY + timedelta(days=3))
    assert first.pk not in who(made, TODAY + timedelta(days=20))
    assert list(introductions_due(days(20))) == [], "whoever has left is not reminded"
    back = TODAY + timedelta(days=200)
    again = f.holding(given.own, role=first.role, person=first.person, valid_from=back)
    each = who(made, back)[again.pk]
    assert (each.begun, each.progress.done, each.progress.late) == (back, 1, 0)
    (left,) = each.progress.left
    assert left.due == back + timedelta(days=10)
    assert [notice.kind for notice in introductions_due(days(200))] == [], "it has begun already: that is no news"
    assert [notice.kind for notice in introductions_due(days(215))] == ["introduction_late"]


def test_a_step_added_midway_is_told_as_new_and_takes_nothing_away():
    given = setting()
    made = own_programme(given.manager, present=False, steps=(STEP, STEP | {"what": "Möt jouren"}))
    new = f.holding(given.own, valid_from=TODAY + timedelta(days=1))
    own, first = actor_of(new), made.steps.order_by("place").first()
    do.mark_step_done(actor=own, step_id=first.pk, at=days(2))
    do.add_step(actor=given.manager, programme_id=made.pk, at=days(6), **STEP | {"what": "Pröva larmet"})
    page = programme_page(own, made.pk, days(7))
    assert [(row.what, row.state, row.new_since) for row in page.steps] == [
        ("Läs rutinen", "done", None),
        ("Möt jouren", "to_do", None),
        ("Pröva larmet", "to_do", TODAY + timedelta(days=6)),
    ]
    assert (page.own.done, page.own.steps, page.own.added) == (1, 3, 1)
    assert page.steps[2].due == TODAY + timedelta(days=16), "from when it came, not from when one began"
    do.word_step_anew(actor=given.manager, step_id=first.pk, at=days(8), **STEP | {"what": "Läs nya rutinen"}, again=True)
    page = programme_page(own, made.pk, days(8))
    assert (page.own.done, page.own.added) == (0, 2), "what is to be done anew is told as new"
    third = Step.objects.get(what="Pröva larmet")
    do.mark_step_done(actor=own, step_id=third.pk, at=days(9))
    assert programme_page(own, made.pk, days(9)).own.added == 1
    later = f.holding(given.own, valid_from=TODAY + timedelta(days=20))
    assert programme_page(actor_of(later), made.pk, days(21)).own.added == 0, "to whoever comes after, nothing is new"


def test_the_pages_say_what_is_new():
    given = setting()
    made = own_programme(given.manager)
    today, client = clock.day(clock.now()), client_of(given.manager)
    before = today - timedelta(days=20)
    made.steps.update(asked_from=before)
    made.for_whom.update(valid_from=before)
    Programme.objects.update(published_on=before)
    assert "tillkommit" not in client.get("/introduktioner/").content.decode()
    do.add_step(actor=given.manager, programme_id=made.pk, **STEP | {"what": "Pröva larmet"})
    assert "1 steg har tillkommit sedan du började" in client.get("/introduktioner/").content.decode()
    page = client.get(f"/introduktioner/{made.pk}/").content.decode()
    assert (f"Nytt sedan {date_format(today, 'j F Y')}" in page, page.count("Nytt sedan")) == (True, 1)

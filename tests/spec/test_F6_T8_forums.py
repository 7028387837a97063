"""F6: shared forums and routines for decisions, formal and informal. T8: joint days in the same place."""

from __future__ import annotations

from datetime import time

import pytest

from samordna.core import clock
from samordna.domain.forums import operations as do
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.collaborations.test_operations_mandates import give
from tests.domain.forums.world import world
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_f6_a_forum_says_what_it_is_for_who_sits_there_and_what_it_may_decide():
    """A participant reads on one page what the forum is for, who sits there today, how it decides, and for whom."""
    met = world("board")
    give(met.given)
    met.seat(met.given.manager, "chair")
    page = client_of(met.given.other_manager).get(f"/forum/{met.forum.pk}/").content.decode()
    assert "Beslutar om mål, riktlinjer och medel" in page
    assert "Majoritet: mer än hälften" in page
    assert "Det beslutar för Havsnäs. Storstad binds först när det egna organet har antagit beslutet." in page
    assert Holding.objects.get(pk=met.given.manager.holding_id).person.name in page


def test_f6_a_seat_belongs_to_the_role_whoever_holds_it():
    """When somebody leaves and another takes the role, the forum is the new one's without anything being changed in it."""
    met = world()
    met.seat(met.given.manager)
    Holding.objects.filter(pk=met.given.manager.holding_id).update(valid_to=clock.day(NOW))
    assert "vakant" in client_of(met.coordinator).get(f"/forum/{met.forum.pk}/").content.decode()
    held = Holding.objects.get(pk=met.given.manager.holding_id)
    f.holding(met.given.own, person=f.person("Nyni Ny"), role=held.role, valid_from=clock.day(NOW))
    assert "Nyni Ny" in client_of(met.coordinator).get(f"/forum/{met.forum.pk}/").content.decode()


def test_t8_joint_days_have_a_place_and_come_back():
    """One sits together on a day, in a place, every so many weeks, and everybody sees when it is next."""
    met = world("local")
    when = {"weekday": 1, "begins": time(8, 30), "ends": time(12), "place": "Familjecentralen", "every": 2}
    do.add_joint_day(**met.asking, **when)
    page = client_of(met.given.manager).get(f"/forum/{met.forum.pk}/").content.decode()
    assert "Tisdagar, varannan vecka, 08.30–12.00, Familjecentralen" in page
    assert "Nästa:" in page

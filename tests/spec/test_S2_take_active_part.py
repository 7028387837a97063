"""S2: to take active part in the coordination: what each organisation has contributed, in time or not, is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.organisations.models import Person
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.spec.deciding import read

pytestmark = pytest.mark.django_db


def test_who_answered_in_time_who_late_and_who_not_at_all_is_shown():
    """The decision's page shows for each organisation its answer, whether it came late, and where there is none."""
    world = w.build()
    version, start = chain.prepared(world), clock.now() - timedelta(days=30)
    until = clock.day(start) + timedelta(days=10)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=until, at=start)
    early, late = world.representative(world.region), world.representative(world.town)
    do.answer_consultation(actor=early, version_id=version.pk, stance="supports", at=start + timedelta(days=2))
    do.answer_consultation(actor=late, version_id=version.pk, stance="supports", at=start + timedelta(days=20))
    shown = read(world.representative(world.island), "decision", version.decision_id)
    assert "2 of 3 have answered" in shown
    assert "Region Fjärdsland Supports not recorded" in shown
    assert "Åstad Supports late" in shown
    assert "Holmö no answer" in shown


def test_each_sees_its_own_part_and_the_coordinator_all_by_name_and_never_ranked(client):
    """Answers in time, late and missing, and what was brought in; with what the figures mean, and without a score."""
    world, now = w.build(), clock.now()
    matter = world.matter
    matter.answer_by, matter.opened_at = clock.day(now) - timedelta(days=1), now - timedelta(days=20)
    matter.save()
    matter.positions.filter(organisation=world.region).update(answered_at=now - timedelta(days=5))
    matter.positions.filter(organisation=world.town).update(answered_at=now)
    matter.positions.filter(organisation=world.island).update(state="silent", answered_at=None)
    seen = read(world.coordinator, "participating", matter.collaboration_id)
    assert "not to compare" in seen
    places = [seen.index(f"{name} 1 ") for name in ("Holmö", "Region Fjärdsland", "Åstad")]
    assert "Holmö 1 0 0 1 0 of 0" in seen
    assert "Region Fjärdsland 1 1 0 0 0 of 0 1 condition" in seen
    assert "Åstad 1 0 1 0 0 of 0" in seen
    assert places == sorted(places)
    own = read(world.representative(world.town), "participating", matter.collaboration_id)
    assert "Answered late 1" in own
    assert "Holmö" not in own
    lead = Person.objects.get(pk=world.coordinator.person_id)
    client.force_login(lead)
    answer = client.get(reverse("api:read_participation", args=(matter.collaboration_id,))).json()
    assert [(row["organisation"], row["asked"]["late"]) for row in answer["parts"]] == [
        ("Holmö", 0),
        ("Region Fjärdsland", 0),
        ("Åstad", 1),
    ]

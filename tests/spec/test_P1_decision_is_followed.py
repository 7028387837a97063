"""P1: a coordinated decision is a governing condition: those it binds are asked to follow it until they have answered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.adherence.operations import answer_following
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_a_decision_in_force_waits_for_every_organisation_that_it_binds():
    """The decision comes up among what waits for each bound organisation, with what is settled for it, until it answers."""
    world = followed(2, adopters=[0])
    bound, unbound = world.actor(0), world.actor(1)
    address = reverse("following", args=[world.decision.pk])
    assert [address in browser_of(actor).get("/").content.decode() for actor in (bound, unbound)] == [True, False]
    assert world.aspect.label in page_for(bound, world)
    answer_following(actor=bound, version_id=world.version.pk, kind="already_so")
    assert address not in browser_of(bound).get("/").content.decode()

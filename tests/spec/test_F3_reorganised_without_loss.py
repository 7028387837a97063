"""F3: structures outlive reorganisations: rehearsed first, carried out in one step, nothing orphaned, history intact."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.adherence.operations import answer_following
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Organisation, Reorganisation
from samordna.domain.organisations.orphans import orphans
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_a_merger_is_rehearsed_agreed_to_and_carried_out_and_what_was_promised_is_still_promised():
    """Everything touched is listed before anything happens; on the day the successor is bound by what bound the two, is
    asked how it follows, and the old organisation's page says what it is now."""
    world = followed(3)
    town, island, _third = world.organisations
    mine, theirs = world.actor(0, RoleKind.MANAGER), world.actor(1, RoleKind.MANAGER)
    answer_following(actor=mine, version_id=world.version.pk, kind="already_so")
    plan = {"kind": "merge", "happens_on": clock.day(clock.now()), "ground": "Fullmäktige § 12"}
    plan |= {"others": [island.pk], "begin": "Strandholm"}
    here, there = browser_of(mine), browser_of(theirs)
    rehearsed = here.post(reverse("plan_reorganisation", args=[town.pk]), plan, follow=True).content.decode()
    for kind in ("Roller", "De som har roller", "Deltagande i samverkan", "Beslut att följa, antagna eller enligt mandat"):
        assert kind in rehearsed
    assert town.name in here.get(reverse("organisations")).content.decode(), "nothing has happened yet"
    planned = Reorganisation.objects.get()
    there.post(reverse("agree_to_reorganisation", args=[planned.pk]))
    done = here.post(reverse("carry_out_reorganisation", args=[planned.pk]), follow=True).content.decode()
    assert "Inget blev kvar utan ägare" in done
    new, today = Organisation.objects.get(name="Strandholm"), clock.day(clock.now())
    assert orphans(today) == []
    following = page_for(world.lead, world)
    assert "Strandholm" in following
    assert f"{town.name} (nu: Strandholm" in following, "what the old one answered stays under its name"
    assert reverse("following", args=[world.decision.pk]) in here.get("/").content.decode(), "the successor is asked anew"
    old = here.get(reverse("organisation", args=[town.pk])).content.decode()
    assert "är det en annan organisation" in old
    assert Holding.objects.get(pk=mine.holding_id).role.organisation == new

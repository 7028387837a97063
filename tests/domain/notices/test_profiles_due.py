"""What an organisation says of itself is asked for when its day comes: on Mitt, as a notice, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.knowledge import operations as do
from samordna.domain.knowledge.models import ProfileVersion
from samordna.domain.notices.followup_due import WEEKS
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reading import open_notice
from samordna.domain.notices.reminding import remind
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
ASKED = "Gå igenom vad er organisation säger om sig själv"


def told(of, due):
    """Somebody who answers for an organisation whose profile is to be looked over on a day."""
    who = f.actor(of, RoleKind.MANAGER)
    made = do.write_profile(actor=who, organisation_id=of.pk, mission="Vård")
    ProfileVersion.objects.filter(pk=made.pk).update(review_on=due)
    return who


def test_a_profile_whose_day_has_come_is_chased_every_week_until_it_is_looked_over_or_eight_weeks_have_gone():
    own, now = f.organisation("Havsnäs"), clock.now()
    due = clock.day(now)
    who = told(own, due)
    kept = Notice.objects.filter(kind="profile_due", person_id=who.person_id)
    remind(now - timedelta(days=1))
    assert not kept.exists(), "not before its day"
    for day in range(7):
        remind(now + timedelta(days=day))
    assert kept.count() == 1, "once a week"
    for week in range(1, WEEKS + 8):
        remind(now + timedelta(weeks=week))
    assert kept.count() == 1 + WEEKS
    page = client_of(who).get(reverse("notices")).content.decode()
    assert "Det er organisation säger om sig själv ska gås igenom" in page
    assert open_notice(who, kept.order_by("at")[0].pk).url_name == "profile"


def test_it_is_on_mitt_two_weeks_before_and_gone_when_it_has_been_looked_over():
    own = f.organisation("Havsnäs")
    who = told(own, clock.day(clock.now()) + timedelta(days=15))
    client = client_of(who)
    assert ASKED not in client.get("/").content.decode()
    ProfileVersion.objects.update(review_on=clock.day(clock.now()) + timedelta(days=14))
    page = client.get("/").content.decode()
    assert (ASKED in page, reverse("write_profile", args=[own.pk]) in page) == (True, True)
    do.write_profile(actor=who, organisation_id=own.pk, mission="Vård och omsorg")
    assert ASKED not in client.get("/").content.decode(), "an earlier version is not asked about"
    remind(clock.now() + timedelta(days=30))
    assert not Notice.objects.filter(kind="profile_due").exists()


def test_nobody_else_is_asked_and_many_cost_as_one():
    own = f.organisation("Havsnäs")
    who, other = told(own, clock.day(clock.now())), f.actor(f.organisation("Storstad"), RoleKind.MANAGER)
    assert ASKED not in client_of(other).get("/").content.decode()
    client = client_of(who)
    client.get("/")
    one = queries(client, "/")
    for number in range(4):
        told(f.organisation(f"Till {number}"), clock.day(clock.now()))
    assert queries(client, "/") == one
    Organisation.objects.filter(pk=own.pk).update(valid_to=clock.day(clock.now()))
    remind(clock.now())
    assert Notice.objects.filter(kind="profile_due", person_id=who.person_id).count() == 0, "it is no more"

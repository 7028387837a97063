"""Organisations, their roles and whom to contact."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from samordna.core import clock
from samordna.domain.collaborations.models import Area
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath, Holding
from tests import factories as f
from tests.browser.pages import Visit, page


@page("A role, on a day when somebody else held it")
def role_then() -> Visit:
    own, today = f.organisation("Sunnanå kommun"), clock.day(clock.now())
    first = f.holding(own, RoleKind.MANAGER, valid_to=today - timedelta(days=20))
    first.role.responsibilities, first.role.authority = "Leder arbetet.\nSvarar för budgeten.", "Får besluta om lokaler."
    first.role.save()
    f.holding(own, role=first.role, valid_from=today - timedelta(days=20))
    ContactPath.objects.create(topic="Utskrivning på helgen", to_role=first.role, how="010-100 20 30", valid_from=f.START)
    then = (today - timedelta(days=30)).isoformat()
    reader = f.holding(own, RoleKind.ADMINISTRATOR)
    return Visit(address=reverse("role", args=[first.role_id]) + f"?dag={then}", holding=reader)


@page("Closing a role that has tasks")
def role_closing() -> Visit:
    own = f.organisation("Sunnanå kommun")
    role = f.role(own)
    ContactPath.objects.create(topic="Utskrivning på helgen", to_role=role, how="010-100 20 30", valid_from=f.START)
    return Visit(address=reverse("close_role", args=[role.pk]), holding=f.holding(own, RoleKind.ADMINISTRATOR))


def _contacts() -> tuple[str, Holding]:
    given = f.collaboration(f.organisation("Samverkanskansliet"), name="Utskrivning i länet")
    reader = f.holding(f.organisation("Sunnanå kommun"), RoleKind.MANAGER)
    for place in (reader.role.organisation, f.organisation("Region Havet")):
        f.participation(given, place)
    for area in ("Utskrivning", "Läkemedel", "Hjälpmedel"):
        Area.objects.create(collaboration=given, name=area)
    ContactPath.objects.create(
        topic="Utskrivning på helgen",
        to_role=reader.role,
        how="010-100 20 30, alla dagar 8–21",
        when_not="Nattetid: ring växeln",
        from_whom="sjukhus",
        valid_from=f.START,
    )
    vacant = f.role(place, name="Läkemedelsansvarig sjuksköterska")
    ContactPath.objects.create(topic="Läkemedel", to_role=vacant, how="Växeln", valid_from=f.START)
    return given.pk, reader


@page("Whom to contact, answered")
def contacts_answered() -> Visit:
    _given, reader = _contacts()
    return Visit(address=reverse("contacts") + "?fraga=utskrivning+på+helgen", holding=reader)


@page("Whom to contact, nothing found")
def contacts_none() -> Visit:
    return Visit(address=reverse("contacts") + "?fraga=xylofon", holding=f.holding(f.organisation("Sunnanå kommun")))


@page("A collaboration's contacts, with gaps and a dead end")
def collaboration_contacts() -> Visit:
    given, reader = _contacts()
    return Visit(address=reverse("collaboration_contacts", args=[given]), holding=reader)


@page("An organisation with something to see to")
def organisation_to_see_to() -> Visit:
    own, today = f.organisation("Sunnanå kommun"), clock.day(clock.now())
    f.holding(own, RoleKind.MANAGER, valid_to=today + timedelta(days=9))
    vacant = f.role(own, name="Bakjour")
    ContactPath.objects.create(topic="Akuta frågor", to_role=vacant, how="Växeln", valid_from=f.START)
    return Visit(address=reverse("organisation", args=[own.pk]), holding=f.holding(own, RoleKind.ADMINISTRATOR))

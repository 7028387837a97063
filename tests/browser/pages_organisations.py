"""Organisations, their roles and whom to contact."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath
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

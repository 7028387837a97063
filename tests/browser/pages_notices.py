"""Notices, the choice of letters and reminders."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from samordna.core import clock
from samordna.core.models import DeadAddress
from samordna.domain.notices.enums import Group
from samordna.domain.notices.models import Notice
from samordna.domain.notices.stopping import ticket_of
from tests.browser.pages import Visit, page
from tests.web.matters.world import world


def _told(count: int = 3) -> Any:
    w, now = world(), clock.now()
    held = w.holdings[0]
    for number in range(count):
        Notice.objects.create(
            key=f"n{number}",
            person=held.person,
            role=held.role,
            kind="gathering_started",
            about="matter",
            about_id=w.matter.pk,
            at=now,
            made_at=now,
            due=w.matter.answer_by,
            read_at=now if number else None,
        )
    return w


@page("Notices, one of them unread")
def notices() -> Visit:
    return Visit(address=reverse("notices"), holding=_told().holdings[0])


@page("Notices, none yet, and letters that come back")
def none() -> Visit:
    held = _told(0).holdings[0]
    DeadAddress.objects.create(address=held.person.email, since=clock.now(), status="5.1.1")
    return Visit(address=reverse("notices"), holding=held)


@page("What one wants letters about")
def choices() -> Visit:
    return Visit(address=reverse("notice_choices"), holding=_told(0).holdings[0])


@page("When a collaboration reminds")
def reminders() -> Visit:
    w = _told(0)
    return Visit(address=reverse("reminder_days", args=[w.collaboration.pk]), holding=w.coordinator)


@page("Ending letters by a link")
def stop() -> Visit:
    w = _told(0)
    return Visit(address=reverse("stop_letters", args=[ticket_of(w.holdings[0].person_id, Group.MOVED, None)]))

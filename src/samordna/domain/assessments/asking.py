"""Who is asked in a wave, where it stands, and why somebody cannot answer it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.models import Answering, Wave
from samordna.domain.organisations.models import Role


def standing(wave: Wave, on: date) -> Standing:
    """Where the wave stands on a day."""
    if wave.closed_at is not None or on > wave.closes_on:
        return Standing.CLOSED
    return Standing.COMING if on < wave.opens_on else Standing.OPEN


def why_not_open(wave: Wave, at: datetime) -> str:
    """Why nobody can answer now, or ""."""
    match standing(wave, clock.day(at)):
        case Standing.COMING:
            return _("It opens on %(day)s.") % {"day": wave.opens_on.isoformat()}
        case Standing.CLOSED:
            day = (clock.day(wave.closed_at) if wave.closed_at else wave.closes_on).isoformat()
            return _("It closed on %(day)s, so no more answers are taken. What was answered is on its page.") % {"day": day}
        case Standing.OPEN:
            return ""


def why_not_answered(actor: Actor, wave: Wave, at: datetime) -> str:
    """Why the actor cannot answer now, or ""."""
    closed = why_not_open(wave, at)
    if closed:
        return closed
    if actor.holding_id is None:
        return _("An answer is given by somebody who holds a role.")
    if wave.role_kinds and not Role.objects.filter(pk=actor.role_id, kind__in=wave.role_kinds).exists():
        return _("Your role is not among those that are asked.")
    if wave.anonymous and has_answered(actor, wave):
        return _("You have answered. Nobody can see which answer is yours, so it cannot be changed.")
    return ""


def has_answered(actor: Actor, wave: Wave) -> bool:
    """Has the actor's person answered, in whatever role?"""
    return Answering.objects.filter(wave=wave, holding__person_id=actor.person_id).exists()


def used_already() -> str:
    """Why a used link takes nothing more."""
    return _("This link has been used. Each link takes one answer.")

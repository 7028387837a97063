"""`samordna reorganise`: carry out the reorganisations whose day has come. Meant for the host's own clock, once a night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core.actor import Actor
from samordna.domain.organisations.operations import carry_out_due


class Command(BaseCommand):
    """Says what was carried out and what could not be, and why. Exit status 1 when something was left."""

    help = gettext_lazy("Carry out the reorganisations whose day has come.")  # type: ignore[assignment]  # Django prints it as text

    def handle(self, *args: Any, **options: Any) -> None:
        due = carry_out_due(Actor.command("reorganisations whose day has come"))
        for pk in due.carried_out:
            self.stdout.write(_("Carried out: %(id)s.") % {"id": pk})
        for pk, why in due.left:
            self.stdout.write(_("Left: %(id)s. %(why)s") % {"id": pk, "why": why})
        if due.left:
            raise SystemExit(1)

"""`samordna prepare`: everything that must be in place before the service starts, in one go.

The database is brought up to date, static files are collected and, where the demonstration is switched on, its world is
loaded once, into tables that are made the short way: both are there, or neither. One process: starting Python and Django
three times costs more than the work.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.cli import new_database
from samordna.core import clock
from samordna.domain.search.index import bring_up_to_date
from samordna.domain.site.access import awaits_set_up, set_up_key


class Command(BaseCommand):
    """Prepares an installation for its start; harmless to repeat."""

    help = gettext_lazy("Bring the database up to date and collect static files.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()  # the server makes them when it starts, over addresses it has to load anyway

    def handle(self, *args: Any, **options: Any) -> None:
        new = settings.DEMO and new_database.is_new()
        with new_database.made_beside() if new else nullcontext():
            if new:
                new_database.make()
            else:
                call_command("migrate", verbosity=0)
            call_command("collectstatic", verbosity=0, interactive=False)
            bring_up_to_date(clock.now())
            if settings.DEMO:
                call_command("load_demo")
        if not settings.DEMO and awaits_set_up():
            address = f"{settings.ORIGIN or 'http://localhost:' + os.environ.get('PORT', '8000')}{reverse('set_up')}"
            self.stdout.write(_("Nobody is here yet. Set the site up at:"))
            self.stdout.write(f"set_up: {address}?nyckel={set_up_key()}")

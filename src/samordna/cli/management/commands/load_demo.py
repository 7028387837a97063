"""`samordna load_demo`: the demonstration world, once, and only where the demonstration is switched on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from samordna.cli.demo.loader import load
from samordna.cli.demo.nation import load_more
from samordna.core import clock
from samordna.domain.notices.spreading import catch_up
from samordna.domain.organisations.queries import is_empty
from samordna.domain.search.index import at_the_end


class Command(BaseCommand):
    help = "Loads the demonstration world into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--more", action="store_true", help=_("The nation too, unless it is there already."))

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("The demonstration world is only loaded where SAMORDNA_DEMO is 1."), returncode=2)
        with translation.override("sv"):
            if options["more"]:
                with at_the_end():
                    load_more()
                _tell()
                return
            if not is_empty():
                return
            with at_the_end():
                load()
            _tell()


def _tell() -> None:
    """Notices of what has happened in the demonstration, without letters; those of the latest weeks are unread."""
    now = clock.now()
    catch_up(now, now - timedelta(days=4))

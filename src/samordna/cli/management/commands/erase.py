"""`samordna erase 812 --decision "Dnr 2026/12 § 4"`: erase what an entry of the journal says, by a decision on disposal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.domain.site.operations import erase_entry


class Command(BaseCommand):
    """All of the entries or none; afterwards what they said is in no file of the database either."""

    help = gettext_lazy("Erase what entries of the journal say, by a decision on disposal.")  # type: ignore[assignment]  # Django prints it as text

    requires_system_checks = ()  # whether the pages are sound has no bearing on the journal

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sequence", type=int, nargs="+", metavar="NUMBER", help=_("The number of the entry."))
        parser.add_argument("--decision", required=True, help=_("The decision: who decided, when, and its number."))

    def handle(self, *args: Any, sequence: list[int], decision: str, **options: Any) -> None:
        actor = Actor.command("erase what was decided")
        with transaction.atomic():
            for number in sequence:
                try:
                    erase_entry(actor=actor, sequence=number, decision=decision)
                except Invalid as invalid:
                    why = " ".join(invalid.fields.values())
                    raise CommandError(
                        _("Entry %(number)d: %(why)s Nothing was erased.") % {"number": number, "why": why}
                    ) from invalid
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            # What was deleted is overwritten in the file itself, and lingers in the log beside it until that is emptied.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.stdout.write(_("Erased: %(count)d. That it was said, by whom and when, stays.") % {"count": len(sequence)})

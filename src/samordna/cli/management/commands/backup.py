"""`samordna backup --to FOLDER`: a backup of everything, while people go on working."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.domain.site.archive import make
from samordna.domain.site.operations import note_backup


class Command(BaseCommand):
    """One file, readable by its owner only. It holds personal data and keys: keep it as well as the site itself."""

    help = gettext_lazy("Make a backup of everything, while people go on working.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help=_("Where the file is put."))

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        at = clock.now()
        try:
            made = make(to, at)
        except OSError as error:
            place = {"file": to, "why": error.strerror}
            raise CommandError(_("%(file)s could not be written: %(why)s.") % place, returncode=2) from error
        except Denied as denied:
            raise CommandError(denied.reason, returncode=1) from denied
        about: dict[str, Any] = {
            "file_name": made.path.name,
            "sha256": made.sha256,
            "size": made.size,
            "entries": made.entries,
        }
        note_backup(actor=Actor.command("make a backup"), at=at, **about)
        self.stdout.write(f"file: {made.path}")
        self.stdout.write(f"sha256: {made.sha256}")
        self.stdout.write(f"bytes: {made.size}")
        self.stdout.write(f"entries: {made.entries}")

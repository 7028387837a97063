"""`samordna export --to FOLDER`: everything as open JSON documents with schemas."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core import clock
from samordna.domain.site.exporting import export


class Command(BaseCommand):
    """For moving elsewhere, for archives, and for looking. Without passwords and keys."""

    help = gettext_lazy("Write everything as open JSON documents with schemas.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help=_("An empty folder, or a new one."))

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        if to.exists() and any(to.iterdir()):
            raise CommandError(_("%(folder)s is not empty.") % {"folder": to}, returncode=2)
        counts = export(to, clock.now())
        self.stdout.write(f"kinds: {len(counts)}")
        self.stdout.write(f"items: {sum(counts.values())}")

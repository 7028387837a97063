"""`samordna restore FILE`: put a backup back where nothing is, and compare it with what was kept."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core.errors import Denied
from samordna.domain.search.index import rebuild
from samordna.domain.site.restoring import restore


class Command(BaseCommand):
    """Exit code 0 when everything came back as it was, 1 when not, 2 where something is already."""

    help = gettext_lazy("Put a backup back in an empty place, and verify it.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = restore(file)
        except Denied as denied:
            raise CommandError(denied.reason, returncode=2) from denied
        rebuild()
        self.stdout.write(_("Everything came back as it was, and the journal says what it said."))
        self.stdout.write(f"made_at: {manifest['made_at']}")
        self.stdout.write(f"entries: {manifest['journal']['entries']}")
        self.stdout.write(f"root: {manifest['journal']['root']}")

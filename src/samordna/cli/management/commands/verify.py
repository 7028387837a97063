"""`samordna verify`: does the journal still say what it said? Exit code 0 when it does, 1 when not, 2 for bad input."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core import checkpoints
from samordna.core.errors import Denied
from samordna.core.verification import Report, verify
from samordna.domain.site.restoring import unpack


class Command(BaseCommand):
    """Recomputes the whole journal and says what is wrong, entry by entry."""

    help = gettext_lazy("Check that nothing in the journal has been changed, removed or added.")  # type: ignore[assignment]  # Django prints it as text

    requires_system_checks = ()  # whether the pages are sound has no bearing on the journal

    def add_arguments(self, parser: ArgumentParser) -> None:
        wanted = _("A checkpoint kept outside the installation; may be given several times.")
        parser.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE", help=wanted)

        wanted = _("Look at a backup instead: is every file in it as it was?")
        parser.add_argument("--backup", type=Path, metavar="FILE", help=wanted)

    def handle(self, *args: Any, checkpoint: list[Path], backup: Path | None = None, **options: Any) -> None:
        if backup is not None:
            self._look_at(backup)
            return
        kept = [_read(path) for path in checkpoint]
        begun = perf_counter()
        report = verify(kept)
        self._tell(report, perf_counter() - begun)
        if not report.holds:
            sys.exit(1)

    def _look_at(self, backup: Path) -> None:
        with TemporaryDirectory(prefix="samordna-verify-") as place:
            try:
                manifest = unpack(backup, Path(place))
            except Denied as denied:
                raise CommandError(denied.reason, returncode=1) from denied
        self.stdout.write(_("The backup is whole."))
        self.stdout.write(f"made_at: {manifest['made_at']}")
        self.stdout.write(f"entries: {manifest['journal']['entries']}")
        self.stdout.write(f"root: {manifest['journal']['root']}")

    def _tell(self, report: Report, seconds: float) -> None:
        for fault in report.faults:
            self.stdout.write(f"✗ {fault.sentence}")
        if report.more:
            self.stdout.write(_("… and %d more faults.") % report.more)
        verdict = _("The journal says what it said.") if report.holds else _("The journal does not say what it said.")
        self.stdout.write(verdict)
        self.stdout.write(f"entries: {report.entries}")
        self.stdout.write(f"erased: {report.erased}")
        self.stdout.write(f"checkpoints: {report.checkpoints}")
        self.stdout.write(f"faults: {len(report.faults) + report.more}")
        self.stdout.write(f"root: {report.root}")
        self.stdout.write(f"entries_per_second: {report.entries / seconds:.0f}")


def _read(path: Path) -> checkpoints.Statement:
    try:
        return checkpoints.read(path.read_text(encoding="utf-8"))
    except OSError as error:
        place = {"file": path, "why": error.strerror}
        raise CommandError(_("%(file)s could not be read: %(why)s.") % place, returncode=2) from error
    except (checkpoints.Malformed, UnicodeDecodeError) as error:
        sentence = _("%(file)s is not a checkpoint: three lines (name, size, root), an empty line and a signature.")
        raise CommandError(sentence % {"file": path}, returncode=2) from error

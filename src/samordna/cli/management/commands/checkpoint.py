"""`samordna checkpoint`: sign the journal as it stands, for somebody outside the installation to keep."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core import checkpoints


class Command(BaseCommand):
    """Prints the signed note, or writes it to a file."""

    help = gettext_lazy("Sign the journal as it stands, for somebody outside the installation to keep.")  # type: ignore[assignment]  # Django prints it as text

    requires_system_checks = ()  # whether the pages are sound has no bearing on the journal

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FILE", help=_("Write the checkpoint here instead of showing it."))
        parser.add_argument("--key", action="store_true", help=_("Show the public key that checkpoints are signed with."))

    def handle(self, *args: Any, to: Path | None = None, key: bool = False, **options: Any) -> None:
        if key:
            public = checkpoints.signing_key().public_key()
            self.stdout.write(checkpoints.verifier_key(checkpoints.origin(), public))
            return
        made = checkpoints.make_checkpoint()
        if to is None:
            self.stdout.write(made.note, ending="")
            return
        try:
            to.write_text(made.note, encoding="utf-8")
        except OSError as error:
            place = {"file": to, "why": error.strerror}
            raise CommandError(_("%(file)s could not be written: %(why)s.") % place, returncode=2) from error
        self.stdout.write(_("The checkpoint at %(size)d entries is in %(file)s.") % {"size": made.size, "file": to})

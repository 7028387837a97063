"""`samordna export_matter ID`: a matter as a problem document, for `samordna decide` and other programs."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.domain.decisions.queries.question import problem_text


class Command(BaseCommand):
    """Writes the document on standard output. It holds everybody's conditions and figures: it is the host's to keep."""

    help = gettext_lazy("Write a matter as a problem document, with all conditions and figures in it.")  # type: ignore[assignment]  # Django prints it as text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matter", metavar="ID", help=_("The matter's id, as in its address."))

    def handle(self, *args: Any, matter: str, **options: Any) -> None:
        actor = Actor.command("Export of a matter as a problem document")
        try:
            self.stdout.write(problem_text(actor, matter, clock.now()), ending="")
        except Denied as denied:
            sentence = denied.reason or _("There is no matter with the id %(id)s.") % {"id": matter}
            raise CommandError(sentence, returncode=2) from denied

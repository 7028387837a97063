"""`samordna import_positions MATTER FILE --as HOLDING`: what a filled-in file holds; with `--keep`, taken in as drafts.

The exit code tells what came of it: 0 nothing wrong, 4 something was wrong (with `--keep` the rest is kept), 2 the file
cannot be used or the role may not.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.core import clock
from samordna.core.actor import Via
from samordna.core.errors import Denied, Invalid
from samordna.domain.matters import operations as do
from samordna.domain.matters.exchange.drafts import plain
from samordna.domain.matters.queries.exchange import Preview, exchange_of, preview_of
from samordna.domain.organisations.access import actor_for_holding

UNUSABLE, WRONG = 2, 4


class Command(BaseCommand):
    """Shows first; keeps only when it is told to."""

    help = gettext_lazy("Take drafts of positions from a spreadsheet, a table or a JSON document.")  # type: ignore[assignment]  # Django prints it as text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("matter", metavar="ID", help=_("The matter's id, as in its address."))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--as", dest="holding", required=True, help=_("The id of the holding to act as."))
        parser.add_argument("--keep", action="store_true", help=_("Take in what is right as drafts."))
        parser.add_argument("--language", choices=["sv", "en"], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, matter: str, file: Path, holding: str, keep: bool, language: str, **options: Any) -> None:
        with translation.override(language):
            preview = self._run(matter, file, holding, keep=keep)
        if preview.faults:
            sys.exit(WRONG)

    def _run(self, matter: str, file: Path, holding: str, *, keep: bool) -> Preview:
        at = clock.now()
        try:
            actor = actor_for_holding(holding, Via.COMMAND, at)
            preview = preview_of(exchange_of(actor, matter, at), file.read_bytes(), at)
            self._tell(preview)
            if keep and preview.drafts:
                drafts = [plain(draft) for draft in preview.drafts]
                do.draft_positions(actor=actor, matter_id=matter, drafts=drafts, document=file.name[:160], at=at)
        except OSError as error:
            sentence = _("The file %(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror}
            raise CommandError(sentence, returncode=UNUSABLE) from error
        except Invalid as invalid:
            raise CommandError("\n".join(invalid.fields.values()), returncode=UNUSABLE) from invalid
        except Denied as denied:
            sentence = denied.reason or _("There is no matter with the id %(id)s.") % {"id": matter}
            raise CommandError(sentence, returncode=UNUSABLE) from denied
        return preview

    def _tell(self, preview: Preview) -> None:
        count = len(preview.drafts)
        words = ngettext("%(n)s draft with something new.", "%(n)s drafts with something new.", count)
        self.stdout.write(words % {"n": count})
        for fault in preview.faults:
            where = {"sheet": fault.sheet, "row": fault.row, "column": fault.column, "what": fault.what, "todo": fault.todo}
            self.stdout.write(_("%(sheet)s, row %(row)s, %(column)s: %(what)s %(todo)s") % where)

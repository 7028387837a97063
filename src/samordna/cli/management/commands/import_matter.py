"""`samordna import_matter COLLABORATION FILE --as HOLDING`: what a file asks; with `--keep`, opened as a draft.

The exit code tells what came of it: 0 nothing wrong, 4 something was wrong and nothing was kept, 2 the file cannot be used
or the role may not.
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
from django.utils.translation import gettext_lazy

from samordna.core import clock
from samordna.core.actor import Via
from samordna.core.errors import Denied, Invalid
from samordna.domain.matters import operations as do
from samordna.domain.matters.exchange.outlines import OutlineIn, plain_outline
from samordna.domain.matters.queries.outlines import OutlinePreview, outline_in
from samordna.domain.organisations.access import actor_for_holding

UNUSABLE, WRONG = 2, 4


class Command(BaseCommand):
    """Shows first; keeps only when it is told to."""

    help = gettext_lazy("Open a matter from a spreadsheet, a table or a JSON document.")  # type: ignore[assignment]  # Django prints it as text

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("collaboration", metavar="ID", help=_("The collaboration's id, as in its address."))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--as", dest="holding", required=True, help=_("The id of the holding to act as."))
        parser.add_argument("--keep", action="store_true", help=_("Open it as a draft."))
        parser.add_argument("--language", choices=["sv", "en"], default=settings.LANGUAGE_CODE)

    def handle(
        self, *args: Any, collaboration: str, file: Path, holding: str, keep: bool, language: str, **options: Any
    ) -> None:
        with translation.override(language):
            preview = self._run(collaboration, file, holding, keep=keep)
        if preview.faults:
            sys.exit(WRONG)

    def _run(self, collaboration: str, file: Path, holding: str, *, keep: bool) -> OutlinePreview:
        try:
            actor = actor_for_holding(holding, Via.COMMAND, clock.now())
            preview = outline_in(actor, collaboration, file.read_bytes())
            self._tell(preview)
            if keep and preview.outline is not None:
                outline = OutlineIn.model_validate(plain_outline(preview.outline))
                document = file.name[:160]
                opened = do.open_from_outline(
                    actor=actor, collaboration_id=collaboration, outline=outline, document=document
                )
                self.stdout.write(opened.pk)
        except OSError as error:
            sentence = _("The file %(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror}
            raise CommandError(sentence, returncode=UNUSABLE) from error
        except Invalid as invalid:
            raise CommandError("\n".join(invalid.fields.values()), returncode=UNUSABLE) from invalid
        except Denied as denied:
            sentence = denied.reason or _("There is no collaboration with the id %(id)s.") % {"id": collaboration}
            raise CommandError(sentence, returncode=UNUSABLE) from denied
        return preview

    def _tell(self, preview: OutlinePreview) -> None:
        if preview.outline is not None:
            said = {"title": preview.outline.title, "n": len(preview.outline.aspects)}
            self.stdout.write(_("“%(title)s”, with %(n)s aspects.") % said)
        for fault in preview.faults:
            where = {"sheet": fault.sheet, "row": fault.row, "column": fault.column, "what": fault.what, "todo": fault.todo}
            self.stdout.write(_("%(sheet)s, row %(row)s, %(column)s: %(what)s %(todo)s") % where)

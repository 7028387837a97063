"""`samordna returned`: reads reports of letters that came back, from a file, a mailbox, or what is piped in."""

from __future__ import annotations

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.core.actor import Actor
from samordna.domain.notices.bounces import LONGEST, reports_in
from samordna.domain.notices.operations import record_returned


class Command(BaseCommand):
    """Marks the addresses that letters come back from for good; harmless to repeat."""

    help = gettext_lazy("Read reports of letters that came back, and mark the addresses.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()  # a mail server calls this for every report

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help=_("A message, or a mailbox; without it, what is piped in."))

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        found = [report for message in _messages(file) for report in reports_in(message)]
        if not found:
            self.stdout.write(_("There is no report of a letter that came back here."))
            return
        marked = record_returned(actor=Actor.command("A mail server reported that letters came back."), reports=found)
        count = len(marked)
        said = ngettext("%(count)d address was marked.", "%(count)d addresses were marked.", count)
        self.stdout.write(said % {"count": count})


def _messages(file: Path | None) -> Iterator[Message]:
    if file is None:
        yield message_from_bytes(sys.stdin.buffer.read(LONGEST))
        return
    try:
        if file.is_dir():
            with closing(mailbox.Maildir(file, create=False)) as folder:
                yield from folder
            return
        beginning = file.read_bytes()[:5]
    except OSError as error:
        place = {"file": file, "why": error.strerror}
        raise CommandError(_("%(file)s could not be read: %(why)s.") % place, returncode=2) from error
    if beginning == b"From ":
        with closing(mailbox.mbox(file, create=False)) as box:
            yield from box
        return
    with file.open("rb") as opened:
        yield message_from_bytes(opened.read(LONGEST))

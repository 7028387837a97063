"""Minutes as files: what was locked, with the correction notes there are, or what it says now, marked as not locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.agreements.document import Document, Part
from samordna.domain.agreements.rendering.pdf import pdf_of
from samordna.domain.agreements.rendering.word import word_of
from samordna.domain.minutes.access import minutes_for
from samordna.domain.minutes.document import document_of, mark_of
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.models import CorrectionNote, Minutes, MinutesVersion
from samordna.domain.minutes.record import Pairs, Record


def version_of(minutes: Minutes, number: int = 0) -> MinutesVersion:
    """A version by number, the latest for 0."""
    found = minutes.versions.order_by("-number")
    version = (found.filter(number=number) if number else found).first()
    if version is None:
        raise Absent
    return version


def document_of_version(minutes: Minutes, version: MinutesVersion) -> Document:
    """A version as a document; of locked minutes with who adjusted and locked them."""
    record = Record.from_json(version.content)
    with override(record.language):
        reference = _("Version %(number)s") % {"number": version.number}
        return document_of(record, reference=reference, head=_head(minutes) if minutes.locked_at else ())


def _head(minutes: Minutes) -> Pairs:
    asked = minutes.adjusters.filter(ended_at__isnull=True).select_related("role__organisation")
    who = "; ".join(f"{one.role.name}, {one.role.organisation.name}" for one in asked)
    locked = date_format(localtime(minutes.locked_at), "j F Y") if minutes.locked_at else ""
    return (
        (pgettext("fact", "Adjusted by"), who),
        (pgettext("fact", "Locked"), locked),
        (pgettext("fact", "Digest (SHA-256)"), minutes.digest),
    )


def minutes_pdf(actor: Actor, meeting_id: str, at: datetime, *, as_locked: bool = False) -> tuple[str, bytes]:
    """A file name and the PDF: with the correction notes there are, or, `as_locked`, the very bytes that were locked."""
    minutes = minutes_for(actor, meeting_id, at=at)
    version = version_of(minutes)
    name = file_name(minutes, "pdf")
    notes = tuple(minutes.corrections.all())
    if minutes.state == MinutesState.LOCKED and (as_locked or not notes):
        return name, bytes(version.locked.pdf)
    document = _corrected(document_of_version(minutes, version), notes)
    if notes:
        return name, pdf_of(document, notes[-1].written_at, numbered=False, spelled=True)
    mark = mark_of(minutes.state, document.language)
    return name, pdf_of(document, version.written_at, mark=mark, numbered=False, spelled=True)


def minutes_word(actor: Actor, meeting_id: str, at: datetime) -> tuple[str, bytes]:
    """A file name and the minutes as a Word document, with the correction notes there are."""
    minutes = minutes_for(actor, meeting_id, at=at)
    version = version_of(minutes)
    document = _corrected(document_of_version(minutes, version), tuple(minutes.corrections.all()))
    mark = mark_of(minutes.state, document.language)
    return file_name(minutes, "docx"), word_of(document, version.written_at, mark=mark, numbered=False)


def _corrected(document: Document, notes: Sequence[CorrectionNote]) -> Document:
    """The document with the correction notes last, if there are any."""
    if not notes:
        return document
    with override(document.language):
        title = pgettext("heading", "Correction notes")
    told = "\n".join(f"- {note.number}. {clock.day(note.written_at)}: {' '.join(note.text.split())}" for note in notes)
    part = Part(heading="corrections", title=title, text=told)
    plain = {name: getattr(document, name) for name in ("title", "kind", "collaboration", "language", "reference", "head")}
    return Document(**plain, parts=(*document.parts, part))


def file_name(minutes: Minutes, ending: str) -> str:
    """The forum, the day and what it is."""
    meeting = minutes.meeting
    name = "".join(c if c.isalnum() else "-" for c in meeting.forum.name.lower()).strip("-")
    what = pgettext("file name", "minutes")
    return f"{name[:60]}-{clock.day(meeting.starts_at)}-{what}.{ending}"

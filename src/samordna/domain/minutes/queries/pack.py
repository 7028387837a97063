"""The meeting pack as one PDF: made at once when it is short, and put together in the background when it is long.

What a pack says is laid out anew each time it is asked for, in the rights that its reader has then. A file that was put
together before is handed over only when that is, to the letter, what stands in it (`digest`): so the same bytes come again
when nothing has changed, nobody is handed an older file, and nobody one with what only others may read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.tasks import waiting
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.rendering.pdf import made_with, pdf_of
from samordna.domain.forums.access import meeting_for
from samordna.domain.minutes.limits import PACKED_AT_ONCE
from samordna.domain.minutes.models import Pack
from samordna.domain.minutes.queries.papers import pack_of
from samordna.domain.site.queries import language_of_site

PACK_TASK = "minutes.pack"
CHARACTERS_A_PAGE = 4_000


class NotPackedYet(Refused):
    """The pack is long, and has to be asked for before it can be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A pack as its reader may see it, before it is a file. `digest`: of all that will stand in the file."""

    name: str
    document: Document
    moment: datetime
    digest: str

    @property
    def long(self) -> bool:
        """Does it take so long to make that it is done in the background?"""
        return self.length > PACKED_AT_ONCE

    @property
    def length(self) -> int:
        """Characters of its text."""
        return sum(len(part.text) for part in self.document.parts)

    def printed(self) -> bytes:
        """The file."""
        with override(self.document.language):
            return pdf_of(self.document, self.moment, numbered=False, spelled=True)


def laid_out(actor: Actor, meeting_id: str, at: datetime) -> Laid:
    """The pack that the reader would get now, in the language of the site; the same question for short and long."""
    meeting = meeting_for(actor, meeting_id, at=at)
    with override(language_of_site()):
        document, moment = pack_of(actor, meeting_id, at), meeting.called_at or meeting.planned_at
        name = "".join(c if c.isalnum() else "-" for c in meeting.forum.name.lower()).strip("-")
        what = pgettext("file name", "papers")
    said = {"document": asdict(document), "moment": moment.isoformat(), "by": made_with()}
    digest = sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    file = f"{name[:60]}-{clock.day(meeting.starts_at)}-{what}.pdf"
    return Laid(name=file, document=document, moment=moment, digest=digest)


def pack_pdf(actor: Actor, meeting_id: str, at: datetime) -> tuple[str, bytes]:
    """A file name and the pack. A long one has been put together before (`prepare_pack`), or `Refused` says so."""
    laid = laid_out(actor, meeting_id, at)
    made = Pack.objects.filter(meeting_id=meeting_id, digest=laid.digest, made_at__isnull=False).first()
    if made is not None:
        return laid.name, bytes(made.pdf)
    if laid.long and actor.may_write:
        raise NotPackedYet(_("The papers are long and are put together in the background. Ask for them first."))
    return laid.name, laid.printed()


class PackStage(StrEnum):
    """How far a pack has come."""

    AT_ONCE = "at_once"
    UNASKED = "unasked"
    QUEUED = "queued"
    AT_WORK = "at_work"
    READY = "ready"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackState:
    """Where the pack that the reader would get now stands. `seconds`: since it was asked for; `pages`: about how many.

    `size`: of the file, in bytes. `changed`: one was made for the reader, but other things stand in it by now.
    """

    stage: PackStage
    asked_at: datetime | None
    made_at: datetime | None
    seconds: int
    pages: int
    size: int
    changed: bool

    @property
    def waiting(self) -> bool:
        """Will it come by itself?"""
        return self.stage in {PackStage.QUEUED, PackStage.AT_WORK}


def pack_state(actor: Actor, meeting_id: str, at: datetime) -> PackState:
    """Where it stands; nothing of what stands in it is told but how much it is."""
    laid = laid_out(actor, meeting_id, at)
    pack = standing_pack(meeting_id, laid.digest)
    stage = _stage(pack, laid)
    asked_at = pack.asked_at if pack else None
    own = Pack.objects.filter(meeting_id=meeting_id, asked_by_id=actor.holding_id, made_at__isnull=False)
    return PackState(
        stage=stage,
        asked_at=asked_at,
        made_at=pack.made_at if pack else None,
        seconds=max(0, int((at - asked_at).total_seconds())) if asked_at else 0,
        pages=1 + laid.length // CHARACTERS_A_PAGE,
        size=len(pack.pdf) if pack else 0,
        changed=stage == PackStage.UNASKED and own.exists(),
    )


def standing_pack(meeting_id: str, digest: str) -> Pack | None:
    """The pack with exactly this in it: a made one before one that is waited for."""
    same = Pack.objects.filter(meeting_id=meeting_id, digest=digest)
    return same.order_by(F("made_at").desc(nulls_last=True), "-asked_at", "pk").first()


def given_up(pack: Pack) -> bool:
    """Is nothing at work on it any more, though it was never made?"""
    return pack.made_at is None and not waiting().filter(key=f"{PACK_TASK}:{pack.pk}").exists()


def _stage(pack: Pack | None, laid: Laid) -> PackStage:
    if pack is None:
        return PackStage.UNASKED if laid.long else PackStage.AT_ONCE
    if pack.made_at is not None:
        return PackStage.READY
    if given_up(pack):
        return PackStage.GIVEN_UP
    return PackStage.AT_WORK if pack.begun_at else PackStage.QUEUED

"""What is written of an item: version by version; two who write at once both have their texts kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.agreements.prose import UNPRINTABLE
from samordna.domain.forums.models import Item
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.findings import Findings
from samordna.domain.proceedings.limits import LONGEST_NOTE, MOST_VERSIONS, SAME_VERSION_SECONDS
from samordna.domain.proceedings.models import Note
from samordna.domain.proceedings.operations.holding import held_item_for


@operation("forum.note")
def write_note(
    *, actor: Actor, item_id: str, text: str, base: int = 0, desk: str = "", settles: str = "", at: datetime | None = None
) -> Note:
    """Write what an item came to. `base`: the number of the text one began from; `desk`: the page one writes at.

    When somebody else has written meanwhile, the text is kept `beside` what stands, to be written together. `settles`: the
    text beside that this one has taken in.
    """
    item, _meeting = held_item_for(actor, item_id, at)
    at = at or clock.now()
    found = Findings()
    text = "\n".join(found.text("text", text, required=False, longest=LONGEST_NOTE).splitlines())
    text = UNPRINTABLE.sub("", text)  # pasted in unseen; minutes could not be printed with it
    desk = found.line("desk", desk, 24, required=False)
    found.insist()
    kept = Note.objects.filter(item=item).aggregate(many=Count("pk"), highest=Max("number"))
    base = max(0, min(base, kept["highest"] or 0))
    notes = list(Note.objects.filter(item=item, number__gt=base).order_by("number"))
    head = Note.objects.filter(item=item, beside=False).order_by("-number").first()
    if kept["many"] >= MOST_VERSIONS:
        raise TooLarge(_("At most %(most)s versions are kept of what is written of an item.") % {"most": MOST_VERSIONS})
    if head is None or head.text != text or settles:
        head = _written(actor, item, head, notes, text, base, desk, at)
    if settles and not head.beside:
        _settle(item, settles, at)
    digest = sha256(text.encode()).hexdigest()[:16]
    tell(actor, "meeting_note_written", item.forum, at, item, number=head.number, beside=head.beside, digest=digest)
    return head


def _written(
    actor: Actor, item: Item, head: Note | None, later: list[Note], text: str, base: int, desk: str, at: datetime
) -> Note:
    """A new version on what one began from (or on one's own at the same desk, whose answer may have been lost), or a text
    beside it."""
    mine = {note.pk for note in later if desk and note.desk == desk and note.written_by_id == actor.holding_id}
    alone = all(note.pk in mine or note.beside for note in later)
    number = max([base, head.number if head else 0, *(note.number for note in later)]) + 1
    own_beside = [note for note in later if note.beside and note.pk in mine and note.settled_at is None]
    if not alone or own_beside:
        Note.objects.filter(pk__in=[note.pk for note in own_beside]).update(settled_at=at)
        return _add(actor, item, number, base, text, desk, at, beside=True)
    recent = at - timedelta(seconds=SAME_VERSION_SECONDS)
    if head and desk and head.desk == desk and head.written_by_id == actor.holding_id and head.written_at > recent:
        head.number, head.text = number, text
        head.save(update_fields=["number", "text"])
        return head
    return _add(actor, item, number, base, text, desk, at)


def _add(
    actor: Actor, item: Item, number: int, base: int, text: str, desk: str, at: datetime, *, beside: bool = False
) -> Note:
    about = {"desk": desk, "written_at": at, "written_by_id": actor.holding_id}
    return Note.objects.create(item=item, number=number, base=base, text=text, beside=beside, **about)


def _settle(item: Item, note_id: str, at: datetime) -> None:
    Note.objects.filter(item=item, pk=note_id, beside=True, settled_at__isnull=True).update(settled_at=at)


@operation("forum.note")
def settle_note(*, actor: Actor, item_id: str, note_id: str, at: datetime | None = None) -> Note:
    """Put a text beside away: what it says is in what stands. It is kept."""
    item, _meeting = held_item_for(actor, item_id, at)
    at = at or clock.now()
    note = Note.objects.filter(item=item, pk=note_id, beside=True).first()
    if note is None:
        raise Absent
    if note.settled_at is not None:
        raise Refused(_("That text is put away already."))
    note.settled_at = at
    note.save(update_fields=["settled_at"])
    tell(actor, "meeting_note_settled", item.forum, at, item, note=note.pk, number=note.number)
    return note

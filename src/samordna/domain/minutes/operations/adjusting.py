"""Adjusting: who is asked, what each says of a version, and opening again what has been adjusted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.forums.access import READ
from samordna.domain.forums.models import Item
from samordna.domain.forums.operations.telling import tell
from samordna.domain.minutes.access import adjuster_for
from samordna.domain.minutes.enums import MinutesState, Word
from samordna.domain.minutes.limits import LONGEST_WORDS, MOST_ADJUSTERS, MOST_REQUESTS
from samordna.domain.minutes.models import Adjuster, AdjustersWord, Minutes, MinutesVersion
from samordna.domain.minutes.operations.holding import (
    asked_roles,
    held_minutes_for,
    keep,
    latest_of,
    must_be_open,
    must_not_be_locked,
)
from samordna.domain.minutes.queries.choices import adjuster_roles
from samordna.domain.minutes.record import Record
from samordna.domain.organisations.findings import Findings
from samordna.domain.proceedings.access import NOTE


@operation(NOTE)
def send_minutes_out(
    *, actor: Actor, meeting_id: str, role_ids: Sequence[str], adjust_by: date, at: datetime | None = None
) -> Minutes:
    """Ask roles that sit in the forum to adjust the minutes by a day. Asked again, these replace those who were asked."""
    minutes = held_minutes_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    must_be_open(minutes)
    wanted, found = list(dict.fromkeys(role_ids)), Findings()
    if not wanted:
        found.say("role_ids", _("Choose at least one who is to adjust the minutes."))
    elif len(wanted) > MOST_ADJUSTERS:
        found.say("role_ids", _("At most %(most)s adjust the same minutes.") % {"most": MOST_ADJUSTERS})
    elif set(wanted) - set(dict(adjuster_roles(minutes.meeting.forum, at))):
        found.say("role_ids", _("Choose among those who sit in the forum."))
    if adjust_by < clock.day(at):
        found.say("adjust_by", _("Choose today or a later day."))
    found.insist()
    minutes.adjusters.filter(ended_at__isnull=True).exclude(role_id__in=wanted).update(ended_at=at)
    there = set(minutes.adjusters.filter(ended_at__isnull=True).values_list("role_id", flat=True))
    Adjuster.objects.bulk_create(Adjuster(minutes=minutes, role_id=pk, asked_at=at) for pk in wanted if pk not in there)
    minutes.state, minutes.adjust_by = MinutesState.OUT, adjust_by
    minutes.sent_at = minutes.sent_at or at
    minutes.save(update_fields=["state", "adjust_by", "sent_at"])
    told = {"roles": wanted, "adjust_by": adjust_by.isoformat()}
    tell(actor, "minutes_sent_out", minutes.meeting.forum, at, minutes.meeting, **told)
    _settle(actor, minutes, latest_of(minutes), at)
    return minutes


@operation("forum.vote")
def agree_to_minutes(*, actor: Actor, meeting_id: str, number: int, at: datetime | None = None) -> AdjustersWord:
    """Say, as one who was asked, that this version is right. When all have, the minutes are adjusted."""
    minutes, adjuster, version = _answering_for(actor, meeting_id, at)
    at = at or clock.now()
    if version.number != number:
        raise Refused(_("The minutes have been changed since you opened them. Read the new version first."))
    if minutes.state == MinutesState.ADJUSTED or _said_last(adjuster, version) == Word.AGREES:
        raise Refused(_("You have agreed to this version already."))
    said = {"word": Word.AGREES, "said_at": at, "said_by_id": actor.holding_id}
    made = AdjustersWord.objects.create(adjuster=adjuster, version=version, **said)
    tell(actor, "minutes_agreed_to", minutes.meeting.forum, at, minutes.meeting, version=number)
    _settle(actor, minutes, version, at)
    return made


@operation("forum.vote")
def ask_for_change(
    *, actor: Actor, meeting_id: str, words: str, item_id: str = "", at: datetime | None = None
) -> AdjustersWord:
    """Ask, as one who adjusts, for a change at an item or in the whole, in words."""
    minutes, adjuster, version = _answering_for(actor, meeting_id, at)
    at = at or clock.now()
    must_be_open(minutes)
    found = Findings()
    words = found.text("words", words, longest=LONGEST_WORDS)
    if item_id and item_id not in Record.from_json(version.content).texts:
        found.say("item_id", _("Choose one of the items in the minutes."))
    found.insist()
    if AdjustersWord.objects.filter(adjuster__minutes=minutes).count() >= MOST_REQUESTS:
        raise TooLarge(_("At most %(most)s answers are given about the same minutes.") % {"most": MOST_REQUESTS})
    item = Item.objects.filter(pk=item_id).first() if item_id else None
    said = {"word": Word.ASKS, "words": words, "said_at": at, "said_by_id": actor.holding_id}
    made = AdjustersWord.objects.create(adjuster=adjuster, version=version, item=item, **said)
    tell(actor, "minutes_change_asked", minutes.meeting.forum, at, minutes.meeting, version=version.number)
    return made


@operation(NOTE)
def reopen_minutes(*, actor: Actor, meeting_id: str, reason: str, at: datetime | None = None) -> Minutes:
    """Open adjusted minutes again, and say why. What adjusters said was of the version before: they are asked anew."""
    minutes = held_minutes_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    must_not_be_locked(minutes)
    if minutes.state != MinutesState.ADJUSTED:
        raise Refused(_("The minutes are open."))
    found = Findings()
    reason = found.text("reason", reason, longest=LONGEST_WORDS)
    found.insist()
    keep(minutes, Record.from_json(latest_of(minutes).content), actor, at)
    minutes.state, minutes.adjusted_at = MinutesState.OUT, None
    minutes.save(update_fields=["state", "adjusted_at"])
    told = {"reason": reason, "roles": asked_roles(minutes)}
    tell(actor, "minutes_reopened", minutes.meeting.forum, at, minutes.meeting, **told)
    return minutes


def _answering_for(actor: Actor, meeting_id: str, at: datetime | None) -> tuple[Minutes, Adjuster, MinutesVersion]:
    minutes = held_minutes_for(actor, meeting_id, READ, at)
    adjuster = adjuster_for(actor, minutes, at)
    must_not_be_locked(minutes)
    return minutes, adjuster, latest_of(minutes)


def _said_last(adjuster: Adjuster, version: MinutesVersion) -> str:
    last = adjuster.words.filter(version=version).order_by("said_at", "pk").last()
    return last.word if last else ""


def _settle(actor: Actor, minutes: Minutes, version: MinutesVersion, at: datetime) -> None:
    """All who are asked agree to the version that stands: the minutes are adjusted."""
    asked = minutes.adjusters.filter(ended_at__isnull=True)
    if minutes.state == MinutesState.OUT and all(_said_last(one, version) == Word.AGREES for one in asked):
        minutes.state, minutes.adjusted_at = MinutesState.ADJUSTED, at
        minutes.save(update_fields=["state", "adjusted_at"])
        tell(actor, "minutes_adjusted", minutes.meeting.forum, at, minutes.meeting, version=version.number)

"""A message taken further: as an item of a forum, as a matter, or as an experience. Both remember each other."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.adherence.models import Experience
from samordna.domain.adherence.operations import share_experience
from samordna.domain.conversations.access import message_for
from samordna.domain.conversations.models import Message, Outgrowth
from samordna.domain.conversations.operations.telling import tell
from samordna.domain.forums.models import Item
from samordna.domain.forums.operations import raise_item
from samordna.domain.matters.models import Matter
from samordna.domain.matters.operations import open_matter


@operation("conversation.speak")
def take_further_as_item(
    *, actor: Actor, message_id: str, forum_id: str, kind: str, title: str, purpose: str = "", at: datetime | None = None
) -> Item:
    """Raise an item of a message, in the backlog of a forum, by that forum's own rules of who may."""
    message = _standing_for(actor, message_id, at)
    thread = message.thread
    matter_id = thread.matter_id or ""
    made = raise_item(actor=actor, forum_id=forum_id, kind=kind, title=title, purpose=purpose, matter_id=matter_id, at=at)
    Outgrowth.objects.create(message=message, item=made, made_at=at or clock.now(), made_by_id=actor.holding_id)
    tell(actor, "message_taken_further", thread, at or clock.now(), message=message.pk, item=made.pk)
    return made


@operation("conversation.speak")
def take_further_as_matter(
    *,
    actor: Actor,
    message_id: str,
    collaboration_id: str,
    area_id: str,
    title: str,
    purpose: str,
    for_the_individual: str,
    at: datetime | None = None,
) -> Matter:
    """Open a matter of a message, as a draft, by whoever coordinates the collaboration."""
    message = _standing_for(actor, message_id, at)
    made = open_matter(
        actor=actor,
        collaboration_id=collaboration_id,
        area_id=area_id,
        title=title,
        purpose=purpose,
        for_the_individual=for_the_individual,
        at=at,
    )
    Outgrowth.objects.create(message=message, matter=made, made_at=at or clock.now(), made_by_id=actor.holding_id)
    tell(actor, "message_taken_further", message.thread, at or clock.now(), message=message.pk, matter=made.pk)
    return made


@operation("conversation.speak")
def take_further_as_experience(
    *,
    actor: Actor,
    message_id: str,
    version_id: str,
    tone: str,
    text: str,
    effect: str = "",
    at: datetime | None = None,
) -> Experience:
    """Share an experience of a decision, of what was said in a message."""
    message = _standing_for(actor, message_id, at)
    made = share_experience(actor=actor, version_id=version_id, tone=tone, text=text, effect=effect, at=at)
    Outgrowth.objects.create(message=message, experience=made, made_at=at or clock.now(), made_by_id=actor.holding_id)
    tell(actor, "message_taken_further", message.thread, at or clock.now(), message=message.pk, experience=made.pk)
    return made


def _standing_for(actor: Actor, message_id: str, at: datetime | None) -> Message:
    message = message_for(actor, message_id, at, speaking=True)
    if message.withdrawn_at is not None:
        raise Refused(_("The message has been withdrawn, so it is not taken further."))
    return message

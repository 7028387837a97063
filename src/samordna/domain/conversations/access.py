"""Who may read and speak in which thread: whoever may read the forum or the matter reads, and every role of those who take
part there may speak. A thread shows no more than the forum or the matter does."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.domain.conversations.models import Message, Thread
from samordna.domain.forums.access import forum_for, prepares, visible_forums
from samordna.domain.forums.models import Forum
from samordna.domain.matters.access import matter_for, visible_matters
from samordna.domain.matters.models import Matter

SPEAK = "conversation.speak"


def place_for(
    actor: Actor, forum_id: str, matter_id: str, at: datetime | None = None, *, speaking: bool = False
) -> tuple[Forum | None, Matter | None]:
    """The forum or the matter that is talked about, if the actor may read it, or (`speaking`) speak there."""
    if bool(forum_id) == bool(matter_id):
        raise Absent
    if forum_id:
        return forum_for(actor, forum_id, SPEAK if speaking else "forum.read", at), None
    return None, matter_for(actor, matter_id, SPEAK if speaking else "matter.read", at)


def thread_for(actor: Actor, thread_id: str, at: datetime | None = None, *, speaking: bool = False) -> Thread:
    """The thread, if the actor may read it, or (`speaking`) speak in it."""
    thread = Thread.objects.select_related("forum", "matter__collaboration").filter(pk=thread_id).order_by().first()
    if thread is None:
        raise Absent
    place_for(actor, thread.forum_id or "", thread.matter_id or "", at, speaking=speaking)
    return thread


def message_for(actor: Actor, message_id: str, at: datetime | None = None, *, speaking: bool = False) -> Message:
    """The message, if the actor may read its thread, or (`speaking`) speak in it."""
    related = ("thread__forum", "thread__matter__collaboration", "said_by")
    message = Message.objects.select_related(*related).filter(pk=message_id).order_by().first()
    if message is None:
        raise Absent
    thread = message.thread
    place_for(actor, thread.forum_id or "", thread.matter_id or "", at, speaking=speaking)
    return message


def leads(actor: Actor, thread: Thread, at: datetime | None) -> bool:
    """Does the actor prepare the forum, or lead the matter, so that it keeps order there?"""
    if thread.forum is not None:
        return prepares(actor, thread.forum, at)
    try:
        matter_for(actor, thread.matter_id or "", "matter.lead", at)
    except Denied:
        return False
    return True


def is_own(actor: Actor, message: Message) -> bool:
    """Did the actor's person say it?"""
    return message.said_by is not None and message.said_by.person_id == actor.person_id


def visible_threads(actor: Actor, at: datetime | None = None) -> QuerySet[Thread]:
    """The threads that the actor may read: exactly those that `thread_for` gives."""
    return Thread.objects.filter(
        Q(forum__in=visible_forums(actor, at).values("pk")) | Q(matter__in=visible_matters(actor, at).values("pk"))
    )

"""Threads begun, and messages said, worded anew and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Forbidden, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.conversations.access import is_own, leads, message_for, place_for, thread_for
from samordna.domain.conversations.choosing import roles_there
from samordna.domain.conversations.limits import EDITABLE_FOR, LONGEST, MOST_MENTIONED, MOST_MESSAGES, MOST_THREADS
from samordna.domain.conversations.models import Message, Thread, Wording
from samordna.domain.conversations.operations.telling import tell
from samordna.domain.forums.operations.holding import hold, must_run
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Role


@operation("conversation.speak")
def start_thread(
    *,
    actor: Actor,
    subject: str,
    text: str,
    forum_id: str = "",
    matter_id: str = "",
    mentions: Sequence[str] = (),
    at: datetime | None = None,
) -> Thread:
    """Begin a thread in a forum or about a matter with its first message. `mentions`: the roles that are told."""
    forum, matter = place_for(actor, forum_id, matter_id, at, speaking=True)
    at = at or clock.now()
    if forum is not None:
        hold(forum.pk)
        must_run(forum)
    if Thread.objects.filter(forum=forum, matter=matter).count() >= MOST_THREADS:
        raise TooLarge(_("There are %(most)s threads here, which is as many as fit.") % {"most": MOST_THREADS})
    found = Findings()
    thread = Thread(forum=forum, matter=matter, started_at=at, latest_at=at, started_by_id=actor.holding_id)
    thread.subject = found.line("subject", subject, 160)
    message = _message(found, actor, thread, text, at)
    roles = _mentioned(found, thread, mentions, at)
    found.insist()
    thread.save(force_insert=True)
    message.save(force_insert=True)
    message.mentions.add(*Role.objects.filter(pk__in=roles))
    tell(actor, "thread_started", thread, at, roles, message=message.pk)
    return thread


@operation("conversation.speak")
def say_message(
    *,
    actor: Actor,
    thread_id: str,
    text: str,
    mentions: Sequence[str] = (),
    quotes: str = "",
    at: datetime | None = None,
) -> Message:
    """Say something in a thread. `quotes`: the message in the same thread that it answers."""
    thread = thread_for(actor, thread_id, at, speaking=True)
    at = at or clock.now()
    thread = Thread.objects.select_for_update(of=("self",)).select_related("forum", "matter").get(pk=thread.pk)
    if thread.forum is not None:
        must_run(thread.forum)
    if thread.messages.count() >= MOST_MESSAGES:
        told = _("A thread holds at most %(most)s messages. Begin a new one that goes on from it.")
        raise TooLarge(told % {"most": MOST_MESSAGES})
    found = Findings()
    message = _message(found, actor, thread, text, at)
    roles = _mentioned(found, thread, mentions, at)
    if quotes:
        message.quotes = thread.messages.filter(pk=quotes, withdrawn_at__isnull=True).first()
        if message.quotes is None:
            found.say("text", _("What you quote has been withdrawn. Say it without the quotation."))
    found.insist()
    message.save(force_insert=True)
    message.mentions.add(*Role.objects.filter(pk__in=roles))
    thread.latest_at = max(thread.latest_at, at)
    thread.save(update_fields=["latest_at"])
    tell(actor, "message_said", thread, at, roles, message=message.pk)
    return message


@operation("conversation.speak")
def reword_message(*, actor: Actor, message_id: str, text: str, at: datetime | None = None) -> Message:
    """Word one's own message anew, a short time after it was said. What it said before is kept and shown."""
    message = _own_for(actor, message_id, at)
    at = at or clock.now()
    if at > message.said_at + EDITABLE_FOR:
        minutes = EDITABLE_FOR.seconds // 60
        told = _("A message is worded anew within %(minutes)s minutes. Say what you want to add in a new one.")
        raise Refused(told % {"minutes": minutes})
    found = Findings()
    worded = found.text("text", text, longest=LONGEST)
    found.insist()
    Wording.objects.create(message=message, text=message.text, until=at)
    message.text, message.changed_at = worded, at
    message.save(update_fields=["text", "changed_at"])
    tell(actor, "message_reworded", message.thread, at, message=message.pk)
    return message


@operation("conversation.speak")
def withdraw_message(*, actor: Actor, message_id: str, reason: str = "", at: datetime | None = None) -> Message:
    """Withdraw a message: one's own, or, with the reason, as the one who prepares the forum or leads the matter. What it
    said is erased, with its earlier wordings; that it was said, by whom and when, and that it was withdrawn, stays."""
    message = message_for(actor, message_id, at, speaking=True)
    at = at or clock.now()
    own = is_own(actor, message)
    if not own and not leads(actor, message.thread, at):
        raise Forbidden(_("Whoever said it withdraws it, or those who prepare the forum or lead the matter."))
    _must_stand(message)
    found = Findings()
    message.withdrawn_reason = found.line("reason", reason, 300, required=not own)
    found.insist()
    message.withdrawn_at, message.text = at, ""
    message.save(update_fields=["withdrawn_at", "withdrawn_reason", "text"])
    message.wordings.all().delete()
    tell(actor, "message_withdrawn", message.thread, at, message=message.pk)
    return message


def _own_for(actor: Actor, message_id: str, at: datetime | None) -> Message:
    """The actor's own message, which stands and is locked."""
    message = message_for(actor, message_id, at, speaking=True)
    if not is_own(actor, message):
        raise Forbidden(_("Only whoever said it words it anew."))
    Message.objects.select_for_update().get(pk=message.pk)
    message.refresh_from_db()
    _must_stand(message)
    return message


def _must_stand(message: Message) -> None:
    if message.withdrawn_at is not None:
        raise Refused(_("The message has been withdrawn."))


def _message(found: Findings, actor: Actor, thread: Thread, text: str, at: datetime) -> Message:
    return Message(
        thread=thread,
        text=found.text("text", text, longest=LONGEST),
        said_at=at,
        said_by_id=actor.holding_id,
        said_for_id=actor.organisation_id,
    )


def _mentioned(found: Findings, thread: Thread, mentions: Sequence[str], at: datetime) -> list[str]:
    wanted = sorted({role for role in mentions if role})
    if len(wanted) > MOST_MENTIONED:
        found.say("mentions", _("Mention at most %(most)s roles.") % {"most": MOST_MENTIONED})
        return []
    if not wanted:
        return []
    there = roles_there(thread.forum, thread.matter, clock.day(at)).filter(pk__in=wanted).values_list("pk", flat=True)
    if len(there) < len(wanted):
        found.say("mentions", _("Choose roles of those who take part."))
    return sorted(there)

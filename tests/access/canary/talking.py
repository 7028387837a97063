"""What is said between meetings, and events, of every forum of the canary world, with canaries in all their words."""

from __future__ import annotations

from datetime import timedelta

from samordna.core.actor import Actor
from samordna.domain.conversations import operations as conversations
from samordna.domain.events.models import Event
from samordna.domain.forums.models import Forum, Meeting
from samordna.domain.worth.models import Changed
from tests.access.canary.world import World


def talk(world: World, actor: Actor, forum: Forum, what: str) -> None:
    """A thread with a message that stands, one that was worded anew and one that was withdrawn; an event; a change."""
    at, thing = world.ago(44), ("forum", forum.pk)
    said = {
        "subject": world.cage.word(f"subject of a thread of {what}", "read", thing),
        "text": world.cage.word(f"what is said in {what}", "read", thing),
    }
    thread = conversations.start_thread(actor=actor, forum_id=forum.pk, at=at, **said)
    text = world.cage.word(f"what was said at first in {what}", "read", thing)
    again = conversations.say_message(actor=actor, thread_id=thread.pk, text=text, at=at)
    text = world.cage.word(f"what was said instead in {what}", "read", thing)
    conversations.reword_message(actor=actor, message_id=again.pk, text=text, at=at)
    gone = conversations.say_message(actor=actor, thread_id=thread.pk, text="Togs bort", at=at)
    why = world.cage.word(f"why a message of {what} was withdrawn", "read", thing)
    conversations.withdraw_message(actor=actor, message_id=gone.pk, reason=why, at=at)
    Event.objects.create(
        meeting=Meeting.objects.create(
            forum=forum,
            title=world.cage.word(f"name of an event of {what}", "read", thing),
            starts_at=at + timedelta(days=1),
            ends_at=at + timedelta(days=1, hours=3),
            planned_at=at,
            held_at=at + timedelta(days=2),
            state="held",
        ),
        kind="study_visit",
        why=world.cage.word(f"what an event of {what} is for", "read", thing),
        for_whom=world.cage.word(f"for whom an event of {what} is", "read", thing),
        programme=world.cage.word(f"programme of an event of {what}", "read", thing),
        planned_at=at,
        notes=world.cage.word(f"notes from an event of {what}", "read", thing),
        noted_at=at,
    )
    text = world.cage.word(f"what was changed in {what}", "read", thing)
    Changed.objects.create(forum=forum, text=text, told_at=at, told_by_id=actor.holding_id)

"""What can be done with events: planned, invited to, answered, noted, and told what they led to."""

from samordna.domain.events.operations.coming import (
    answer_event,
    note_event,
    note_who_came,
    tell_what_event_led_to,
)
from samordna.domain.events.operations.places import give_free_places
from samordna.domain.events.operations.planning import describe_event, invite_to_event, plan_event

__all__ = [
    "answer_event",
    "describe_event",
    "give_free_places",
    "invite_to_event",
    "note_event",
    "note_who_came",
    "plan_event",
    "tell_what_event_led_to",
]

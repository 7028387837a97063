"""What can be done between meetings: a thread begun, something said, worded anew, withdrawn, taken further."""

from samordna.domain.conversations.operations.furthering import (
    take_further_as_experience,
    take_further_as_item,
    take_further_as_matter,
)
from samordna.domain.conversations.operations.speaking import (
    reword_message,
    say_message,
    start_thread,
    withdraw_message,
)

__all__ = [
    "reword_message",
    "say_message",
    "start_thread",
    "take_further_as_experience",
    "take_further_as_item",
    "take_further_as_matter",
    "withdraw_message",
]

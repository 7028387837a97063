"""What can be done with minutes: drafted, written, sent out for adjustment, agreed to, opened again, locked, corrected."""

from samordna.domain.minutes.operations.adjusting import agree_to_minutes, ask_for_change, reopen_minutes, send_minutes_out
from samordna.domain.minutes.operations.locking import lock_minutes, note_correction
from samordna.domain.minutes.operations.writing import draft_minutes, gather_minutes_again, write_minutes

__all__ = [
    "agree_to_minutes",
    "ask_for_change",
    "draft_minutes",
    "gather_minutes_again",
    "lock_minutes",
    "note_correction",
    "reopen_minutes",
    "send_minutes_out",
    "write_minutes",
]

"""What can be done with minutes (drafted, written, adjusted, opened again, locked, corrected) and with meeting packs."""

from samordna.domain.minutes.operations.adjusting import agree_to_minutes, ask_for_change, reopen_minutes, send_minutes_out
from samordna.domain.minutes.operations.locking import lock_minutes, note_correction
from samordna.domain.minutes.operations.packing import prepare_pack
from samordna.domain.minutes.operations.writing import draft_minutes, gather_minutes_again, write_minutes

__all__ = [
    "agree_to_minutes",
    "ask_for_change",
    "draft_minutes",
    "gather_minutes_again",
    "lock_minutes",
    "note_correction",
    "prepare_pack",
    "reopen_minutes",
    "send_minutes_out",
    "write_minutes",
]

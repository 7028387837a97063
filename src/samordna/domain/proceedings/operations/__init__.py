"""What can be done at a meeting: open it, note who is there and what is said, decide, and follow what is to be done."""

from samordna.domain.proceedings.operations.acting import (
    change_action_point,
    drop_action_point,
    finish_action_point,
    note_action_point,
    reopen_action_point,
)
from samordna.domain.proceedings.operations.attending import (
    end_attendance,
    note_attendance,
    note_those_who_come,
    strike_attendance,
)
from samordna.domain.proceedings.operations.deciding import (
    cast_for_the_rest,
    cast_vote,
    leave_question,
    open_question,
    reserve_oneself,
    settle_question,
)
from samordna.domain.proceedings.operations.noting import settle_note, write_note
from samordna.domain.proceedings.operations.sitting import begin_item, end_meeting, finish_item, open_meeting

__all__ = [
    "begin_item",
    "cast_for_the_rest",
    "cast_vote",
    "change_action_point",
    "drop_action_point",
    "end_attendance",
    "end_meeting",
    "finish_action_point",
    "finish_item",
    "leave_question",
    "note_action_point",
    "note_attendance",
    "note_those_who_come",
    "open_meeting",
    "open_question",
    "reopen_action_point",
    "reserve_oneself",
    "settle_note",
    "settle_question",
    "strike_attendance",
    "write_note",
]

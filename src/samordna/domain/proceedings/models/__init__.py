"""What happens at meetings: who was there, what was written, decided and is to be done."""

from samordna.domain.proceedings.models.decided import Outcome, Question, Reservation, Vote
from samordna.domain.proceedings.models.done import ActionPoint, ActionStep
from samordna.domain.proceedings.models.noted import Attendance, ItemTime, Note, Sitting

__all__ = [
    "ActionPoint",
    "ActionStep",
    "Attendance",
    "ItemTime",
    "Note",
    "Outcome",
    "Question",
    "Reservation",
    "Sitting",
    "Vote",
]

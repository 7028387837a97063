"""Forums, who sits there, how they decide, and their meetings with what is taken up there."""

from samordna.domain.forums.models.called import CalendarAddress, CallAnswer
from samordna.domain.forums.models.founded import Forum, JointDay, Ownership, Routine, Seat
from samordna.domain.forums.models.met import Item, Meeting, Paper

__all__ = ["CalendarAddress", "CallAnswer", "Forum", "Item", "JointDay", "Meeting", "Ownership", "Paper", "Routine", "Seat"]

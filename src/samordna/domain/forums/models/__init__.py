"""Forums, who sits there, how they decide, and their meetings with what is taken up there."""

from samordna.domain.forums.models.founded import Forum, JointDay, Ownership, Routine, Seat
from samordna.domain.forums.models.met import Item, Meeting, Paper

__all__ = ["Forum", "Item", "JointDay", "Meeting", "Ownership", "Paper", "Routine", "Seat"]

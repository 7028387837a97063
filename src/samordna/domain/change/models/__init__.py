"""Facts of change: chains with their turns and causes, change needs with who was given them, changes and their effects."""

from samordna.domain.change.models.chains import Cause, Chain, Turn
from samordna.domain.change.models.needs import Change, ChangeNeed, Effect, Placing

__all__ = ["Cause", "Chain", "Change", "ChangeNeed", "Effect", "Placing", "Turn"]

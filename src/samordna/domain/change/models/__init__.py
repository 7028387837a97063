"""Facts of change: chains with their turns and causes, change needs with who was given them, changes and their effects."""

from samordna.domain.change.models.chains import Cause, Chain, Turn
from samordna.domain.change.models.needs import Change, ChangeNeed, EarlierPlan, Effect, Placing, Raised

__all__ = ["Cause", "Chain", "Change", "ChangeNeed", "EarlierPlan", "Effect", "Placing", "Raised", "Turn"]

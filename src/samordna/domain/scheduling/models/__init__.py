"""What is stored of series and of times that are looked for."""

from samordna.domain.scheduling.models.repeated import Occurrence, Series
from samordna.domain.scheduling.models.sought import Asked, BusyHours, Spot, TimeOption, TimeQuestion, TimeReply

__all__ = ["Asked", "BusyHours", "Occurrence", "Series", "Spot", "TimeOption", "TimeQuestion", "TimeReply"]

"""What a coordinator may narrow the list of matters to."""

from __future__ import annotations

from enum import StrEnum


class ShowMatters(StrEnum):
    """Which matters of those that one coordinates."""

    UNDER_WAY = ""
    MY_MOVE = "mitt"
    WAITING = "vantar"
    LATE = "sena"
    STILL = "still"
    IN_FORCE = "galler"
    CLOSED = "avslutade"

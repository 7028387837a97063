"""What can be said about a meeting afterwards, and what was changed because of it."""

from samordna.domain.worth.operations.checking import check_meeting, tell_what_changed

__all__ = ["check_meeting", "tell_what_changed"]

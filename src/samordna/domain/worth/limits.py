"""The bounds of the meeting check."""

from datetime import timedelta

TOGETHER = 5  # persons whose answers are shown together at the least
OPEN_FOR = timedelta(days=7)  # after the meeting has been held
A_YEAR = timedelta(days=365)
LONGEST_CHANGE = 2_000  # characters of what was changed

"""Declared limits."""

from __future__ import annotations

from datetime import timedelta

SPREAD_AT_ONCE = 200  # entries of the journal that are turned into notices in one transaction
LETTERS_TOGETHER = 20  # persons whose letters are written in one task
LISTED_IN_A_LETTER = 50  # notices that a letter lists before it counts the rest
SHOWN_AT_ONCE = 50  # notices on a page
OLD = timedelta(days=3)  # what happened longer ago than this is shown, and no letter goes out about it
KEPT = timedelta(days=365)  # so long a notice stays on the page
MOST_REMINDERS = 5  # days before a last day on which a collaboration reminds
FURTHEST_REMINDER = 60  # days before
USUAL_REMINDERS = (7, 1)  # what a collaboration without rules of its own does
TALKED_SINCE = timedelta(days=14)  # what was said between meetings longer ago than this is in no letter

"""How much one meeting holds. Beyond this a page could not be read, and a meeting could not be held."""

LONGEST_NOTE = 50_000  # characters of what is written of one item, at the meeting and in its minutes
MOST_VERSIONS = 2_000  # kept versions of one item's notes; versions of one desk within a minute are one
MOST_PRESENT = 500  # rows of who was there, of one meeting
MOST_QUESTIONS = 40  # of one item
MOST_VOTES = 200  # kept of one seat in one question
MOST_SHOWN = 3  # voices of one party or member that are listed; those before are counted
MOST_ACTIONS = 200  # of one meeting
LONGEST_REASON = 4_000
SAME_VERSION_SECONDS = 60

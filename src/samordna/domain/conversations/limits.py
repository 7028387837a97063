"""How much one conversation may hold. Beyond this nobody would read it."""

from datetime import timedelta

MOST_THREADS = 500  # of one forum or one matter
MOST_MESSAGES = 2_000  # of one thread
LONGEST = 10_000  # characters of a message
MOST_MENTIONED = 10  # roles in one message
PAGE = 50  # messages on a page
EDITABLE_FOR = timedelta(minutes=30)  # after a message was said

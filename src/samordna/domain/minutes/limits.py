"""How much minutes may hold. Beyond this nobody could read, adjust or keep them."""

MOST_ADJUSTERS = 12  # roles that adjust one meeting's minutes
MOST_REQUESTS = 200  # changes that are asked for in one meeting's minutes
MOST_NOTES = 100  # correction notes to one meeting's minutes
MOST_VERSIONS = 200  # of one meeting's minutes
LONGEST_WORDS = 4_000  # characters of a change that is asked for, or of a correction note
MOST_SHOWN = 100  # decisions on one page of the register
MOST_EXPORTED = 20_000  # decisions in one file of the register
PACKED_AT_ONCE = 150_000  # characters of a meeting pack that is made while one waits: some forty pages
PACKS_KEPT = 2  # days that a pack put together in the background is kept

"""How much one organisation may hold, so that its page can be read and shown while somebody waits."""

MOST_CONTACT_PATHS = 500  # of one organisation, at a time

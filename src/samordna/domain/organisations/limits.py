"""How much one organisation may hold, so that its page can be read and shown while somebody waits."""

MOST_CONTACT_PATHS = 500  # of one organisation, at a time
MOST_SIDES = 40  # organisations in one reorganisation, before and after together
MOST_TOUCHED = 20_000  # things that one reorganisation carries over, in one transaction

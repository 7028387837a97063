"""How much may be invited at a time, and how long an invitation and a sign-in by provider wait."""

INVITATION_DAYS = 14  # an invitation works for so long, unless another number is chosen
MAX_INVITATION_DAYS = 60
MOST_OPEN = 500  # open invitations of one organisation, or of one collaboration
MOST_AT_ONCE = 300  # lines in a list of organisations to invite
MOST_LETTERS = 5  # times that one invitation is sent in all
MOST_RULES = 300  # rules of one organisation about who gets which role
MOST_AFFILIATIONS = 20  # affiliations in one answer of a provider; the rest are not read
LONGEST_AFFILIATION = 120

"""How much one forum may hold. Beyond this a page could not be read, and a meeting could not be held."""

MOST_FORUMS = 200  # of one collaboration that are not closed
MOST_OWNERS = 12  # collaborations that own one forum
MOST_SEATS = 400  # roles that sit in one forum
MOST_DAYS = 20  # joint days of one forum
MOST_AREAS = 60  # subject areas that one forum decides in
LONGEST_DEADLINE = 120  # days before a meeting

"""How much one forum may hold. Beyond this a page could not be read, and a meeting could not be held."""

from datetime import timedelta

MOST_FORUMS = 200  # of one collaboration that are not closed
MOST_OWNERS = 12  # collaborations that own one forum
MOST_SEATS = 400  # roles that sit in one forum
MOST_DAYS = 20  # joint days of one forum
MOST_AREAS = 60  # subject areas that one forum decides in
LONGEST_DEADLINE = 120  # days before a meeting
MOST_AHEAD = 200  # meetings of one forum that are still to come
MOST_ITEMS = 80  # open items of one meeting, or of one backlog
MOST_OF_ONE = 20  # of those, raised by one organisation that does not prepare the forum
MOST_PAPERS = 30  # of one item
LONGEST_ITEM = 10_000  # characters of what is wanted, or of a paper that is a text
FURTHEST_AHEAD = timedelta(days=3 * 365)
MOST_ADDRESSES = 20  # of one person, for calendars
MOST_FETCHED = 2_000  # meetings that a calendar fetches
FETCHED_BACK = timedelta(days=365)  # so old meetings are still among them

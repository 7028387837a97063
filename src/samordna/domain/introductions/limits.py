"""How much there may be of introductions."""

from datetime import date, timedelta

MOST_PROGRAMMES = 50  # of one organisation or one collaboration, of those that have not ended
MOST_STEPS = 40  # in one programme at a time
MOST_MEANT = 50  # kinds of role and roles that one programme is for
MOST_SESSIONS = 30  # events that one step can be done at
PEOPLE_SHOWN = 50  # on one page of an organisation's people
MOST_EARLIER = 50  # earlier trainings of one holder
LONGEST = 5_000  # characters of what a programme is for, and of the words of a step
MOST_MINUTES = 2_400  # expected for one step: a working week
MOST_DAYS = 730  # after taking the role
MOST_MONTHS = 120  # after which an introduction is done again
SHORT_DEPUTY = timedelta(days=30)  # who stands in for so long or less is not introduced
EARLIEST = date(1990, 1, 1)  # a day on which a step or a training can have been done: before it there is a slip of the pen
A_SLIP = timedelta(days=1)  # within which an event that was chosen by mistake is let go of
SOON = timedelta(days=60)  # so long before it runs out a step may be done again

"""How much of follow-up there may be at a time."""

MOST_DRAFTS = 50  # drafts of goals in one collaboration
MOST_INDICATORS = 60  # measured at a time in one collaboration
MOST_STEPS = 40  # target steps of one version of an indicator
MOST_GROUNDS = 20  # what one goal rests on
MOST_ROWS = 100_000  # rows that are taken in at once
SHOWN_ROWS = 200  # faulty rows that a page shows; the rest are counted
FILE_DAYS = 14  # days that what was read of a file waits to be taken in
CATCHING_UP = 24  # periods back for which missed rounds are opened
LONGEST_GROUP = 1_000_000  # a minimum group is at most so large
YEARS_AHEAD = 2  # an indicator is changed from a day at most so many years ahead
MOST_DAYS = 180  # days that organisations may have to report

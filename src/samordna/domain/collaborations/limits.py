"""How much one collaboration may hold. Beyond these a page or a rehearsal could not be answered while somebody waits."""

MOST_PARTICIPANTS = 2_000
MOST_AREAS = 200
MOST_LEVELS = 6  # of areas beneath one another
MOST_NESTED = 4  # collaborations beneath one another
MOST_CRITERIA = 40
MOST_CLAUSES = 60  # in one mandate
LONGEST_NOTICE = 3_650  # days, of a mandate and of leaving
MOST_POINTS = 40  # of the shared picture, at a time
MOST_NEEDS = 12  # of one organisation, at a time
MOST_GOALS = 40  # in force at a time
LARGEST_LEVEL = 10**11  # of an indicator, with at most four decimals

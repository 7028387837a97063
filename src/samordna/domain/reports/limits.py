"""How much an annual report may hold."""

EARLIEST_YEAR = 2000
LONGEST_TEXT = 20_000  # characters of one chapter's own words
MOST_VERSIONS = 200  # of one chapter's own words
LONGEST_HOW = 300  # characters of where and how it was adopted
LONGEST_REASON = 500  # characters of why something was taken away
MOST_ROWS = 200  # of one table; what is left out is said
YEARS_BACK = 3  # that an indicator is drawn over, or twelve periods where that is longer
MOST_PERIODS = 12  # of one indicator, in its table

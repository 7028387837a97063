"""How much may come again, and how much is weighed when a time is to be found. Each limit is named where it refuses."""

from datetime import timedelta

MOST_SERIES = 12  # that run in one forum
HORIZON = timedelta(days=366)  # a series' meetings are planned so far ahead
MOST_PLANNED = 60  # meetings ahead of one series
MOST_DATES = 60  # dates that one series lists, and dates that it leaves out
FAR_FROM = timedelta(days=20)  # a changed series' new day takes the place of an old one at most so far from it

MOST_QUESTIONS = 20  # open in one forum
LONGEST_WINDOW = 62  # days in which a time is looked for
MOST_ASKED = 200  # roles asked about one time
MOST_TIMES = 40  # proposed times of one question
MOST_SPOTS = 10  # places of one question
LONGEST_WAY = 600  # minutes
LARGEST_CALENDAR = 1_000_000  # octets of a calendar that is uploaded or pasted
MOST_BUSY = 2_000  # intervals that are kept of one calendar

"""How much there may be of a chain at a time."""

MOST_OPEN = 300  # open chains in a collaboration
MOST_TURNS = 20  # turns of one chain
MOST_CAUSES = 20  # causes that one analysis finds
MOST_NEEDS = 30  # change needs of one turn
MOST_PLACINGS = 30  # times that one change need is handed over
MOST_CHANGES = 20  # changes for one change need
MOST_PLANS = 50  # times that one change is planned anew
MOST_RAISED = 20  # things raised because of one change need
MOST_EFFECTS = 20  # times that the effect of one change is judged
MOST_DAYS = 730  # days ahead that a day may be set

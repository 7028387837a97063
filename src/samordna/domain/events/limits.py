"""How much one event may hold."""

MOST_PLACES = 2_000
MOST_INVITED = 200  # roles and organisations named one by one
MOST_LED_TO = 50  # things that one event led to
LONGEST = 10_000  # characters of what it is for, of the programme and of the notes

"""How much the toolboxes hold, and how long what is said there counts as confirmed."""

STALE_AFTER = 180  # days without anybody confirming a service, after which it is shown as not confirmed
REVIEW_AFTER = 365  # days until a profile is to be looked over, when no day is chosen
MOST_SERVICES = 2_000  # of one organisation, at a time
MOST_GROUPS = 12  # groups of conditions on one service
MOST_CRITERIA = 40  # conditions on one service, all groups together
MOST_OPTIONS = 300  # alternatives in a list, or places in one condition; Sweden has 290 municipalities
MOST_FACTS = 500  # facts that situations can be described by, in the whole installation
MOST_NAMED = 50  # of them by one organisation; what is named stays, so nobody may take all the room
MOST_LEGAL = 60  # references in one organisation's legal frame
MOST_COMPARED = 6  # organisations side by side
MOST_WORDS = 400  # words in one collaboration's glossary
MOST_RECORDS = 5_000  # records in one HSDS file
DEEPEST_RECORD = 20  # lists and objects within each other in one HSDS record
MOST_SAID = 40  # sentences about what is wrong with one HSDS record
LARGEST_NUMBER = 10**9  # of a number that a condition asks about

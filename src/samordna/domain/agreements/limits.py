"""How much one document may hold. Beyond this a page, or a PDF, could not be made while somebody waits."""

LONGEST_SECTION = 40_000  # characters; some twelve pages
LONGEST_DOCUMENT = 200_000  # characters of prose in one version
MOST_SECTIONS = 60
MOST_VERSIONS = 200  # of one document
MOST_ANNEXES = 60
MOST_GROUNDS = 40
MOST_IMPORTED = 50  # versions at a time

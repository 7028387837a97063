"""Charts of a report as pictures."""

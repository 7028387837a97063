"""Samordna: the workplace where organisations that serve the same people coordinate decisions."""

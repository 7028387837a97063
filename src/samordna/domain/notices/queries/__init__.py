"""Questions about notices and letters."""

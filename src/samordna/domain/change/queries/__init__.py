"""Questions about chains."""

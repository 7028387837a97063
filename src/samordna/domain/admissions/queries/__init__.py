"""Questions about who is being let in."""

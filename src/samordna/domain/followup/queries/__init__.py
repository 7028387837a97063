"""Questions about follow-up."""

"""Questions about documents: what stands in them, who has signed, what holds when, and what binds whom."""

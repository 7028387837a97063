"""What meetings cost, and whether they were worth it."""

"""What pages and the API show of what happens at meetings."""

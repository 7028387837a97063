"""What pages and the API show of series and of questions about times."""

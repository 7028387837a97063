"""What a report is made of, and what its pages and files show."""

"""What is read of questionnaires, waves and their results."""

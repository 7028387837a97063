"""The API against its own published contract; `make test-api`, not part of every run."""

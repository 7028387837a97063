"""Threads and messages as pages and the API show them."""

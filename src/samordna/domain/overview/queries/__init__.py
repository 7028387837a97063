"""Questions that no single step can answer."""

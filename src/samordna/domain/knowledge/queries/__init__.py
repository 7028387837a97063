"""Questions about toolboxes, profiles and words."""

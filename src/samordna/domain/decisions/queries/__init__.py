"""What proposals and decisions look like to one actor."""

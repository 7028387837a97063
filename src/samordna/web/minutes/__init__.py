"""Pages about minutes, the meeting pack and the register of decisions."""

"""Pages of the annual report and plan."""

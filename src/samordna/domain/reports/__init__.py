"""Annual report and plan of a collaboration: drawn from what is known, written on, adopted, frozen."""

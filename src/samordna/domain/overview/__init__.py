"""What lies across the steps: what waits for somebody, what a coordinator leads, what binds a leader, who takes part.

Reads every step and writes nothing; it has no models of its own.
"""

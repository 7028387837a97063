"""The solver: project the participants away, then decide the frame.

Once the frame is known, the participants no longer depend on each other. So each of them can be replaced, exactly, by a
table that says what it costs at best for every frame it might meet; the sum of these tables is a small network over the
aspects, whose size does not depend on how many take part. The network is solved on a clique tree.

In order: `tables` turns rules into truth tables, `matter` the question into numbers, `facets` splits each participant's
statements into parts that do not meet, `project` makes the network, `network` solves it, `branch` searches where it is
too wide for that, and `own` goes back to each participant's own values.
"""

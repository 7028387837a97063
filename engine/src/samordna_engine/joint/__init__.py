"""Questions in which something binds everybody together: budgets, capacities, and how many variants there may be.

`parts` takes everybody's statements apart one participant at a time, which fairness, variants and shares also need.
"""

from samordna_engine.answers import JointClash, SettledJointly
from samordna_engine.joint.ask import JointOutcome, settle_jointly, used_by

__all__ = ["JointClash", "JointOutcome", "SettledJointly", "settle_jointly", "used_by"]

"""Questions in which something binds everybody together: budgets, capacities, and how many variants there may be.

`parts` takes everybody's statements apart one participant at a time, which fairness, variants and shares also need.
"""

from samordna_engine.joint.ask import JointOutcome, SettledJointly, settle_jointly, used_by
from samordna_engine.joint.clash import JointClash

__all__ = ["JointClash", "JointOutcome", "SettledJointly", "settle_jointly", "used_by"]

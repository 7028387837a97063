"""Which conditions cannot all be met, where there is no decision.

`sights` says where a clash is looked for: on the grid of common frames, or through a solver where those are too many.
"""

from samordna_engine.clash.ask import Clashes, any_clash, clashes, explain, prove, stated_by, vast_clash

__all__ = ["Clashes", "any_clash", "clashes", "explain", "prove", "stated_by", "vast_clash"]

"""Who takes part, when whoever does follows the common frame fully and everybody is free not to.

Leaving is one switch over all aspects of a participant, so that the question does not fall apart into aspects as others
do. What is maximised is the sum, over those who take part, of benefit less the cost of following the frame.
"""

from samordna_engine.answers import Left, TakesPart
from samordna_engine.takes_part.ask import who_takes_part

__all__ = ["Left", "TakesPart", "who_takes_part"]

"""An answer as one participant may see it, when others have stated conditions in confidence.

Taking names out of an answer does not keep a secret: a price, a count, an example or a fingerprint tells it just as
well. So a view is not the answer with parts taken out. It is worked out anew from two things only:

- what the viewer may read (`known_to`): all that is open, and all of its own. Not others' confidential conditions, and
  not others' costs and benefits;
- what must be said, because a decision that nobody knows cannot be followed: that there is one, its frame, everybody's
  differences from the frame, and the viewer's own values. Where there is none: that there is none, and, only where the
  conditions that the viewer may read do not clash already, which of those take part in the clash and who else does.

Hence the promise. *Two questions that differ only in others' confidential conditions, costs and benefits, and in which
what must be said is the same, look the same to the viewer, byte for byte.* (This is security by simulation, Goldreich
2004, chapter 7: whatever is in the view, the viewer could have written itself.) What follows from the promise:

- The number of withheld conditions is not said. That X states two things in confidence rather than one changes nothing
  that must be said, so it may not be told; in a clash X is named once however many of its conditions are in it.
- The digest is of what the viewer may read. One of the whole question would let anybody try guesses against it.
- The price of an option depends on everybody. A view says that it is blocked where open conditions block it, else only
  that it is not better than what was decided.
- An example of how a clash could be avoided obeys confidential conditions and so tells of them, and so does it that
  lifting one condition would settle everything. Views have such examples only among what the viewer may read.
- A difference that open conditions do not explain is told to be withheld, with whose it is and nothing else. That
  there is a reason could be concluded from the difference itself.

What is not promised: a viewer that gets many answers to questions of its own choice may compare them. Ask those
questions (what-if, why-not, ways out, frontier, check) of `known_to(problem, viewer)`, which has nothing to tell. How
long an answer takes is not hidden either, nor which limit stopped the engine.
"""

from typing import overload

from samordna_engine.answers import Answer
from samordna_engine.limits import Limits
from samordna_engine.outcome import Clash, Outcome, Settled, Unfinished
from samordna_engine.problem import COORDINATION, Problem
from samordna_engine.views.answers import answer_seen_by
from samordna_engine.views.known import WITHHELD, known_to
from samordna_engine.views.outcomes import outcome_seen_by, ways_out_seen_by

__all__ = ["WITHHELD", "known_to", "seen_by", "ways_out_seen_by"]


@overload
def seen_by(outcome: Outcome, problem: Problem, viewer: str, *, limits: Limits | None = None) -> Outcome: ...
@overload
def seen_by(outcome: Answer, problem: Problem, viewer: str, *, limits: Limits | None = None) -> Answer: ...


def seen_by(
    outcome: Outcome | Answer, problem: Problem, viewer: str, *, limits: Limits | None = None
) -> Outcome | Answer:
    """The outcome of `settle(problem)`, or an answer, as a participant may see it; the coordination sees everything.

    The view is of the same kind. In a settled one the frame and the differences are the decision's; figures
    (`balances`, `whole`, `cost`, `objective`) count the viewer and the coordination only, and the whole's verdict is
    not told. In a clash `unlocks` and `smallest` are never claimed. An unfinished one has no bound.

    In answers of other kinds, too, figures count the viewer and the coordination only: `nets`, `net`, `total` and
    `cost`, what transfers and shares give the viewer, and the bounds on them. Who is worst off is not told, nor why
    others do not take part unless open conditions forbid it them; that they do not is.
    Raises `Malformed` where there is no such participant, and otherwise as `settle`.
    """
    if viewer == COORDINATION:
        return outcome
    if isinstance(outcome, Settled | Clash | Unfinished):
        return outcome_seen_by(outcome, problem, viewer, limits)
    return answer_seen_by(outcome, problem, viewer, limits)

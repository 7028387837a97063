"""Other readings of a question: within joint bounds, who takes part, fewest variants, best for the worst-off, shares.

Asked as `solving` asks, of a process with bounds of its own; and what took too long or fell over is an answer too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

import samordna_engine as engine
from samordna.core.errors import Invalid
from samordna.domain.decisions import workers
from samordna.domain.decisions.solving import check_size, in_turn, too_large_of
from samordna_engine.answers import Answer
from samordna_engine.documents import answer_of, outcome_of
from samordna_engine.outcome import Outcome
from samordna_engine.problem import LikenessBy


class Reading(StrEnum):
    """How a question is read, by the names that the engine's worker has for it."""

    DECISION = "settle"
    JOINTLY = "settle_jointly"
    VARIANTS = "fewest_variants"
    WHO = "who_takes_part"
    WORST_OFF = "worst_off_first"
    SHARES = "shares"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The answer to one reading, None where the engine fell over; `failure` is then a sentence."""

    answer: Outcome | Answer | None
    milliseconds: int
    failure: str = ""


def reading_of(problem: engine.Problem) -> Reading:
    """How a question asks to be read, where nothing else is said."""
    if problem.joint:
        return Reading.JOINTLY
    return Reading.VARIANTS if problem.likeness is LikenessBy.VARIANTS else Reading.DECISION


def read(problem: engine.Problem, reading: Reading, *, queue: str) -> Read:
    """The engine's answer. Raises `TooLarge` with the limit's name, and `Refused` when the line is full."""
    check_size(problem)
    try:
        reply, milliseconds = in_turn({"do": str(reading)}, problem, queue)
    except (workers.Crashed, workers.OutOfTime):
        sentence = _("The engine stopped without an answer. Nothing has been changed.")
        return Read(answer=None, milliseconds=0, failure=sentence)
    if "too_large" in reply:
        raise too_large_of(**reply["too_large"])
    if "malformed" in reply:
        what = "; ".join(fault["message"] for fault in reply["malformed"])
        raise Invalid({"": _("The question could not be asked: %(what)s.") % {"what": what}})
    found = reply.get("answer") or reply.get("takes_part") or reply.get("shares")
    answer = answer_of(found) if found else outcome_of(reply["outcome"])
    return Read(answer=answer, milliseconds=milliseconds)

"""Which rounds of reports the start of an indicator opens: what a start in the past asks of those who report."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.limits import CATCHING_UP
from samordna.domain.followup.models import Round
from samordna.domain.followup.periods import Start, finished, period_at
from samordna.domain.followup.queries.frames import lives_in, there_in


def start_of(
    given: Collaboration,
    frequency: str,
    measured_from: date,
    today: date,
    *,
    past: bool,
    respondents: Collection[str] = (),
) -> Start:
    """What it would ask for, measured as often from a day on; two questions. `past`: also for periods before the last that
    has ended. A round that is there already is reported as it was asked for, unless the past is wanted."""
    there = set(Round.objects.filter(collaboration=given, frequency=frequency).values_list("period", flat=True))
    running, began = period_at(frequency, today), period_at(frequency, measured_from)
    late = running if running.before.key in there else running.before
    first = began if past or began.starts_on > late.starts_on else late
    lives = lives_in(given)
    ended = list(finished(frequency, first.starts_on, today, CATCHING_UP))
    asked = [one for one in reversed(ended) if _somebody(there_in(lives, one), respondents)]
    opens = tuple(one for one in asked if one.key not in there)
    return Start(first=first, opens=opens, joins=len(asked) - len(opens))


def _somebody(there: Collection[str], respondents: Collection[str]) -> bool:
    return any(of in respondents for of in there) if respondents else bool(there)

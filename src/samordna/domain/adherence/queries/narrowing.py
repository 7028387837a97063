"""What one asks the following board for, and in which order it answers: first those who need somebody.

A filter is about one organisation's standing to one decision. Several are asked for together: a row is shown when one and
the same standing fits all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samordna.domain.adherence.enums import FollowingAnswerKind, Urgency
from samordna.domain.adherence.queries.standing import NOT_FOLLOWING, Standing


class Show(StrEnum):
    """Which organisations are asked for: all, or those with at least one decision to which this applies."""

    ALL = ""
    WANTING = "wanting"
    BREACH = "breach"
    OVERDUE = "overdue"
    SILENT = "silent"
    ALREADY_SO = "already_so"
    WILL_CHANGE = "will_change"
    CANNOT = "cannot"
    WILL_NOT = "will_not"
    MUST = "must"
    EXEMPT = "exempt"


class Duty(StrEnum):
    """Must they follow, or may they?"""

    ANY = ""
    MUST = "must"
    MAY = "may"


ORDER = tuple(Urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for. `by`: promised to be changed by that day at the latest. `area_id`: decisions in it or beneath."""

    show: Show = Show.ALL
    duty: Duty = Duty.ANY
    by: date | None = None
    area_id: str = ""
    search: str = ""

    def fits(self, standings: Iterable[Standing], organisation: str) -> bool:
        """Does an organisation with these standings belong to what is asked for?"""
        if self.search.casefold().strip() not in organisation.casefold():
            return False
        if not (self.show or self.duty or self.by):
            return True
        return any(self._holds(standing) for standing in standings)

    def _holds(self, standing: Standing) -> bool:
        if self.duty and (not standing.bound or standing.must is not (self.duty is Duty.MUST)):
            return False
        return _shown(standing, self.show) and (self.by is None or _promised(standing, self.by))


EVERYTHING = Asked()


def _promised(standing: Standing, day: date) -> bool:
    answer = standing.answer
    return (
        answer is not None and answer.kind == FollowingAnswerKind.WILL_CHANGE and answer.by is not None and answer.by <= day
    )


def _shown(standing: Standing, show: Show) -> bool:
    match show:
        case Show.ALL:
            return True
        case Show.WANTING:
            return standing.silent or standing.breach or standing.overdue
        case Show.BREACH:
            return standing.breach
        case Show.OVERDUE:
            return standing.overdue
        case Show.SILENT:
            return standing.silent
        case Show.MUST:
            return standing.must
        case Show.EXEMPT:
            return standing.exempt
        case _:
            return standing.kind == show


def urgency_of(standing: Standing) -> Urgency:
    """What one standing needs of somebody."""
    if standing.breach:
        return Urgency.BREACH
    if standing.overdue:
        return Urgency.OVERDUE
    if standing.kind in NOT_FOLLOWING:
        return Urgency.NOT_FOLLOWING
    answers = {
        "": Urgency.SILENT,
        FollowingAnswerKind.WILL_CHANGE: Urgency.CHANGING,
        FollowingAnswerKind.ALREADY_SO: Urgency.FOLLOWING,
    }
    return answers.get(standing.kind, Urgency.UNBOUND)


def most_urgent(standings: Iterable[Standing]) -> tuple[Urgency, int]:
    """The most urgent among them, and how many are as urgent."""
    found = [urgency_of(standing) for standing in standings]
    worst = min(found, key=ORDER.index)
    return worst, found.count(worst)

"""What may be shown of the meeting checks: answers together, never so few that one can be told from the others.

Meetings are taken in the order in which their checks close, until `TOGETHER` persons have answered; those meetings are
shown together as one, and the next begins. Five answers of one person are one person's. A closed meeting gets no more
answers and no meeting closes before one that has closed, so what is shown never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from samordna.domain.worth.limits import TOGETHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer, without who gave it."""

    worth: str
    decided: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One meeting, and what was answered, by which persons. `closed`: nobody can answer any more."""

    on: date
    answers: tuple[Said, ...]
    persons: frozenset[str]
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Several meetings' answers together. `lines` in the order of the alphabet, so that it tells nothing."""

    first: date
    last: date
    meetings: int
    answers: int
    worth: dict[str, int]
    decided: dict[str, int]
    lines: tuple[str, ...]

    @property
    def share(self) -> int:
        """How many in a hundred thought it worth the time."""
        return round(100 * self.worth.get("yes", 0) / self.answers)


def grouped(meetings: Sequence[Asked]) -> Iterator[Group]:
    """The groups, the oldest first, of meetings in the order in which their checks close; what is not enough yet is not
    among them."""
    gathered: list[Asked] = []
    for meeting in meetings:
        if not meeting.closed:
            return  # what comes after it waits too, so that no group is made of the rest
        gathered.append(meeting)
        if len(frozenset().union(*(one.persons for one in gathered))) >= TOGETHER:
            yield _group(gathered)
            gathered = []


def waiting(meetings: Sequence[Asked]) -> int:
    """How many answers have come in that are not shown yet."""
    return sum(len(one.answers) for one in meetings) - sum(group.answers for group in grouped(meetings))


def _group(meetings: Sequence[Asked]) -> Group:
    said = [one for meeting in meetings for one in meeting.answers]
    return Group(
        first=min(one.on for one in meetings),
        last=max(one.on for one in meetings),
        meetings=len(meetings),
        answers=len(said),
        worth=_counted(one.worth for one in said),
        decided=_counted(one.decided for one in said),
        lines=tuple(sorted(one.change for one in said if one.change)),
    )


def _counted(values: Iterator[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items()))

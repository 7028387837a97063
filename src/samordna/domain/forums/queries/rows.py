"""What pages and the API show of forums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samordna.core.overtaking import fingerprint
from samordna.domain.forums.mandate import Reach
from samordna.domain.forums.wording import FORUM_WORDS, together


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow:
    """A collaboration that owns the forum, or is asked to, and that the reader may know of."""

    id: str
    name: str
    accepted: bool
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumRow:
    """A forum in a list. `mine`: the actor's role sits in it or prepares it. `asked`: its answer is waited for."""

    id: str
    name: str
    kind: str
    kind_label: str
    formality: str
    formality_label: str
    power: str
    power_label: str
    rhythm: str
    rhythm_label: str
    rhythm_note: str
    place: str
    owners: tuple[OwnerRow, ...]
    unseen_owners: int
    mine: bool
    my_task: str
    asked: bool
    closed_on: date | None

    @property
    def where(self) -> str:
        """The collaborations that own it, by name."""
        return ", ".join(owner.name for owner in self.owners if owner.accepted) or self.asked_by

    @property
    def several(self) -> bool:
        """Does it belong to more than one collaboration?"""
        return sum(owner.accepted for owner in self.owners) + self.unseen_owners > 1

    @property
    def asked_by(self) -> str:
        """The collaborations that are asked to own it, by name."""
        return ", ".join(owner.name for owner in self.owners if not owner.accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """A role that sits in the forum. `holders`, `deputies`: who holds it today; `within`: may it still read the forum?"""

    id: str
    role_id: str
    role: str
    organisation_id: str
    organisation: str
    task: str
    task_label: str
    party: str
    holders: tuple[str, ...]
    deputies: tuple[str, ...]
    within: bool
    mine: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineRow:
    """A decision routine: as values, and as sentences. `until`: the day on which the next one takes over."""

    id: str
    starts_on: date
    until: date | None
    method: str
    voice: str
    quorum: str
    share: str
    raising: str
    items_days: int
    call_days: int
    papers_days: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A joint day with its next dates."""

    id: str
    sentence: str
    place: str
    valid_from: date
    valid_to: date | None
    next_on: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRow:
    """What the forum may decide in one area, as values and as a sentence."""

    area_id: str
    area: str
    collaboration: str
    reach: Reach
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumPage:
    """A forum: what it is for, who sits there, how and what it decides, when one meets."""

    row: ForumRow
    purpose: str
    prepares_role_id: str
    prepares: str
    prepared_by: tuple[str, ...]
    area_ids: tuple[str, ...]
    seats: tuple[SeatRow, ...]
    former: tuple[SeatRow, ...]
    routine: RoutineRow | None
    routines: tuple[RoutineRow, ...]
    days: tuple[DayRow, ...]
    reaches: tuple[ReachRow, ...]
    closed_reason: str
    on: date

    @property
    def id(self) -> str:
        """The forum's own."""
        return self.row.id

    @property
    def name(self) -> str:
        """The forum's own."""
        return self.row.name

    @property
    def fingerprint(self) -> str:
        """What a change of the description hands back to say what it began from."""
        stored = {name: getattr(self if name == "purpose" else self.row, name) for name in FORUM_WORDS}
        more = {"prepares_role_id": self.prepares_role_id, "area_ids": together(self.area_ids)}
        return fingerprint(stored | more)

    @property
    def vacant(self) -> int:
        """How many seats nobody fills today."""
        return sum(not (seat.holders or seat.deputies) for seat in self.seats)

    @property
    def coming(self) -> tuple[RoutineRow, ...]:
        """Routines whose day has not come."""
        return tuple(row for row in self.routines if row.starts_on > self.on)

    @property
    def earlier(self) -> tuple[RoutineRow, ...]:
        """Routines that others have taken over from, the latest first."""
        past = [
            row for row in self.routines if row.starts_on <= self.on and (not self.routine or row.id != self.routine.id)
        ]
        return tuple(reversed(past))

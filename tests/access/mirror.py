"""The database read into the oracle's facts, so that what the application shows can be judged by the oracle."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from samordna.core import clock
from samordna.domain.agreements.models import Agreement
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.decisions.models import Decision, Proposal
from samordna.domain.forums.models import Ownership, Seat
from samordna.domain.matters.models import AnswerLink, Condition, Inquiry, Matter, Position
from samordna.domain.organisations.models import ApiToken, Holding, Organisation, Person, Role, Side
from tests.access.oracle import Facts


def moment(at: datetime | None) -> float | None:
    """A moment on the oracle's scale: the calendar day's number, and the part of the day that has passed."""
    if at is None:
        return None
    on = clock.day(at)
    midnight = at.astimezone(clock.timezone.get_current_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)
    return on.toordinal() + (at - midnight).total_seconds() / 86_400


def _day(on: date | None) -> int | None:
    return None if on is None else on.toordinal()


def facts_of_database() -> Facts:
    """Every fact that access depends on."""
    return Facts(
        organisation=_rows(Organisation, "pk", "valid_from", "valid_to"),
        role=_rows(Role, "pk", "organisation_id", "kind", "valid_from", "valid_to"),
        person=_rows(Person, "pk", "is_active"),
        holding=frozenset(
            (*row[:4], min((end for end in row[4:] if end is not None), default=None))
            for row in _rows(Holding, "pk", "person_id", "role_id", "valid_from", "valid_to", "deputy_of__valid_to")
        ),
        collaboration=_rows(Collaboration, "pk", "state", "coordinator_role_id", "superior_id", "valid_to", "parent_id"),
        participation=_rows(Participation, "collaboration_id", "organisation_id", "joined_on", "left_on"),
        agreement=frozenset(row[:3] for row in _documents() if row[3] is None),
        routine=frozenset((row[0], row[1], row[3]) for row in _documents() if row[3] is not None),
        forum=frozenset((*row[:2], "owns" if row[2] is not None else "asked", row[3]) for row in _forums()),
        seat=_rows(Seat, "forum_id", "role_id", "task", "valid_from", "valid_to"),
        matter=_rows(Matter, "pk", "collaboration_id", "stage"),
        position=_rows(Position, "pk", "matter_id", "organisation_id"),
        condition=_rows(Condition, "pk", "matter_id", "position_id", "confidence"),
        inquiry=_rows(Inquiry, "pk", "matter_id"),
        proposal=_rows(Proposal, "pk", "matter_id", "organisation_id", "state"),
        decision=_rows(Decision, "pk", "matter_id"),
        reorganisation=frozenset(row for row in _rows(Side, "reorganisation_id", "organisation_id") if row[1] is not None),
        link=_rows(AnswerLink, "pk", "position_id", "made_at", "expires_at", "used_at", "revoked_at"),
        token=_rows(ApiToken, "pk", "holding_id", "may_write", "created_at", "expires_at", "revoked_at"),
    )


def _rows(model: Any, *columns: str) -> frozenset[tuple[Any, ...]]:
    return frozenset(tuple(map(_plain, row)) for row in model.objects.values_list(*columns))


def _documents() -> frozenset[tuple[Any, ...]]:
    return _rows(Agreement, "pk", "collaboration_id", "responsible_role_id", "organisation_id")


def _forums() -> frozenset[tuple[Any, ...]]:
    rows = Ownership.objects.filter(ended_at__isnull=True)
    return frozenset(rows.values_list("forum_id", "collaboration_id", "accepted_at", "forum__prepares_id"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    return _day(value) if isinstance(value, date) else value

"""Notices as JSON: what has happened that concerns one, what one wants letters about, and a collaboration's reminders."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Schema

from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.notices import operations as do
from samordna.domain.notices import reading
from samordna.domain.notices.limits import FURTHEST_REMINDER, MOST_REMINDERS
from samordna.domain.notices.queries.pages import notice_page, wishes_of
from samordna.domain.notices.reminding import days_of

router = Operations(tags=["notices"])


class NoticeOut(Schema):
    """One notice: what has happened, about what, and whether one has read it."""

    id: str
    sentence: str
    group: str
    title: str
    where: str
    at: datetime
    due: date | None
    read: bool


class NoticesOut(Schema):
    """The latest notices of the role one acts in, fifty at a time. `until` is what to send back to mark them as read."""

    notices: list[NoticeOut]
    unread: int
    elsewhere: int = Field(description="Unread in one's other roles.")
    number: int
    further: bool
    until: datetime


class Leaf(Schema):
    """Which page of notices is asked for."""

    number: int = Field(1, ge=1, le=100_000)


class ReadIn(Schema):
    """Everything that was there at this moment has been read."""

    until: datetime


class ReadOut(Schema):
    """How many notices were marked."""

    marked: int


class LettersOut(Schema):
    """How often one gets letters, by kind of notice: now, daily, weekly or never; and in which language."""

    rhythms: dict[str, str]
    language: str
    dead_since: datetime | None = Field(description="Since when letters to one's address come back.")


class LettersIn(Schema):
    """What is to change; what is not named stays."""

    rhythms: dict[str, str] = Field(default_factory=dict, max_length=20)
    language: str = Field("", max_length=8)


class DaysOut(Schema):
    """How many days before a last day those who have not answered are reminded."""

    days: list[int]


class DaysIn(Schema):
    """The same, to be set; an empty list is never."""

    days: list[int] = Field(max_length=MOST_REMINDERS, description=f"From 0 to {FURTHEST_REMINDER}.")


class AddressIn(Schema):
    """Whose address works again; one's own without it."""

    person_id: str = Field("", max_length=12)


@router.get("/notices", response={200: NoticesOut, **PROBLEMS})
def list_notices(request: HttpRequest, leaf: Query[Leaf]) -> Any:
    """The notices that one may see now, the newest first."""
    return notice_page(actor_of(request), clock.now(), leaf.number)


@router.post("/notices/reading", response={200: ReadOut, **PROBLEMS})
def mark_read(request: HttpRequest, body: ReadIn) -> dict[str, int]:
    """Mark the notices that were there at a moment as read."""
    now = clock.now()
    until = body.until if body.until.tzinfo else body.until.replace(tzinfo=now.tzinfo)
    return {"marked": reading.mark_read(actor_of(request), min(until, now), now)}


@router.get("/letters", response={200: LettersOut, **PROBLEMS})
def letters(request: HttpRequest) -> Any:
    """What one wants letters about."""
    return wishes_of(actor_of(request))


@router.put("/letters", response={200: LettersOut, **PROBLEMS})
def choose_letters(request: HttpRequest, body: LettersIn) -> Any:
    """Choose what one wants letters about."""
    actor = actor_of(request)
    do.choose_letters(actor=actor, rhythms=body.rhythms, language=body.language)
    return wishes_of(actor)


@router.post("/letters/address", response={200: LettersOut, **PROBLEMS})
def try_again(request: HttpRequest, body: AddressIn) -> Any:
    """Say that an address that letters came back from works again."""
    actor = actor_of(request)
    do.try_address_again(actor=actor, person_id=body.person_id or actor.person_id or "")
    return wishes_of(actor)


@router.get("/collaborations/{collaboration_id}/reminder-days", response={200: DaysOut, **PROBLEMS})
def reminder_days(request: HttpRequest, collaboration_id: str) -> dict[str, Any]:
    """The collaboration's rule for reminders."""
    collaboration = collaboration_for(actor_of(request), collaboration_id)
    return {"days": list(days_of(collaboration.pk))}


@router.put("/collaborations/{collaboration_id}/reminder-days", response={200: DaysOut, **PROBLEMS})
def set_reminder_days(request: HttpRequest, collaboration_id: str, body: DaysIn) -> dict[str, Any]:
    """Set the collaboration's rule for reminders."""
    rule = do.set_reminder_days(actor=actor_of(request), collaboration_id=collaboration_id, days=body.days)
    return {"days": rule.days}

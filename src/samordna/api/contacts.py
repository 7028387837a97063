"""Whom to contact, as JSON."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Schema

from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.api.organisations import ContactOut
from samordna.core import clock
from samordna.domain.collaborations.queries.contacts import (
    CollaborationContacts,
    collaboration_contacts,
    who_to_contact,
)
from samordna.domain.organisations.finding import Answers

router = Operations(tags=["Organisations"])


class Question(Schema):
    """A question in plain words: "utskrivning på helgen hos Storstad"."""

    question: str = ""


class StandInOut(Schema):
    """Somebody who stands in for a holder who is away."""

    name: str
    stands_in_for: str
    until: date | None


class RoleAnsweringOut(Schema):
    """Who answers for a role today."""

    present: list[str]
    stand_ins: list[StandInOut]
    vacant: bool


class ContactAnswerOut(Schema):
    """A role to contact; without `path_id` no contact path leads to it."""

    role_id: str
    role: str
    organisation_id: str
    organisation: str
    answering: RoleAnsweringOut
    path_id: str
    topic: str
    from_whom: str
    how: str
    when_not: str


class AnswersOut(Schema):
    """The answers, the best first."""

    question: str
    paths: list[ContactAnswerOut]
    roles: list[ContactAnswerOut]
    total: int
    places: list[str]
    by_area: list[str]
    unknown: list[str]


class LackingOut(Schema):
    """An organisation without a contact path for an area, and who can open one."""

    organisation_id: str
    organisation: str
    menders: list[str]


class AreaContactsOut(Schema):
    """A subject area with its contact paths."""

    id: str
    name: str
    paths: list[ContactOut]
    lacking: list[LackingOut]


class DeadEndOut(Schema):
    """A contact path that leads to nobody."""

    path_id: str
    topic: str
    role_id: str
    role: str
    organisation_id: str
    organisation: str
    ended: bool
    menders: list[str]


class CollaborationContactsOut(Schema):
    """A collaboration's contacts and what is lacking among them."""

    id: str
    name: str
    on: date
    members: int
    gaps: int
    areas: list[AreaContactsOut]
    paths: list[ContactOut]
    dead_ends: list[DeadEndOut]


@router.get("/contacts", response={200: AnswersOut, **PROBLEMS})
def find(request: HttpRequest, asked: Query[Question]) -> Answers:
    """Whom do I contact about X at Y?"""
    return who_to_contact(actor_of(request), asked.question, clock.now())


@router.get("/collaborations/{collaboration_id}/contacts", response={200: CollaborationContactsOut, **PROBLEMS})
def list_contacts(request: HttpRequest, collaboration_id: str) -> CollaborationContacts:
    """The contacts of a collaboration: areas, gaps, dead ends."""
    return collaboration_contacts(actor_of(request), collaboration_id, clock.now())

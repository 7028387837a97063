"""Who can be asked about a time."""

from __future__ import annotations

from datetime import datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums.access import PREPARE, forum_for, owners_of
from samordna.domain.forums.choosing import roles_within
from samordna.domain.forums.enums import VOTING, SeatTask
from samordna.domain.scheduling.access import question_for
from samordna.domain.scheduling.enums import Wanted
from samordna.domain.scheduling.models import Asked
from samordna.domain.scheduling.queries.time_rows import RoleChoice


def wanted_choices(actor: Actor, forum_id: str, at: datetime, question_id: str = "") -> tuple[RoleChoice, ...]:
    """The roles that can be asked, those who sit in the forum first: who chairs must, who has a voice should."""
    forum = forum_for(actor, forum_id, PREPARE, at)
    seats = dict(forum.seats.filter(valid_to__isnull=True).values_list("role_id", "task"))
    there = dict(Asked.objects.filter(question_id=question_id).values_list("role_id", "wanted")) if question_id else {}
    roles = roles_within(owners_of(forum), clock.day(at)).select_related("organisation")
    rows = [
        RoleChoice(
            id=role.pk,
            name=role.name,
            organisation=role.organisation.name,
            wanted=there.get(role.pk, "") if question_id else _usual(seats.get(role.pk)),
            sits=role.pk in seats,
        )
        for role in roles.order_by("organisation__name", "name", "pk")
    ]
    return tuple(sorted(rows, key=lambda row: not row.sits))


def _usual(task: str | None) -> str:
    if task is None:
        return ""
    if task == SeatTask.CHAIR:
        return Wanted.MUST
    return Wanted.SHOULD if task in VOTING else Wanted.MAY


def organisations_asked(actor: Actor, question_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The organisations whose roles are asked, by name."""
    question = question_for(actor, question_id, at=at)
    found = question.asked.order_by("role__organisation__name").values_list(
        "role__organisation_id", "role__organisation__name"
    )
    return tuple(dict(found).items())

"""Requests to think a condition over: read by the coordinator who asks and the owner who is asked, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samordna.core.actor import Actor, Duty
from samordna.core.errors import Absent
from samordna.domain.collaborations.access import reach
from samordna.domain.collaborations.queries.crowd import Crowd, Found, each
from samordna.domain.matters.access import matter_for, readable_conditions
from samordna.domain.matters.models import Condition, Matter, Reconsideration
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.queries.heads import MatterHead, head_of
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.states import ANSWERABLE
from samordna.domain.organisations.waiting import Waiting, WaitingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request. `gives_way` is None while it waits for its answer."""

    condition_id: str
    owner: str
    sentence: str
    reason: str
    text: str
    asked_at: datetime
    gives_way: bool | None
    answer: str
    answered_at: datetime | None


def reconsiderations_of(actor: Actor, matter: Matter, at: datetime) -> tuple[Asked, ...]:
    """The matter's requests that the actor may read, the latest first. The caller has got the matter by `matter_for`."""
    rows = list(_readable(actor, matter, at).order_by("-asked_at", "pk"))
    if not rows:
        return ()
    subjects = subjects_of(matter.pk)
    return tuple(
        Asked(
            condition_id=row.condition_id,
            owner=row.condition.position.organisation.name if row.condition.position else "",
            sentence=row.condition.prose or sentence_of(row.condition.rule, subjects),
            reason=row.condition.reason,
            text=row.text,
            asked_at=row.asked_at,
            gives_way=row.gives_way,
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row in rows
    )


def _readable(actor: Actor, matter: Matter, at: datetime) -> QuerySet[Reconsideration]:
    found = Reconsideration.objects.filter(condition__matter=matter).select_related("condition__position__organisation")
    taking_part, coordinated = reach(actor, at)
    if actor.system or matter.collaboration_id in coordinated:
        return found
    if matter.collaboration_id not in taking_part:
        return found.none()
    return found.filter(condition__position__organisation_id=actor.organisation_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """A condition that one asks about or answers for, with what has been asked about it before."""

    head: MatterHead
    owner: str
    sentence: str
    reason: str
    condition_id: str
    position_id: str
    relax_price: int | None
    before: tuple[Asked, ...]

    @property
    def waiting(self) -> Asked | None:
        """The request that has not been answered."""
        return next((asked for asked in self.before if asked.gives_way is None), None)


def thought_of(actor: Actor, matter_id: str, condition_id: str, action: str, at: datetime) -> Thought:
    """The condition for a page about it; raises `Absent` for one of another matter or that the actor may not read."""
    return thought_in(actor, matter_for(actor, matter_id, at=at), condition_id, action, at)


def thought_in(actor: Actor, matter: Matter, condition_id: str, action: str, at: datetime) -> Thought:
    """The same where the matter has been reached already, perhaps by an answer link to one of its positions."""
    readable = readable_conditions(actor, matter, at).filter(position__isnull=False)
    condition = readable.select_related("position__organisation").filter(pk=condition_id).first()
    if condition is None or condition.position is None:
        raise Absent
    if action == "position.answer" and condition.position.organisation_id != actor.organisation_id:
        raise Absent
    before = tuple(asked for asked in reconsiderations_of(actor, matter, at) if asked.condition_id == condition_id)
    return Thought(
        head=head_of(matter, at),
        owner=condition.position.organisation.name,
        sentence=condition.prose or sentence_of(condition.rule, subjects_of(matter.pk)),
        reason=condition.reason,
        condition_id=condition.pk,
        position_id=condition.position.pk,
        relax_price=condition.relax_price,
        before=before,
    )


def requests_waiting(crowd: Crowd) -> Iterator[Found]:
    """The requests that an organisation has not answered; one question."""
    organisations, joined = crowd.organisations(Duty.ANSWER), crowd.joined(Duty.ANSWER)
    if not joined:
        return
    open_requests = Reconsideration.objects.filter(answered_at__isnull=True)
    conditions = Condition.objects.filter(
        position__organisation_id__in=organisations,
        matter__collaboration_id__in=joined,
        withdrawn_at__isnull=True,
        matter__stage__in=sorted(ANSWERABLE),
        pk__in=open_requests.values("condition_id"),
    )
    related = ("matter__collaboration", "position__organisation")
    for condition in conditions.select_related(*related).order_by("matter__answer_by", "pk"):
        owner = condition.position.organisation if condition.position else None
        waiting = Waiting(
            kind=WaitingKind.ANSWER,
            what=_("Think a condition over: you are asked whether it can give way"),
            about=condition.matter.title,
            collaboration=condition.matter.collaboration.name,
            organisation=owner.name if owner else "",
            url_name="answer_reconsideration",
            url_args=(condition.matter_id, condition.pk),
            note=condition.reason,
        )
        yield from each(crowd.of(owner.pk if owner else None, condition.matter.collaboration_id, Duty.ANSWER), waiting)

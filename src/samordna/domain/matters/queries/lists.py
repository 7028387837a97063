"""Lists of matters, and what somebody is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone, each
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter, Position
from samordna.domain.matters.queries.inquiries import questions_waiting
from samordna.domain.matters.queries.reconsidering import requests_waiting
from samordna.domain.matters.states import ANSWERABLE, CLOSED, HEARD, UNHEARD
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter in a list: how many were asked and how many have been heard."""

    id: str
    number: int
    title: str
    area: str
    stage: str
    stage_label: str
    asked: int
    heard: int
    answer_by: date | None
    closed: bool


def matters_of(actor: Actor, collaboration_id: str, at: datetime | None = None) -> list[MatterRow]:
    """The collaboration's matters that the actor may read, newest first; constant in database queries."""
    rows = counted(visible_matters(actor, at).filter(collaboration_id=collaboration_id)).select_related("area")
    return [_row(matter) for matter in rows.order_by("-number", "pk")]


def counted(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Add `asked` and `heard`."""
    return matters.annotate(
        asked=Count("positions"), heard=Count("positions", filter=Q(positions__state__in=sorted(HEARD)))
    )


def _row(matter: Matter) -> MatterRow:
    return MatterRow(
        id=matter.pk,
        number=matter.number,
        title=matter.title,
        area=matter.area.name,
        stage=matter.stage,
        stage_label=matter.get_stage_display(),
        asked=getattr(matter, "asked", 0),
        heard=getattr(matter, "heard", 0),
        answer_by=matter.answer_by,
        closed=matter.stage in CLOSED,
    )


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now in matters: answer for its organisation, or move on what it coordinates."""
    yield from _answers(crowd)
    yield from requests_waiting(crowd)
    yield from questions_waiting(crowd)
    yield from _moves(crowd, clock.day(at))


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor may do now in matters."""
    return asked_alone(waiting_in, actor, at)


def _answers(crowd: Crowd) -> Iterator[Found]:
    joined = crowd.joined(Duty.ANSWER)
    if not joined:
        return
    waiting = Position.objects.filter(
        organisation_id__in=crowd.organisations(Duty.ANSWER),
        matter__collaboration_id__in=joined,
        matter__stage__in=sorted(ANSWERABLE),
        state__in=sorted(UNHEARD),
    ).exclude(matter__collaboration__state=CollaborationState.PLANNED)
    related = ("matter__collaboration", "organisation")
    for position in waiting.select_related(*related).order_by("matter__answer_by", "pk"):
        item = Waiting(
            kind=WaitingKind.ANSWER,
            what=_("Say what you need and under what conditions"),
            about=position.matter.title,
            collaboration=position.matter.collaboration.name,
            organisation=position.organisation.name,
            url_name="position",
            url_args=(position.matter_id, position.pk),
            due=position.matter.answer_by,
        )
        yield from each(crowd.of(position.organisation_id, position.matter.collaboration_id, Duty.ANSWER), item)


def _moves(crowd: Crowd, on: date) -> Iterator[Found]:
    if not crowd.coordinated:
        return
    stages = [MatterStage.DRAFT, MatterStage.GATHERING]
    led = Matter.objects.filter(collaboration_id__in=crowd.coordinated, stage__in=stages)
    for matter in counted(led).select_related("collaboration").order_by("answer_by", "pk"):
        what, note, quick = _move(matter, on)
        item = Waiting(
            kind=WaitingKind.COORDINATE,
            what=what,
            about=matter.title,
            collaboration=matter.collaboration.name,
            url_name="matter",
            url_args=(matter.pk,),
            due=matter.answer_by,
            note=note,
            quick=quick,
            matter_id=matter.pk,
        )
        yield from each(crowd.leading(matter.collaboration_id), item)


def _move(matter: Matter, on: date) -> tuple[str, str, Quick | None]:
    """What the coordinator can do with the matter now, the detail, and the press that does it."""
    asked, heard = getattr(matter, "asked", 0), getattr(matter, "heard", 0)
    if matter.stage == MatterStage.DRAFT:
        return _("Finish the matter and send it out"), "", None
    if heard == asked:
        return (
            _("Everybody has answered: go on to weighing"),
            "",
            _press(matter, _("On to weighing"), "advance_matter", "avvagning"),
        )
    note = _("%(silent)s of %(asked)s have not answered") % {"silent": asked - heard, "asked": asked}
    remind = _press(matter, _("Send reminders"), "remind")
    if matter.answer_by is not None and matter.answer_by < on:
        return _("Remind those who have not answered"), note, remind
    return _("Follow who has answered"), note, None


def _press(matter: Matter, label: str, url_name: str, *more: str) -> Quick:
    return Quick(label=label, url_name=url_name, url_args=(matter.pk, *more))

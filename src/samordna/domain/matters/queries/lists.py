"""Lists of matters, and what somebody is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.access import reach
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter, Position
from samordna.domain.matters.queries.inquiries import questions_waiting
from samordna.domain.matters.queries.reconsidering import requests_waiting
from samordna.domain.matters.states import ANSWERABLE, CLOSED, HEARD, UNHEARD
from samordna.domain.organisations.waiting import Waiting, WaitingKind


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


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What the actor may do now in matters: answer for its organisation, or move on what it coordinates."""
    taking_part, coordinated = reach(actor, at)
    asked = [*requests_waiting(actor, taking_part), *questions_waiting(actor, taking_part, coordinated)]
    return [*_answers(actor, taking_part), *asked, *_moves(coordinated, clock.day(at))]


def _answers(actor: Actor, taking_part: list[str]) -> list[Waiting]:
    if Duty.ANSWER not in actor.duties or not actor.may_write:
        return []
    related = ("matter__collaboration", "organisation")
    waiting = Position.objects.filter(
        organisation_id=actor.organisation_id,
        matter__collaboration_id__in=taking_part,
        matter__stage__in=sorted(ANSWERABLE),
        state__in=sorted(UNHEARD),
    ).exclude(matter__collaboration__state=CollaborationState.PLANNED)
    return [
        Waiting(
            kind=WaitingKind.ANSWER,
            what=_("Say what you need and under what conditions"),
            about=position.matter.title,
            collaboration=position.matter.collaboration.name,
            organisation=position.organisation.name,
            url_name="position",
            url_args=(position.matter_id, position.pk),
            due=position.matter.answer_by,
        )
        for position in waiting.select_related(*related).order_by("matter__answer_by", "pk")
    ]


def _moves(coordinated: list[str], on: date) -> list[Waiting]:
    led = Matter.objects.filter(collaboration_id__in=coordinated, stage__in=[MatterStage.DRAFT, MatterStage.GATHERING])
    rows = counted(led).select_related("collaboration").order_by("answer_by", "pk")
    found = []
    for matter in rows:
        what, note = _move(matter, on)
        found.append(
            Waiting(
                kind=WaitingKind.COORDINATE,
                what=what,
                about=matter.title,
                collaboration=matter.collaboration.name,
                url_name="matter",
                url_args=(matter.pk,),
                due=matter.answer_by,
                note=note,
            )
        )
    return found


def _move(matter: Matter, on: date) -> tuple[str, str]:
    """What the coordinator can do with the matter now, and the detail."""
    asked, heard = getattr(matter, "asked", 0), getattr(matter, "heard", 0)
    if matter.stage == MatterStage.DRAFT:
        return _("Finish the matter and send it out"), ""
    if heard == asked:
        return _("Everybody has answered: go on to weighing"), ""
    note = _("%(silent)s of %(asked)s have not answered") % {"silent": asked - heard, "asked": asked}
    if matter.answer_by is not None and matter.answer_by < on:
        return _("Remind those who have not answered"), note
    return _("Follow who has answered"), note

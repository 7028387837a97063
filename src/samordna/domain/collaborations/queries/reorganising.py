"""Reorganisations as those who coordinate see them, and what they ask of managers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.models import Participation
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone
from samordna.domain.organisations.enums import Outcome, ReorganisationKind, SidePart
from samordna.domain.organisations.models import Carried, Reorganisation, Side
from samordna.domain.organisations.reorganisations import ReorganisationRow, row_of
from samordna.domain.organisations.waiting import Waiting, WaitingKind

PLANNED = Q(carried_out_at__isnull=True, called_off_at__isnull=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingHere:
    """A planned reorganisation among those who take part. `concerned`: which of them, by name."""

    row: ReorganisationRow
    concerned: tuple[str, ...]


def coming_here(actor: Actor, collaboration_id: str, at: datetime) -> tuple[ComingHere, ...]:
    """What is planned among those who take part, for whoever coordinates them; two queries."""
    given, on = collaboration_for(actor, collaboration_id, "collaboration.lead", at), clock.day(at)
    taking_part = Participation.objects.on(on).filter(collaboration=given).values("organisation_id")
    touched = Side.objects.exclude(part=SidePart.BESIDE).filter(organisation_id__in=taking_part)
    found = Reorganisation.objects.filter(PLANNED, pk__in=touched.values("reorganisation_id"))
    within = set(taking_part.values_list("organisation_id", flat=True))
    rows = []
    for each in found.prefetch_related("sides").order_by("happens_on", "pk"):
        concerned = dict.fromkeys(side.name for side in each.sides.all() if side.organisation_id in within)
        rows.append(ComingHere(row=row_of(each, on), concerned=tuple(concerned)))
    return tuple(rows)


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """Plans to agree to, and what an organisation is asked whether it takes over; two questions, whoever asks."""
    deciders = crowd.organisations(Duty.ADOPT)
    if deciders:
        yield from _to_agree(crowd, deciders)
        yield from _to_take_over(crowd, deciders)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What waits for one actor in the role it acts in."""
    return asked_alone(waiting_in, actor, at)


def _to_agree(crowd: Crowd, organisations: list[str]) -> Iterator[Found]:
    silent = Side.objects.filter(
        organisation_id__in=organisations,
        agreed_at__isnull=True,
        reorganisation__carried_out_at__isnull=True,
        reorganisation__called_off_at__isnull=True,
    )
    for side in silent.select_related("reorganisation").order_by("reorganisation__happens_on", "pk"):
        planned = side.reorganisation
        item = Waiting(
            kind=WaitingKind.ADOPT,
            what=_("Read the planned reorganisation, and agree to it or call it off"),
            about=f"{ReorganisationKind(planned.kind).label}: {side.name}",
            collaboration="",
            url_name="reorganisation",
            url_args=(planned.pk,),
            due=planned.happens_on,
        )
        yield from _each(crowd, side.organisation_id or "", (Duty.ADOPT,), item)


def _to_take_over(crowd: Crowd, organisations: list[str]) -> Iterator[Found]:
    """One item for each reorganisation, however much it asks about."""
    asked = Carried.objects.filter(outcome=Outcome.ASKED, answered_at__isnull=True, to_id__in=organisations)
    counted: dict[tuple[str, str, date | None], int] = {}
    for key in asked.values_list("reorganisation_id", "to_id", "reorganisation__carried_out_on").order_by("pk"):
        counted[key] = counted.get(key, 0) + 1
    for (reorganisation, to, _on), count in counted.items():
        item = Waiting(
            kind=WaitingKind.ADOPT,
            what=_("Say what you take over after the reorganisation"),
            about=_("Waits for an answer: %(count)s") % {"count": count},
            collaboration="",
            url_name="reorganisation",
            url_args=(reorganisation,),
        )
        yield from _each(crowd, to, (Duty.ADOPT,), item)


def _each(crowd: Crowd, organisation_id: str, duties: tuple[Duty, ...], item: Waiting) -> Iterator[Found]:
    for actor in crowd.actors:
        if actor.organisation_id == organisation_id and actor.duties & set(duties):
            yield actor, item

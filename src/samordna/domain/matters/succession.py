"""What of matters under way is touched when an organisation is succeeded: positions, and questions that wait."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Condition, Inquiry, Need, Position
from samordna.domain.matters.states import CLOSED
from samordna.domain.organisations.carrying import Hand, Kind, Way, register

OVER = sorted({*CLOSED, MatterStage.IN_FORCE})


def _under_way(on: date) -> Q:
    return ~Q(matter__stage__in=OVER)


def _unanswered(on: date) -> Q:
    return Q(answered_at__isnull=True, withdrawn_at__isnull=True) & _under_way(on)


def _join_words(hand: Hand) -> None:
    """Two positions that become one organisation's: what either of them must have, the one that goes on must have (P2)."""
    by_new: dict[str, list[str]] = defaultdict(list)
    for key, to in hand.joins:
        by_new[to].append(key)
    for to, keys in by_new.items():
        one = Position.objects.filter(matter_id=OuterRef("matter_id"), organisation_id=to).values("pk")[:1]
        for model in (Condition, Need):
            model._default_manager.filter(position__in=keys, withdrawn_at__isnull=True).update(position_id=Subquery(one))


register(
    Kind(
        name="position",
        label=_("Positions in matters under way"),
        way=Way.POINT,
        model=Position,
        live=_under_way,
        title=("matter__title",),
        place=("matter__collaboration__name",),
        group=("matter_id",),
        sole=1,
        carry=_join_words,
        may_rest=True,
    ),
    Kind(
        name="question_asked",
        label=_("Questions that wait for an answer"),
        way=Way.POINT,
        model=Inquiry,
        live=_unanswered,
        title=("text",),
        place=("matter__title",),
        ended="withdrawn_at",
    ),
    Kind(
        name="question_to_answer",
        label=_("Questions to answer"),
        way=Way.POINT,
        model=Inquiry,
        path="asked_of",
        live=_unanswered,
        title=("text",),
        place=("matter__title",),
        ended="withdrawn_at",
    ),
)

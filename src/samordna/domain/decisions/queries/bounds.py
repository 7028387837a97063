"""What each participant has answered and decided about a version of a decision, and on what ground it is bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samordna.domain.decisions.enums import ConsultationStance
from samordna.domain.decisions.models import Adoption, ConsultationAnswer, DecisionVersion
from samordna.domain.decisions.queries.binding import rulings_of
from samordna.domain.organisations.succession import in_law, told_now

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What an organisation's own body decided."""

    answer: str
    answer_label: str
    body: str
    decided_on: date
    paragraph: str
    reservation: str
    in_force_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """What coordination has answered to an objection."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One participant: what it has answered, whether its own body has adopted it, and on what ground it is bound.

    `adoption` is None until it is recorded. `why` is the ruling's reasons, {text, because}. `stance` is "" for silence.
    `replies` are what coordination has answered to its objection.
    """

    organisation_id: str
    name: str
    own: bool
    stance: str
    stance_label: str
    text: str
    late: bool
    answered_at: datetime | None
    answer_id: str
    replies: tuple[Replied, ...]
    cleared_at: datetime | None
    adoption: Adopted | None
    decides: str
    binds: bool
    following: str
    needs_adoption: bool
    why: Document

    @property
    def stands(self) -> bool:
        """Is its answer an objection that it has not cleared?"""
        return self.stance == ConsultationStance.OBJECTS and self.cleared_at is None


def bounds_of(version: DecisionVersion, names: Mapping[str, str], own_id: str | None) -> tuple[Bound, ...]:
    """Every participant of a version, the actor's own first, then by name; a constant number of queries."""
    rulings, names = rulings_of(version, in_law()), told_now(names)
    rows = ConsultationAnswer.objects.filter(version=version).prefetch_related("replies").order_by("answered_at", "pk")
    answers = {answer.organisation_id: answer for answer in rows}
    adoptions = {adoption.organisation_id: adoption for adoption in Adoption.objects.filter(version=version)}
    bounds = [
        _bound(pk, names.get(pk, ""), pk == own_id, ruling, answers.get(pk), adoptions.get(pk))
        for pk, ruling in rulings.items()
    ]
    return tuple(sorted(bounds, key=lambda bound: (not bound.own, bound.name)))


def _bound(
    pk: str,
    name: str,
    own: bool,
    ruling: Document,
    answer: ConsultationAnswer | None,
    adoption: Adoption | None,
) -> Bound:
    return Bound(
        organisation_id=pk,
        name=name,
        own=own,
        stance=answer.stance if answer else "",
        stance_label=answer.get_stance_display() if answer else "",
        text=answer.text if answer else "",
        late=bool(answer and answer.late),
        answered_at=answer.answered_at if answer else None,
        answer_id=answer.pk if answer else "",
        replies=tuple(Replied(text=one.text, at=one.replied_at) for one in answer.replies.all()) if answer else (),
        cleared_at=answer.cleared_at if answer else None,
        adoption=_adopted(adoption) if adoption else None,
        decides=ruling["decides"],
        binds=ruling["binds"],
        following=ruling["following"] or ruling["following_once_adopted"] or "",
        needs_adoption=ruling["needs_adoption"],
        why=ruling["why"],
    )


def _adopted(adoption: Adoption) -> Adopted:
    return Adopted(
        answer=adoption.answer,
        answer_label=adoption.get_answer_display(),
        body=adoption.body,
        decided_on=adoption.decided_on,
        paragraph=adoption.paragraph,
        reservation=adoption.reservation,
        in_force_from=adoption.in_force_from,
    )

"""A whole matter as plain data: for the API, for export, and for whoever wants to read it outside this system."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.domain.collaborations.access import reach
from samordna.domain.matters.access import matter_for, position_for, reads_figures_of
from samordna.domain.matters.models import Aspect, Matter, Position
from samordna.domain.matters.queries.carried import answering_of
from samordna.domain.matters.queries.drafts import matter_values, values_of
from samordna.domain.matters.queries.stated import Stated, Statements, statements_of
from samordna.domain.matters.queries.subjects import as_subjects, subjects_of
from samordna.domain.matters.stored import figure_values, today_values

FORMAT = "samordna-matter/1"


def matter_document(actor: Actor, matter_id: str, at: datetime) -> dict[str, Any]:
    """The matter with everything the actor may read of it; JSON-able, ids kept, constant in database queries.

    Costs and benefits stand only under the participants whose figures the actor may read: an absent key is not a zero.
    """
    matter = matter_for(actor, matter_id, "matter.read", at)
    aspects = list(matter.aspects.order_by("order", "pk").prefetch_related("options"))
    said = statements_of(actor, matter, as_subjects(aspects), at)
    leads = actor.system or matter.collaboration_id in reach(actor, at)[1]
    rows = matter.positions.select_related("organisation").prefetch_related("practices", "costs")
    return {
        "format": FORMAT,
        **_words(matter),
        "answers": [asdict(one) for one in answering_of(matter)],
        "fingerprint": fingerprint(matter_values(matter)),
        "aspects": [_aspect(aspect) for aspect in aspects],
        "positions": [
            _position(position, said, figures=leads or position.organisation_id == actor.organisation_id)
            for position in rows.order_by("organisation__name", "pk")
        ],
        "common_conditions": [_stated(stated) for stated in said.conditions.get(None, ())],
        "common_needs": [_stated(stated) for stated in said.needs.get(None, ())],
    }


def position_document(actor: Actor, position_id: str, at: datetime) -> dict[str, Any]:
    """One participant's position in the same form."""
    fetched = position_for(actor, position_id, "position.read", at)
    matter = fetched.matter
    said = statements_of(actor, matter, subjects_of(matter.pk), at)
    rows = matter.positions.select_related("organisation").prefetch_related("practices", "costs")
    return _position(rows.get(pk=position_id), said, figures=reads_figures_of(actor, fetched, at))


def _words(matter: Matter) -> dict[str, Any]:
    names = ("number", "kind", "title", "purpose", "for_the_individual", "convenience", "stage", "unit")
    return {
        "id": matter.pk,
        "collaboration": {"id": matter.collaboration_id, "name": matter.collaboration.name},
        "area": {"id": matter.area_id, "name": matter.area.name},
        **{name: getattr(matter, name) for name in names},
        "price_of_difference": matter.price_of_difference,
        "answer_by": matter.answer_by.isoformat() if matter.answer_by else None,
        "previous": matter.previous_id,
    }


def _aspect(aspect: Aspect) -> dict[str, Any]:
    names = ("label", "explanation", "kind", "sharing", "weight", "unit")
    options = sorted(aspect.options.all(), key=lambda option: (option.order, option.pk))
    return {
        "id": aspect.pk,
        **{name: getattr(aspect, name) for name in names},
        "options": [{"id": o.pk, "label": o.label, "number": o.number} for o in options],
        "fingerprint": fingerprint(values_of(aspect)),
    }


def _position(position: Position, said: Statements, *, figures: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": position.pk,
        "organisation": {"id": position.organisation_id, "name": position.organisation.name},
        "state": position.state,
        "declined_reason": position.declined_reason,
        "note": position.note if said.positions else "",
        "practices": _practices(position) if said.positions else {},
        "conditions": [_stated(stated) for stated in said.conditions.get(position.pk, ())],
        "needs": [_stated(stated) for stated in said.needs.get(position.pk, ())],
    }
    if said.positions:
        found["fingerprints"] = {"practices": fingerprint(today_values(_practices(position), position.note))}
    if not figures:
        return found
    found.setdefault("fingerprints", {})["figures"] = fingerprint(_stored_figures(position))
    return found | _figures(position)


def _practices(position: Position) -> dict[str, str]:
    return {practice.aspect_id: practice.option_id for practice in position.practices.all()}


def _stored_figures(position: Position) -> dict[str, Any]:
    costs = {cost.option_id: (cost.low, cost.likely, cost.high) for cost in position.costs.all()}
    benefit = (position.benefit_low, position.benefit_likely, position.benefit_high)
    return figure_values(costs, benefit, position.benefit_note)


def _figures(position: Position) -> dict[str, Any]:
    costs = {c.option_id: {"low": c.low, "likely": c.likely, "high": c.high} for c in position.costs.all()}
    if position.benefit_likely is None:
        return {"costs": costs, "benefit": None}
    bounds = {"low": position.benefit_low, "likely": position.benefit_likely, "high": position.benefit_high}
    return {"costs": costs, "benefit": bounds | {"note": position.benefit_note}}


def _stated(stated: Stated) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": stated.id,
        "sentence": stated.sentence,
        "rule": stated.rule,
        "reason": stated.reason,
    }
    if stated.weight is not None:
        return found | {"weight": stated.weight}
    return found | {
        "prose": stated.sentence if stated.prose else "",
        "legal_ground": stated.legal_ground,
        "relax_price": stated.relax_price,
        "confidential": stated.confidential,
        "valid_to": stated.valid_to.isoformat() if stated.valid_to else None,
    }

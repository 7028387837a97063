"""A matter as the engine's question, and the engine's answers as a matter's values.

The engine knows ids and numbers only. A participant's id is its organisation's, aspects, options, conditions and needs
keep theirs, and what is common is owned by the engine's constant for the coordination. Conditions in prose are no part
of the question; their owners answer for each proposal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

import samordna_engine as engine
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.reading import once_per_reading
from samordna.domain.collaborations.access import reach
from samordna.domain.collaborations.models import Participation
from samordna.domain.decisions.models import Proposal
from samordna.domain.matters.access import readable_conditions, readable_needs, reads_positions_in
from samordna.domain.matters.enums import ConditionForm, Confidence
from samordna.domain.matters.models import AdaptationCost, Aspect, Condition, Matter, Need, Option, Position, Practice
from samordna.domain.matters.states import SENT_IN
from samordna_engine.documents import digest
from samordna_engine.rules import Rule

Values = dict[str, str]
OwnValues = dict[str, Values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the engine is asked, and what stands beside it. Everything is keyed by the ids that the engine uses."""

    matter: Matter
    problem: engine.Problem
    positions: Mapping[str, Position]
    aspects: Mapping[str, Aspect]
    options: Mapping[str, Option]
    conditions: Mapping[str, Condition]

    @property
    def prose(self) -> tuple[Condition, ...]:
        """The conditions that no machine can check."""
        return tuple(condition for condition in self.conditions.values() if condition.form == ConditionForm.PROSE)

    def digest(self) -> str:
        """The digest that stands for exactly this question."""
        return digest_of(self.problem)


def digest_of(problem: engine.Problem) -> str:
    """SHA-256 of the question's canonical bytes, in hexadecimal."""
    return digest(problem)


def live_conditions(matter: Matter, on: date) -> Iterable[Condition]:
    """The conditions that hold on this day: not withdrawn, not past their last day; owner loaded."""
    holds = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    found = Condition.objects.filter(holds, matter=matter, withdrawn_at__isnull=True)
    return found.select_related("position__organisation").order_by("stated_at", "pk")


def owner_of(stated: Condition | Need) -> str:
    """The organisation's id, or the constant for what is common."""
    return stated.position.organisation_id if stated.position else engine.COORDINATION


def participants_of(matter: Matter, on: date) -> dict[str, Position]:
    """The positions of the organisations that take part on this day, by organisation, in the order of their names."""
    part = Participation.objects.on(on).filter(collaboration_id=matter.collaboration_id).values("organisation_id")
    found = Position.objects.filter(matter=matter, organisation_id__in=part).select_related("organisation")
    return {position.organisation_id: position for position in found.order_by("organisation__name", "pk")}


@once_per_reading
def question_of(matter: Matter, at: datetime, reader: Actor | None = None, draft_of: str = "") -> Question:
    """The whole matter as a question, in a constant number of database queries.

    Only what was sent in counts: a draft is not yet its owner's word. `draft_of`: the organisation whose own draft counts
    as well, for telling its owner what does not add up before it is sent in.

    With a `reader`, only what that actor may read is counted: others' conditions in confidence and others' figures are
    left out, so that trying things cannot be used to find them out.
    """
    on = clock.day(at)
    positions = participants_of(matter, on)
    aspects = {aspect.pk: aspect for aspect in Aspect.objects.filter(matter=matter).prefetch_related("options")}
    counted = {key for key, position in positions.items() if position.state in SENT_IN or key == draft_of}
    live = [c for c in live_conditions(matter, on) if owner_of(c) in counted or c.position_id is None]
    readable = None if reader is None else _readable(reader, matter, at)
    conditions = {c.pk: c for c in live if readable is None or c.pk in readable}
    sent_in = {positions[key].pk for key in counted}
    figures = _figures_for(reader, matter, positions, at) & sent_in
    needs = Need.objects.filter(matter=matter) if reader is None else readable_needs(reader, matter, at)
    needs = needs.filter(Q(position__isnull=True) | Q(position__in=sent_in))
    opened = reader is None or reads_positions_in(reader, matter, at)
    return Question(
        matter=matter,
        problem=_problem(matter, positions, aspects, conditions.values(), needs, figures, sent_in if opened else set()),
        positions=positions,
        aspects=aspects,
        options={option.pk: option for aspect in aspects.values() for option in aspect.options.all()},
        conditions=conditions,
    )


def _readable(reader: Actor, matter: Matter, at: datetime) -> set[str]:
    return set(readable_conditions(reader, matter, at).values_list("pk", flat=True))


def _figures_for(reader: Actor | None, matter: Matter, positions: Mapping[str, Position], at: datetime) -> set[str]:
    """Ids of the positions whose costs and benefits count."""
    every = {position.pk for position in positions.values()}
    if reader is None or reader.system or matter.collaboration_id in reach(reader, at)[1]:
        return every
    own = positions.get(reader.organisation_id or "")
    return {own.pk} if own else set()


def _problem(
    matter: Matter,
    positions: Mapping[str, Position],
    aspects: Mapping[str, Aspect],
    conditions: Iterable[Condition],
    needs: QuerySet[Need],
    figures: set[str],
    practised: set[str],
) -> engine.Problem:
    """The engine's question. `figures` and `practised`: the positions whose figures and whose practice today count."""
    stated = needs.filter(withdrawn_at__isnull=True).select_related("position").order_by("stated_at", "pk")
    counted = [need for need in stated if _counts(need, positions)]
    try:
        return engine.Problem(
            id=matter.pk,
            title=matter.title,
            unit=matter.unit,
            price_of_difference=matter.price_of_difference,
            aspects=tuple(engine_aspect(aspect) for aspect in aspects.values()),
            participants=_participants(matter, positions, figures, practised),
            conditions=tuple(engine_condition(c) for c in conditions if c.form == ConditionForm.RULE),
            needs=tuple(engine_need(need) for need in counted),
        )
    except engine.Malformed as malformed:
        sentence = _("The matter cannot be calculated as it stands: %(what)s. Correct it and try again.")
        raise Refused(sentence % {"what": str(malformed.faults[0])}) from malformed


def _counts(need: Need, positions: Mapping[str, Position]) -> bool:
    return need.position is None or need.position.organisation_id in positions


def _participants(
    matter: Matter, positions: Mapping[str, Position], figures: set[str], practised: set[str]
) -> tuple[engine.Participant, ...]:
    costs: dict[str, dict[str, dict[str, engine.Range]]] = defaultdict(lambda: defaultdict(dict))
    rows = AdaptationCost.objects.filter(position__matter=matter, position__in=figures).order_by("position_id", "pk")
    for row in rows.values_list("position_id", "option__aspect_id", "option_id", "low", "likely", "high"):
        costs[row[0]][row[1]][row[2]] = engine.Range(low=row[3], likely=row[4], high=row[5])
    current: dict[str, dict[str, str]] = defaultdict(dict)
    practices = Practice.objects.filter(position__matter=matter, position__in=practised)
    today = practices.order_by("position_id", "pk").values_list("position_id", "aspect_id", "option_id")
    for position_id, aspect_id, option_id in today:
        current[position_id][aspect_id] = option_id
    return tuple(
        engine.Participant(
            id=position.organisation_id,
            label=position.organisation.name,
            size=position.organisation.inhabitants or 1,
            benefit=_benefit(position) if position.pk in figures else engine.Range.exactly(0),
            costs=costs[position.pk],
            current=current[position.pk],
        )
        for position in positions.values()
    )


def _benefit(position: Position) -> engine.Range:
    low, likely, high = position.benefit_low, position.benefit_likely, position.benefit_high
    if low is None or likely is None or high is None:
        return engine.Range.exactly(0)
    return engine.Range(low=low, likely=likely, high=high)


def engine_aspect(aspect: Aspect) -> engine.Aspect:
    """An aspect with its options in their order."""
    return engine.Aspect(
        id=aspect.pk,
        label=aspect.label,
        kind=engine.AspectKind(aspect.kind),
        sharing=engine.Sharing(aspect.sharing),
        weight=aspect.weight,
        options=tuple(engine.Option(id=o.pk, label=o.label, number=o.number) for o in aspect.options.all()),
    )


def engine_condition(condition: Condition) -> engine.Condition:
    """A condition whose form is a rule."""
    return engine.Condition(
        id=condition.pk,
        owner=owner_of(condition),
        rule=engine_rule(condition.rule or {}),
        reason=condition.reason,
        source=condition.legal_ground or None,
        relax_price=condition.relax_price,
        confidential=condition.confidence == Confidence.COORDINATOR,
    )


def engine_need(need: Need) -> engine.Need:
    """A need, with its weight as what the whole loses where it is not met."""
    return engine.Need(
        id=need.pk, owner=owner_of(need), rule=engine_rule(need.rule), weight=need.weight, reason=need.reason
    )


def engine_rule(rule: Mapping[str, Any]) -> Rule:
    """A stored rule (see `matters.rules`) in the engine's language."""
    then = tuple(_literal(literal) for literal in rule.get("then", ()))
    if given := tuple(_literal(literal) for literal in rule.get("if", ())):
        return engine.If(all_of=given, then=then)
    return then[0] if len(then) == 1 else engine.AllOf(parts=then)


def _literal(literal: Mapping[str, Any]) -> engine.Is | engine.IsNot | engine.AtLeast | engine.AtMost:
    aspect, options = literal["aspect"], tuple(literal["options"])
    match literal["is"]:
        case "one_of":
            return engine.Is(aspect=aspect, options=options)
        case "none_of":
            return engine.IsNot(aspect=aspect, options=options)
        case "at_least":
            return engine.AtLeast(aspect=aspect, value=options[0])
        case _:
            return engine.AtMost(aspect=aspect, value=options[0])


def values_of(proposal: Proposal) -> tuple[Values, OwnValues]:
    """The proposal's frame, and each participant's own values, as the engine takes them."""
    own: OwnValues = defaultdict(dict)
    for adaptation in proposal.adaptations.all():
        own[adaptation.organisation_id][adaptation.aspect_id] = adaptation.option_id
    return {value.aspect_id: value.option_id for value in proposal.frame.all()}, dict(own)

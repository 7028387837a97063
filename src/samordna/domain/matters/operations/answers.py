"""A participant's own answer: today's practice, costs, benefit, a note; and sending it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import AdaptationCost, AnswerLink, Option, Position, Practice
from samordna.domain.matters.operations.held import begin, held_position_for
from samordna.domain.matters.operations.telling import tell_of_position
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.states import HEARD
from samordna.domain.matters.stored import figure_values, today_values
from samordna.domain.matters.typed import Typed
from samordna.domain.organisations.models import Holding

Figures = Sequence[int | None]


@operation("position.answer")
def record_practice(
    *,
    actor: Actor,
    position_id: str,
    practices: Mapping[str, str],
    note: str | None = None,
    seen: str = "",
    at: datetime | None = None,
) -> Position:
    """Record how the participant does it today: aspect id → option id, or "" for what it cannot say.

    `note` says in its own words what no field has room for, open to all participants; None leaves it as it is.
    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    position = held_position_for(actor, position_id, at=at)
    subjects = subjects_of(position.matter_id)
    typed = Typed()
    for aspect, option in practices.items():
        known = {choice.id for choice in subjects[aspect].options} if aspect in subjects else set()
        if aspect not in subjects or (option and option not in known):
            typed.fault("practices", _("Choose among the matter's aspects and their options."))
    _check_today(position, practices, note, seen)
    if note is not None:
        position.note = typed.text("note", note)
    typed.finish()
    position.practices.filter(aspect_id__in=list(practices)).delete()
    Practice.objects.bulk_create(
        Practice(position=position, aspect_id=aspect, option_id=option) for aspect, option in practices.items() if option
    )
    position.save(update_fields=["note"])
    begin(position)
    tell_of_position(actor, "practice_recorded", position, at, practices=dict(practices), note=position.note)
    return position


@operation("position.answer")
def record_costs(*, actor: Actor, position_id: str, costs: Mapping[str, Figures], at: datetime | None = None) -> Position:
    """Record what options would cost the participant: option id → (low, likely, high) in the matter's unit.

    The likely figure alone stands for all three; three times None takes a cost away. Negative is a saving.
    """
    position = held_position_for(actor, position_id, at=at)
    known = set(
        Option.objects.filter(aspect__matter_id=position.matter_id, pk__in=list(costs)).values_list("pk", flat=True)
    )
    typed = Typed()
    estimates = {}
    for option, figures in costs.items():
        if option not in known or len(figures) != 3:
            typed.fault(f"cost-{option}-likely", _("State lowest, likely and highest for one of the matter's options."))
            continue
        estimates[option] = typed.estimate(f"cost-{option}-likely", *figures)
    typed.finish()
    position.costs.filter(option_id__in=list(costs)).delete()
    AdaptationCost.objects.bulk_create(
        AdaptationCost(position=position, option_id=option, low=bounds[0], likely=bounds[1], high=bounds[2])
        for option, bounds in estimates.items()
        if bounds
    )
    begin(position)
    tell_of_position(
        actor, "costs_recorded", position, at, costs={option: list(bounds or ()) for option, bounds in estimates.items()}
    )
    return position


@operation("position.answer")
def record_benefit(
    *,
    actor: Actor,
    position_id: str,
    low: int | None,
    likely: int | None,
    high: int | None,
    note: str = "",
    at: datetime | None = None,
) -> Position:
    """Record what the participant would gain from taking part, in the matter's unit, and what the gain consists of."""
    position = held_position_for(actor, position_id, at=at)
    typed = Typed()
    bounds = typed.estimate("likely", low, likely, high) or (None, None, None)
    position.benefit_note = typed.text("note", note)
    typed.finish()
    position.benefit_low, position.benefit_likely, position.benefit_high = bounds
    position.save(update_fields=["benefit_low", "benefit_likely", "benefit_high", "benefit_note"])
    begin(position)
    tell_of_position(actor, "benefit_recorded", position, at, benefit=list(bounds), note=position.benefit_note)
    return position


@operation("position.answer")
def record_figures(
    *,
    actor: Actor,
    position_id: str,
    costs: Mapping[str, Figures],
    low: int | None,
    likely: int | None,
    high: int | None,
    note: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Position:
    """Record costs and benefit together; either both are kept or neither, and every fault of both is told at once.

    `seen`: see `record_practice`.
    """
    position = held_position_for(actor, position_id, at=at)
    given = figure_values(costs, (low, likely, high), note)
    check_not_overtaken(seen, _stored_figures(position), given)
    faults: dict[str, str] = {}
    recordings: tuple[Callable[[], Position], ...] = (
        lambda: record_costs(actor=actor, position_id=position_id, costs=costs, at=at),
        lambda: record_benefit(actor=actor, position_id=position_id, low=low, likely=likely, high=high, note=note, at=at),
    )
    for record in recordings:
        try:
            record()
        except Invalid as invalid:
            faults |= invalid.fields
    if faults:
        raise Invalid(faults)
    return held_position_for(actor, position_id, at=at)


def _check_today(position: Position, practices: Mapping[str, str], note: str | None, seen: str) -> None:
    stored = today_values({row.aspect_id: row.option_id for row in position.practices.all()}, position.note)
    given = today_values(practices, position.note if note is None else note)
    check_not_overtaken(seen, stored, given)


def _stored_figures(position: Position) -> dict[str, object]:
    costs = {cost.option_id: (cost.low, cost.likely, cost.high) for cost in position.costs.all()}
    benefit = (position.benefit_low, position.benefit_likely, position.benefit_high)
    return figure_values(costs, benefit, position.benefit_note)


@operation("position.answer")
def write_note(*, actor: Actor, position_id: str, text: str, at: datetime | None = None) -> Position:
    """Say in the participant's own words what no field has room for; open to all participants."""
    position = held_position_for(actor, position_id, at=at)
    typed = Typed()
    position.note = typed.text("text", text)
    typed.finish()
    position.save(update_fields=["note"])
    begin(position)
    tell_of_position(actor, "note_written", position, at, text=position.note)
    return position


@operation("position.answer")
def submit_position(*, actor: Actor, position_id: str, answered_as: str = "", at: datetime | None = None) -> Position:
    """Send in the answer. Without a single condition it is refused: having none is said aloud, by its own operation.

    Whoever comes by an answer link says who they are in `answered_as`; the position's links are then used up.
    """
    position = held_position_for(actor, position_id, at=at)
    if not position.conditions.filter(withdrawn_at__isnull=True).exists():
        raise Refused(_("You have not stated any condition. State one, or say that you have no conditions."))
    return _answer(actor, position, PositionState.ANSWERED, answered_as, at)


@operation("position.answer")
def declare_no_conditions(*, actor: Actor, position_id: str, answered_as: str = "", at: datetime | None = None) -> Position:
    """Say aloud that the participant has no conditions: whatever is decided works for it."""
    position = held_position_for(actor, position_id, at=at)
    if position.conditions.filter(withdrawn_at__isnull=True).exists():
        raise Refused(_("You have stated conditions. Withdraw them first, or send in the answer with them."))
    return _answer(actor, position, PositionState.NO_CONDITIONS, answered_as, at)


def _answer(actor: Actor, position: Position, state: PositionState, answered_as: str, at: datetime | None) -> Position:
    if position.state in HEARD - {PositionState.DECLINED}:
        raise Refused(_("The answer has already been sent in. Open it again to change it."))
    typed = Typed()
    needed = _("Say who answers: your name and role.") if actor.link_position_id else ""
    position.answered_as = typed.text("answered_as", answered_as, needed=needed, most=160)
    typed.finish()
    position.state, position.declined_reason = state, ""
    position.answered_at = at or clock.now()
    position.answered_by = Holding.objects.filter(pk=actor.holding_id).first()
    position.save()
    _use_links(actor, position, at)
    action = "position_submitted" if state is PositionState.ANSWERED else "no_conditions_declared"
    tell_of_position(actor, action, position, at, answered_as=position.answered_as)
    return position


def _use_links(actor: Actor, position: Position, at: datetime | None) -> None:
    """An answer that was sent in needs no more links: those still living are used, or withdrawn if nobody came by one."""
    moment = at or clock.now()
    living = AnswerLink.objects.filter(position=position).living(moment)
    if actor.link_position_id:
        living.update(used_at=moment, used_as=position.answered_as)
    else:
        living.update(revoked_at=moment)


@operation("position.answer")
def reopen_position(*, actor: Actor, position_id: str, reason: str, at: datetime | None = None) -> Position:
    """Take back an answer that was sent in, to change it; the matter then waits for the participant again."""
    position = held_position_for(actor, position_id, at=at)
    if position.state not in HEARD:
        raise Refused(_("The answer has not been sent in, so it can be changed as it is."))
    typed = Typed()
    why = typed.text("reason", reason, needed=_("Say why you need to change the answer; others have read it."))
    typed.finish()
    position.state, position.declined_reason = PositionState.STARTED, ""
    position.answered_at = position.answered_by = None
    position.answered_as = ""
    position.save()
    tell_of_position(actor, "position_reopened", position, at, reason=why)
    return position

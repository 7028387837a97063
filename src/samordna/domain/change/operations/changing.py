"""Changes: planned, planned anew, made or dropped, and what came of them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.change.access import WRITE, change_for, need_for, responsible_roles
from samordna.domain.change.enums import EffectKind, MeasureKind, PlacingAnswer, TargetKind
from samordna.domain.change.limits import MOST_CHANGES, MOST_EFFECTS, MOST_PLANS
from samordna.domain.change.models import Change, ChangeNeed, EarlierPlan, Effect
from samordna.domain.change.operations.holding import future, latest_of, own_need, tell, whoever
from samordna.domain.change.queries.targets import named
from samordna.domain.change.rules import Side
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Role

PLANNED = ("role", "by", "measure_on", "replanned")
CLOSED = ("closed_at", "closed_by", "done", "words")
"""What a planning anew writes, and what doing or dropping does: neither touches what the other one wrote."""


@operation(WRITE)
def plan_change(
    *,
    actor: Actor,
    need_id: str,
    what: str,
    for_the_individual: str,
    role_id: str,
    by: date | None,
    convenience: str = "",
    target_kind: str = "",
    target_id: str = "",
    measure_kind: str = MeasureKind.WORDS,
    measure_id: str = "",
    measure_text: str = "",
    measure_on: date | None = None,
    at: datetime | None = None,
) -> Change:
    """Say what is changed for a need that one has taken on: who is responsible, by when, in what it is made, and by what
    one will see whether it helped."""
    need = need_for(actor, need_id, WRITE, at)
    at = at or clock.now()
    need, _facts, holder = own_need(actor, need, at)
    latest = latest_of(need)
    if latest is None or latest.answer != PlacingAnswer.TAKEN:
        raise Refused(_("The change need is taken on first. Then one says what is changed."))
    found = Findings()
    change = Change(
        need=need,
        what=found.text("what", what),
        for_the_individual=found.text("for_the_individual", for_the_individual),
        convenience=found.text("convenience", convenience, required=False),
        planned_at=at,
        planned_by_id=actor.holding_id,
        measure_text=found.line("measure_text", measure_text, 300, required=measure_kind == MeasureKind.WORDS),
    )
    change.by = future(found, "by", by, at)
    change.measure_on = _after(found, measure_on, change.by, at)
    change.role = _role(found, role_id, need, holder, at)
    change.target_kind, change.target_id = _thing(actor, found, "target", (target_kind, target_id), TargetKind.values, at)
    _measured(actor, found, change, measure_kind, measure_id, at)
    found.insist()
    if need.changes.count() >= MOST_CHANGES:
        raise TooLarge(_("A change need has at most %(most)s changes.") % {"most": MOST_CHANGES})
    change.save()
    tell(actor, "change_planned", need.turn.chain, at, need=need.pk, change=change.pk, by=change.by)
    return change


def _after(found: Findings, day: date | None, by: date, at: datetime) -> date:
    measured = future(found, "measure_on", day, at)
    if day is not None and day < by:
        found.say("measure_on", _("It is measured again when the change is made, not before."))
    return measured


def _role(found: Findings, role_id: str, need: ChangeNeed, holder: Side, at: datetime) -> Role:
    """A role that there is that day, and that may say that the change is made, of whoever has the need."""
    role = responsible_roles(need.turn.chain.collaboration, holder, clock.day(at)).filter(pk=role_id).first()
    if role is None:
        sentence = _("Choose a role that answers for your own organisation: a role, not a person, is responsible.")
        found.say(
            "role_id", sentence if holder else _("Choose the coordinator's role: nobody else can say that it is made.")
        )
        found.insist()
        raise AssertionError  # insist has raised
    return role


def _thing(
    actor: Actor, found: Findings, field: str, key: tuple[str, str], kinds: list[str], at: datetime
) -> tuple[str, str]:
    kind, thing_id = key
    if not kind and not thing_id:
        return "", ""
    if kind not in kinds or key not in named(actor, [key], at):
        found.say(field, _("Choose something that you may read here."))
    return kind, thing_id


def _measured(actor: Actor, found: Findings, change: Change, kind: str, thing_id: str, at: datetime) -> None:
    kind = found.choice("measure", kind, MeasureKind.values)
    change.measure_kind = kind
    if kind == MeasureKind.WORDS:
        change.measure_id = ""
    elif kind:
        change.measure_id = _thing(actor, found, "measure", (kind, thing_id), MeasureKind.values, at)[1]


@operation(WRITE)
def replan_change(
    *,
    actor: Actor,
    change_id: str,
    role_id: str,
    by: date | None,
    measure_on: date | None,
    reason: str,
    at: datetime | None = None,
) -> Change:
    """Give a change that is under way another role or another day, with a reason. What was planned before is kept."""
    change, holder, at = _under_way_for(actor, change_id, at)
    found = Findings()
    before = EarlierPlan(change=change, role_id=change.role_id, by=change.by, measure_on=change.measure_on)
    change.by = future(found, "by", by, at)
    change.measure_on = _after(found, measure_on, change.by, at)
    change.replanned = found.text("reason", reason)
    change.role = _role(found, role_id, change.need, holder, at)
    found.insist()
    if change.earlier.count() >= MOST_PLANS:
        told = _("This change has been planned anew %(most)s times. Drop it, and plan another.")
        raise TooLarge(told % {"most": MOST_PLANS})
    change.save(update_fields=PLANNED)
    before.reason, before.until_at, before.ended_by = change.replanned, at, whoever(actor)
    before.save(force_insert=True)
    days = {"by": change.by, "measure_on": change.measure_on, "role": change.role_id}
    tell(actor, "change_replanned", change.need.turn.chain, at, change=change.pk, **days)
    return change


@operation(WRITE)
def finish_change(
    *, actor: Actor, change_id: str, words: str = "", measure_on: date | None = None, at: datetime | None = None
) -> Change:
    """Say that a change is made. It is open until it has been measured again: on the day that was planned, or on another
    (`measure_on`), which is needed where that day has passed."""
    return _closed_for(actor, change_id, words, at, done=True, measure_on=measure_on)


@operation(WRITE)
def drop_change(*, actor: Actor, change_id: str, reason: str, at: datetime | None = None) -> Change:
    """Say that a change is not made after all, and why. The need is still there."""
    return _closed_for(actor, change_id, reason, at, done=False)


def _closed_for(
    actor: Actor, change_id: str, words: str, at: datetime | None, *, done: bool, measure_on: date | None = None
) -> Change:
    change, _holder, at = _under_way_for(actor, change_id, at)
    found = Findings()
    change.words = found.text("words" if done else "reason", words, required=not done)
    if done and (measure_on is not None or change.measure_on < clock.day(at)):
        change.measure_on = future(found, "measure_on", measure_on, at)
    found.insist()
    change.closed_at, change.closed_by, change.done = at, whoever(actor), done
    change.save(update_fields=[*CLOSED, "measure_on"])
    tell(actor, "change_made" if done else "change_dropped", change.need.turn.chain, at, change=change.pk)
    return change


def _under_way_for(actor: Actor, change_id: str, at: datetime | None) -> tuple[Change, Side, datetime]:
    change = change_for(actor, change_id, WRITE, at)
    at = at or clock.now()
    holder = own_need(actor, change.need, at)[2]
    change.refresh_from_db(fields=[*PLANNED, *CLOSED])  # as it is now that nobody else can write
    if change.closed_at is not None:
        raise Refused(_("This change is done or dropped already."))
    return change, holder, at


@operation(WRITE)
def judge_effect(
    *, actor: Actor, change_id: str, kind: str, said: str, next_on: date | None = None, at: datetime | None = None
) -> Effect:
    """Say what came of a change when it was measured again, or when one looks again because it is too early."""
    change = change_for(actor, change_id, WRITE, at)
    at = at or clock.now()
    own_need(actor, change.need, at)
    change.refresh_from_db(fields=[*PLANNED, *CLOSED])
    if not change.done:
        raise Refused(_("The change is not made yet. Its effect is judged when it is."))
    if change.effects.exclude(kind=EffectKind.TOO_EARLY).exists():
        raise Refused(_("The effect of this change has been judged already."))
    found = Findings()
    kind = found.choice("kind", kind, EffectKind.values)
    said = found.text("said", said)
    early = kind == EffectKind.TOO_EARLY
    again = future(found, "next_on", next_on, at) if early else None
    found.insist()
    if early and change.effects.count() >= MOST_EFFECTS:
        told = _("It has been too early %(most)s times. Say now what came of it, or let the change need go.")
        raise TooLarge(told % {"most": MOST_EFFECTS})
    effect = Effect.objects.create(
        change=change, kind=kind, said=said, judged_at=at, judged_by_id=actor.holding_id, next_on=again
    )
    tell(actor, "effect_judged", change.need.turn.chain, at, change=change.pk, kind=kind)
    return effect

"""The steps of a planned reorganisation: agreeing to it, placing what it touches, calling it off, carrying it out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Overtaken, Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.refusals import refusal_of
from samordna.domain.organisations.access import carried_for, check_may_call_off, organisation_for, reorganisation_for
from samordna.domain.organisations.carrying import KINDS, Placed, Touched
from samordna.domain.organisations.enums import Outcome, ReorganisationKind, SidePart
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.limits import MOST_TOUCHED
from samordna.domain.organisations.models import Carried, Organisation, Placement, Reorganisation, Side, Succession
from samordna.domain.organisations.operations.carrying_out import Moving, carry_over, let_end, take_over
from samordna.domain.organisations.operations.ready import must_be_ready
from samordna.domain.organisations.placing import STILL, choices_for, leaving_note
from samordna.domain.organisations.planning import fingerprint_of, found_in, plan_of
from samordna.domain.organisations.tree import above, first_that_goes_on, mend


@operation("reorganisation.plan")
def place_things(
    *,
    actor: Actor,
    reorganisation_id: str,
    kind: str,
    whole: str | None = None,
    things: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Reorganisation:
    """Say what becomes of everything of a kind (`whole`), and of single things that touch one's own organisation.

    Each is written as `goes:SIDE`, `asked:SIDE` or `ends`; "" is as usual again. Those that have agreed to the plan have to
    agree anew, one's own organisation too unless whoever places may agree for it.
    """
    planned = reorganisation_for(actor, reorganisation_id, "reorganisation.plan", at)
    at = at or clock.now()
    planned, asked = _held(planned.pk), dict(things or {})
    concerned = planned.sides.exclude(part=SidePart.BESIDE).filter(organisation_id=actor.organisation_id)
    if not actor.system and not concerned.exists():
        raise Refused(_("Nothing of your organisation's is moved. It agrees to the plan or calls it off."))
    if kind not in KINDS:
        raise Refused(_("There is nothing of this kind in the plan."))
    if whole is not None:
        asked[""] = whole
    rows = _placements(actor, planned, kind, asked)
    planned.placements.filter(kind=kind, thing_id__in=list(asked)).delete()
    Placement.objects.bulk_create(rows)
    agreed = planned.sides.exclude(part=SidePart.BESIDE)
    if may_agree(actor, at):
        agreed = agreed.exclude(organisation_id=actor.organisation_id)
    agreed.update(agreed_at=None, agreed_by=None)
    record(actor, "reorganisation_placed", planned, at, kind=kind, placed=asked)
    return planned


def may_agree(actor: Actor, at: datetime) -> bool:
    """May the actor say for its own organisation that a plan may be carried out?"""
    own = actor.organisation_id or ""
    return actor.holding_id is not None and not refusal_of(organisation_for, actor, own, "reorganisation.agree", at)


def _placements(actor: Actor, planned: Reorganisation, kind: str, asked: Mapping[str, str]) -> list[Placement]:
    """What was chosen, as rows; raises `Invalid` for what cannot be chosen, or is not one's own to place."""
    plan, found, own = plan_of(planned), Findings(), _ids_of(actor, planned, kind)
    allowed = {each.value for each in choices_for(KINDS[kind], plan)}
    rows = []
    for thing_id, choice in asked.items():
        outcome, _colon, to = choice.partition(":")
        goes = outcome in (Outcome.GOES, Outcome.ASKED)
        if choice and (outcome not in allowed or (goes and to not in plan.after)):
            found.say(thing_id or "whole", leaving_note(KINDS[kind], plan) or _("Choose one of the alternatives."))
        elif thing_id and thing_id not in own:
            found.say("", _("You place what touches your own organisation. Read the list again: something has changed."))
        elif choice:
            row = Placement(kind=kind, thing_id=thing_id, outcome=outcome, to_id=to if goes else None)
            row.reorganisation = planned
            rows.append(row)
    found.insist()
    return rows


def _ids_of(actor: Actor, planned: Reorganisation, kind: str) -> set[str]:
    things, _result = found_in(planned)
    return {thing.id for thing in things if thing.kind == kind and (actor.system or thing.of == actor.organisation_id)}


def _held(reorganisation_id: str) -> Reorganisation:
    """The plan, locked, while it is one."""
    planned = Reorganisation.objects.select_for_update().get(pk=reorganisation_id)
    if planned.carried_out_at is not None:
        raise Refused(_("The reorganisation has been carried out. It is undone by another one."))
    if planned.called_off_at is not None:
        raise Refused(_("The reorganisation has been called off. Plan a new one."))
    return planned


@operation("reorganisation.agree")
def agree_to_reorganisation(
    *, actor: Actor, reorganisation_id: str, seen: str = "", at: datetime | None = None
) -> Reorganisation:
    """Say, for one's own organisation, that the plan may be carried out as it was `seen`: its fingerprint on the page.

    Raises `Overtaken` when somebody has changed the plan since.
    """
    planned = reorganisation_for(actor, reorganisation_id, "reorganisation.agree", at)
    at = at or clock.now()
    planned = _held(planned.pk)
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role in the organisation has to agree."))
    if seen and seen != (now := fingerprint_of(planned)):
        sentence = _("The plan was changed after you opened it. Read it as it is now, and agree if you still do.")
        raise Overtaken(sentence, now=now)
    mine = planned.sides.filter(organisation_id=actor.organisation_id, agreed_at__isnull=True)
    if not mine.update(agreed_at=at, agreed_by_id=actor.holding_id):
        raise Refused(_("Your organisation has agreed already."))
    record(actor, "reorganisation_agreed", planned, at)
    return planned


@operation("reorganisation.plan")
def call_off_reorganisation(
    *, actor: Actor, reorganisation_id: str, reason: str, at: datetime | None = None
) -> Reorganisation:
    """Call a plan off, with a reason. Any organisation that it concerns can: while nobody has agreed to it whoever may
    plan, after that only a manager, as for agreeing."""
    planned = reorganisation_for(actor, reorganisation_id, "reorganisation.plan", at)
    check_may_call_off(actor, planned, at)
    at = at or clock.now()
    planned = _held(planned.pk)
    found = Findings()
    planned.called_off_reason = found.text("reason", reason)
    found.insist()
    planned.called_off_at = at
    planned.save(update_fields=["called_off_at", "called_off_reason"])
    record(actor, "reorganisation_called_off", planned, at, reason=planned.called_off_reason)
    return planned


@operation("reorganisation.agree")
def carry_out_reorganisation(*, actor: Actor, reorganisation_id: str, at: datetime | None = None) -> Reorganisation:
    """Carry a plan out, whole or not at all, when its day has come and everybody concerned has agreed.

    Done later than planned it takes effect on the day it is done, for what happened until then happened in the old order.
    Raises `Refused` with what is in the way: the day, who has not agreed, what nobody has placed.
    """
    planned = reorganisation_for(actor, reorganisation_id, "reorganisation.agree", at)
    at = at or clock.now()
    planned, on = _held(planned.pk), clock.day(at)
    must_be_ready(planned, on)
    things, result = found_in(planned, on)
    if len(things) > MOST_TOUCHED:
        raise TooLarge(
            _("At most %(most)s things are carried over at once; there are %(count)s.")
            % {"most": MOST_TOUCHED, "count": len(things)}
        )
    _must_be_placed(actor, planned, result.unplaced)
    _must_have_begun(actor, planned, result.placed, on)
    ceasing = _ceasing(planned)
    organisations = _begin_organisations(planned, on, ceasing)
    moving = Moving(reorganisation=planned, on=on, at=at, organisations=organisations)
    parts = above([*organisations.values(), *ceasing]) if ceasing else {}
    rows = carry_over(moving, result.placed)
    mend(organisations.values(), ceasing, parts)
    _succeed(planned, on)
    planned.carried_out_at, planned.carried_out_on = at, on
    planned.save(update_fields=["carried_out_at", "carried_out_on"])
    record(actor, "reorganisation_carried_out", planned, at, on=on.isoformat(), things=len(rows))
    return planned


def _must_be_placed(actor: Actor, planned: Reorganisation, unplaced: Collection[Touched]) -> None:
    """Names one's own things, and of others who they are and no more."""
    own = [thing for thing in unplaced if actor.system or thing.of == actor.organisation_id]
    if own:
        sentence = _("Nobody has said where this goes: %(names)s (%(count)s in all). Place it first.")
        raise Refused(sentence % {"names": _named(own), "count": len(own)})
    if unplaced:
        raise Refused(_("%(names)s has not said yet where everything goes.") % {"names": _owners(planned, unplaced)})


def _must_have_begun(actor: Actor, planned: Reorganisation, placed: Collection[Placed], on: date) -> None:
    """What has not begun cannot end, and is not asked about: it is taken back, begins, or goes over as it is."""
    ending = [one.thing for one in placed if one.outcome in (Outcome.ENDS, Outcome.ASKED, Outcome.JOINS)]
    ahead = set()
    for kind in KINDS.values():
        if kind.began and (ids := [thing.id for thing in ending if thing.kind == kind.name]):
            rows = kind.model._default_manager.filter(pk__in=ids, **{f"{kind.began}__gte": on})
            ahead |= {(kind.name, pk) for pk in rows.values_list("pk", flat=True)}
    things = [thing for thing in ending if (thing.kind, thing.id) in ahead]
    own = [thing for thing in things if actor.system or thing.of == actor.organisation_id]
    if own:
        sentence = _(
            "This has not begun yet, and would be left to nobody: %(names)s (%(count)s in all). "
            "Take it back first, or wait until it has begun."
        )
        raise Refused(sentence % {"names": _named(own), "count": len(own)})
    if things:
        raise Refused(_("%(names)s has things ahead that have not begun yet.") % {"names": _owners(planned, things)})


def _named(things: Sequence[Touched]) -> str:
    return ", ".join(f"“{thing.title}”" if thing.title else str(KINDS[thing.kind].label) for thing in things[:5])


def _owners(planned: Reorganisation, things: Collection[Touched]) -> str:
    of = {thing.of for thing in things}
    return ", ".join(sorted({side.name for side in planned.sides.all() if side.organisation_id in of}))


def _ceasing(planned: Reorganisation) -> set[str]:
    """The organisations that end with it."""
    if planned.kind in STILL:
        return set()
    of = {part: planned.sides.filter(part=part, organisation__isnull=False) for part in (SidePart.BEFORE, SidePart.AFTER)}
    before, after = ({str(side.organisation_id) for side in sides} for sides in of.values())
    return before - after


def _begin_organisations(planned: Reorganisation, on: date, ceasing: Collection[str]) -> dict[str, str]:
    """The organisation of each side that takes over; those that begin are made now, part of what the first was part of."""
    first = planned.sides.filter(part=SidePart.BEFORE).select_related("organisation").first()
    like = first.organisation if first else None
    parent = first_that_goes_on(above([like.pk])[like.pk], ceasing) if like else None
    for side in planned.sides.filter(part=SidePart.AFTER, organisation__isnull=True):
        side.organisation = Organisation.objects.create(
            name=side.name,
            short_name=side.name[:24],
            kind=side.kind,
            number=side.number,
            parent_id=parent,
            fictional=like.fictional if like else False,
            valid_from=on,
        )
        side.save(update_fields=["organisation"])
    rows = planned.sides.filter(part=SidePart.AFTER).values_list("pk", "organisation_id")
    return {pk: str(organisation) for pk, organisation in rows}


def _succeed(planned: Reorganisation, on: date) -> None:
    """Who came after whom, and the organisations themselves: ended, renamed or moved."""
    before = [side.organisation for side in planned.sides.filter(part=SidePart.BEFORE).select_related("organisation")]
    after = list(planned.sides.filter(part=SidePart.AFTER))
    staying = {side.organisation_id for side in after}
    for old in before:
        if old is None:
            continue
        told: dict[str, Any] = {"old_name": old.name, "old_short_name": old.short_name, "old_parent": old.parent}
        told |= {"reorganisation": planned, "kind": planned.kind, "old": old, "on": on}
        if planned.kind in STILL:
            Succession.objects.create(new=old, in_law=True, **told)
            _change(planned, old)
            continue
        for side in after:
            if side.organisation_id != old.pk:
                Succession.objects.create(new_id=side.organisation_id, in_law=_in_law(side, old, staying), **told)
        if not after:
            Succession.objects.create(new=None, **told)
        if old.pk not in staying:
            old.valid_to = on
            old.save(update_fields=["valid_to"])


def _in_law(side: Side, old: Organisation, staying: Collection[str | None]) -> bool:
    return side.in_law and old.pk not in staying


def _change(planned: Reorganisation, old: Organisation) -> None:
    if planned.kind == ReorganisationKind.RENAME:
        old.name, old.short_name = planned.new_name, planned.new_short_name or planned.new_name[:24]
    else:
        old.parent = planned.new_parent
    old.save(update_fields=["name", "short_name", "parent"])


@operation("reorganisation.agree")
def answer_for_carried(*, actor: Actor, carried_id: str, takes_over: bool, at: datetime | None = None) -> Carried:
    """Say, for the organisation that is asked, whether it takes over what another one had: from today, or not at all."""
    row = carried_for(actor, carried_id, "reorganisation.agree", at)
    at = at or clock.now()
    row = Carried.objects.select_for_update(of=("self",)).select_related("reorganisation").get(pk=row.pk)
    if row.outcome != Outcome.ASKED or row.answered_at is not None:
        raise Refused(_("This has been answered already."))
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role in the organisation has to answer."))
    (take_over if takes_over else let_end)(row, clock.day(at), at)
    row.answered_at, row.answered_by_id, row.takes_over = at, actor.holding_id, takes_over
    row.save(update_fields=["answered_at", "answered_by", "takes_over", "new_id"])
    told = {"thing": row.thing_id, "kind": row.kind, "takes_over": takes_over}
    record(actor, "carried_answered", row.reorganisation, at, **told)
    return row


def record(actor: Actor, action: str, planned: Reorganisation, at: datetime, **content: Any) -> None:
    """Write the journal's entry about a reorganisation."""
    journal.record(actor=actor, action=action, subject_kind="reorganisation", subject_id=planned.pk, at=at, **content)

"""Planning a reorganisation, agreeing to it, placing what it touches, calling it off, and carrying it out on its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.organisations.access import organisation_for, reorganisation_for
from samordna.domain.organisations.carrying import KINDS
from samordna.domain.organisations.enums import OrganisationKind, Outcome, ReorganisationKind, SidePart
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.limits import MOST_SIDES
from samordna.domain.organisations.models import Carried, Organisation, Placement, Reorganisation, Side, Succession
from samordna.domain.organisations.number import fault, written
from samordna.domain.organisations.operations.ready import asked_beside, name_taken, number_taken
from samordna.domain.organisations.operations.reorganising_steps import may_agree, record


@operation("reorganisation.plan")
def plan_reorganisation(
    *,
    actor: Actor,
    organisation_id: str,
    kind: str,
    happens_on: date,
    ground: str,
    others: Sequence[str] = (),
    receivers: Sequence[str] = (),
    begin: Sequence[str] = (),
    begin_kind: str = "",
    begin_number: str = "",
    new_name: str = "",
    new_short_name: str = "",
    new_parent_id: str = "",
    at: datetime | None = None,
) -> Reorganisation:
    """Plan what happens to an organisation on a day, as its manager or administrator; nothing changes until then.

    A manager agrees by planning; what an administrator has drafted waits for the organisation's own manager too.

    *merge*: it and `others` go into one: an organisation there is (`receivers`) or one that begins (`begin`: its name).
    *split*: it goes into several, `receivers` and `begin`; it may itself be one of them. *rename*, *move*: `new_name`,
    `new_parent_id`. *close*: nobody takes over unless `receivers` says who. The first who takes over does so in law.
    Every other organisation that it concerns has to agree before it is carried out, and so has whatever a moved one was or
    is to be part of, and what organisations begin as parts of.
    """
    organisation = organisation_for(actor, organisation_id, "reorganisation.plan", at)
    at = at or clock.now()
    found = Findings()
    made = _drafted(found, actor, kind, happens_on, ground, new_name, new_short_name, at)
    before = _organisations(found, "others", [organisation.pk, *others], happens_on)
    after = _organisations(found, "receivers", receivers, happens_on)
    names = [found.line("begin", name, 120) for name in begin if name.strip()]
    _must_fit(found, made, before, after, names)
    if kind == ReorganisationKind.MOVE:
        made.new_parent = _new_parent(found, organisation, new_parent_id, happens_on)
    born = _born(found, names, begin_kind or organisation.kind, begin_number)
    _names_must_be_free(found, made, before, after, names)
    found.insist()
    _must_be_free(before, after)
    made.save(force_insert=True)
    beside = asked_beside(kind, before, made.new_parent, begins=bool(names), on=happens_on)
    known = {row.pk for row in (*before, *after)}
    _sides(made, before, after, [row for row in beside if row.pk not in known], born, actor, at)
    record(actor, "reorganisation_planned", made, at, kind=kind, happens_on=happens_on.isoformat(), ground=made.ground)
    return made


def _drafted(
    found: Findings,
    actor: Actor,
    kind: str,
    happens_on: date,
    ground: str,
    new_name: str,
    new_short_name: str,
    at: datetime,
) -> Reorganisation:
    if happens_on < clock.day(at):
        found.say("happens_on", _("That day has passed. A reorganisation takes effect today or later."))
    return Reorganisation(
        kind=found.choice("kind", kind, ReorganisationKind.values),
        happens_on=happens_on,
        ground=found.line("ground", ground, 200),
        new_name=found.line("new_name", new_name, 120, required=kind == ReorganisationKind.RENAME),
        new_short_name=found.line("new_short_name", new_short_name, 24, required=False),
        planned_at=at,
        planned_by_id=actor.holding_id,
    )


def _organisations(found: Findings, field: str, ids: Sequence[str], on: date) -> list[Organisation]:
    wanted = [each for each in dict.fromkeys(ids) if each]
    known = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=wanted)}
    if len(known) != len(wanted):
        found.say(field, _("Choose organisations from the list."))
    for row in known.values():
        if not clock.active(row.valid_from, row.valid_to, on) or row.valid_from == on:
            sentence = _("%(name)s does not exist as an organisation on the day before, or has ended by then.")
            found.say(field, sentence % {"name": row.name})
    return [known[each] for each in wanted if each in known]


def _must_fit(
    found: Findings,
    made: Reorganisation,
    before: Sequence[Organisation],
    after: Sequence[Organisation],
    names: Sequence[str],
) -> None:
    """What each kind asks for."""
    both, new = {row.pk for row in before} & {row.pk for row in after}, len(after) + len(names)
    if len(before) + new > MOST_SIDES:
        raise TooLarge(_("A reorganisation concerns at most %(most)s organisations.") % {"most": MOST_SIDES})
    match made.kind:
        case ReorganisationKind.MERGE:
            if new != 1:
                found.say("receivers", _("Say which one organisation the others become: one there is, or a new one."))
            if both or len(before) + len(after) < 2:
                found.say("others", _("A merger is of at least two organisations. Choose the other one."))
        case ReorganisationKind.SPLIT:
            if new < 2:
                found.say("begin", _("A split gives at least two organisations. Name them, or choose some there are."))
            if len(before) > 1:
                found.say("others", _("One organisation is split at a time."))
        case _:
            if len(before) > 1 or names or (after and made.kind != ReorganisationKind.CLOSE) or both:
                found.say("others", _("This concerns one organisation, and nobody new."))


def _new_parent(found: Findings, organisation: Organisation, parent_id: str, on: date) -> Organisation | None:
    """What it is to be part of; never of itself or of something that is part of it."""
    if not parent_id:
        if organisation.parent_id is None:
            found.say("new_parent_id", _("It is part of nothing already. Choose what it is to be part of."))
        return None
    parent = next(iter(_organisations(found, "new_parent_id", [parent_id], on)), None)
    above, seen = parent, set()
    while above is not None and above.pk not in seen:
        if above.pk == organisation.pk:
            sentence = _("%(name)s is itself part of what is to move. An organisation cannot be part of itself.")
            found.say("new_parent_id", sentence % {"name": parent.name if parent else ""})
        seen.add(above.pk)
        above = above.parent
    if parent is not None and parent.pk == organisation.parent_id:
        found.say("new_parent_id", _("It is part of this already. Choose another."))
    return parent


def _born(found: Findings, names: Sequence[str], kind: str, number: str) -> list[Side]:
    """The organisations that begin with the reorganisation; one number is asked for, since a merger has one new."""
    found.choice("begin_kind", kind, OrganisationKind.values, required=bool(names))
    number = written(number)
    if number and (sentence := fault(number) or number_taken(number)):
        found.say("begin_number", sentence)
    if len(set(names)) != len(names):
        found.say("begin", _("Two new organisations have the same name. Give each its own."))
    numbers = [number if place == 0 else "" for place in range(len(names))]
    return [Side(part=SidePart.AFTER, name=name, kind=kind, number=each) for name, each in zip(names, numbers, strict=True)]


def _names_must_be_free(
    found: Findings,
    made: Reorganisation,
    before: Sequence[Organisation],
    after: Sequence[Organisation],
    names: Sequence[str],
) -> None:
    """Two living organisations of one name are never told apart again: not in a list, not in an agreement."""
    if sentence := name_taken(made.new_name, [row.pk for row in before], made.happens_on):
        found.say("new_name", sentence)
    staying = {row.pk for row in after}
    ceasing = [row.pk for row in before if row.pk not in staying]
    for sentence in filter(None, (name_taken(name, ceasing, made.happens_on) for name in names)):
        found.say("begin", sentence)


def _must_be_free(before: Sequence[Organisation], after: Sequence[Organisation]) -> None:
    """Two reorganisations of the same organisation at once would each place what the other takes."""
    concerned = {row.pk for row in before} | {row.pk for row in after}
    open_ones = Q(reorganisation__carried_out_at__isnull=True, reorganisation__called_off_at__isnull=True)
    taken = Side.objects.filter(open_ones, organisation_id__in=concerned).exclude(part=SidePart.BESIDE)
    other = taken.select_related("reorganisation").first()
    if other is not None:
        sentence = _("%(name)s is already in a reorganisation planned for %(day)s. Carry that out or call it off first.")
        raise Refused(sentence % {"name": other.name, "day": other.reorganisation.happens_on.isoformat()})


def _sides(
    made: Reorganisation,
    before: Sequence[Organisation],
    after: Sequence[Organisation],
    beside: Sequence[Organisation],
    born: Sequence[Side],
    actor: Actor,
    at: datetime,
) -> None:
    """Write down whom it concerns. Whoever plans it agrees by planning it, if agreeing is its to do."""
    rows = [Side(part=SidePart.BEFORE, organisation=row, name=row.name, kind=row.kind) for row in before]
    rows += [Side(part=SidePart.AFTER, organisation=row, name=row.name, kind=row.kind) for row in after]
    rows += [Side(part=SidePart.BESIDE, organisation=row, name=row.name, kind=row.kind) for row in beside]
    rows += born
    agrees = may_agree(actor, at)
    in_law = next((row for row in rows if row.part == SidePart.AFTER), None)
    for row in rows:
        row.reorganisation, row.in_law = made, row is in_law
        if agrees and actor.holding_id and row.organisation_id == actor.organisation_id:
            row.agreed_at, row.agreed_by_id = at, actor.holding_id
        row.save(force_insert=True)


@operation("reorganisation.plan")
def plan_undoing(
    *, actor: Actor, reorganisation_id: str, happens_on: date, ground: str, at: datetime | None = None
) -> Reorganisation:
    """Plan the reorganisation that undoes another: by a new succession, for nothing that has been is ever taken away.

    A name or a place is given back, what became one is divided again and what was divided becomes one; what came from whom
    goes back there. What has come since has to be placed, as in any other plan.
    """
    done = reorganisation_for(actor, reorganisation_id, "reorganisation.plan", at)
    at = at or clock.now()
    if done.carried_out_on is None:
        raise Refused(_("Only what has been carried out is undone. Call the plan off instead."))
    rows = list(done.successions.select_related("old", "new").order_by("old_name", "pk"))
    given: dict[str, Any] = {"actor": actor, "happens_on": happens_on, "ground": ground, "at": at}
    if done.kind == ReorganisationKind.RENAME:
        old = rows[0]
        given |= {"kind": done.kind, "new_name": old.old_name, "new_short_name": old.old_short_name}
        return _undoing(plan_reorganisation(organisation_id=old.old_id, **given), done)
    if done.kind == ReorganisationKind.MOVE:
        given |= {"kind": done.kind, "new_parent_id": rows[0].old_parent_id or ""}
        return _undoing(plan_reorganisation(organisation_id=rows[0].old_id, **given), done)
    if not any(row.new_id for row in rows):
        raise Refused(_("Nobody took over, so there is nobody to give back. Register the organisation anew."))
    if done.kind == ReorganisationKind.SPLIT:
        return _undoing(_together_again(rows, given), done)
    made = _undoing(_apart_again(done, rows, given), done)
    _place_back(made, done)
    return made


def _undoing(made: Reorganisation, done: Reorganisation) -> Reorganisation:
    made.undoes = done
    made.save(update_fields=["undoes"])
    return made


def _together_again(rows: Sequence[Succession], given: dict[str, Any]) -> Reorganisation:
    """What was divided becomes one: the organisation itself where it is still there, or a new one of its name."""
    first, mine = rows[0], given["actor"].organisation_id
    others = sorted((str(row.new_id) for row in rows), key=lambda pk: pk != mine)  # whoever plans does so from its own
    left = first.old.valid_to is None
    into: dict[str, Any] = {"receivers": [first.old_id]} if left else {"begin": [first.old_name]}
    return plan_reorganisation(organisation_id=others[0], kind=ReorganisationKind.MERGE, others=others[1:], **into, **given)


def _apart_again(done: Reorganisation, rows: Sequence[Succession], given: dict[str, Any]) -> Reorganisation:
    """What became one is divided: into new organisations of the old names, and itself if it was there before."""
    one = rows[0].new
    if one is None or done.carried_out_on is None:
        raise Refused(_("Nobody took over, so there is nobody to give back. Register the organisation anew."))
    receivers = [one.pk] if one.valid_from < done.carried_out_on else []
    names = [row.old_name for row in rows]
    return plan_reorganisation(
        organisation_id=one.pk, kind=ReorganisationKind.SPLIT, receivers=receivers, begin=names, **given
    )


def _place_back(made: Reorganisation, done: Reorganisation) -> None:
    """What came from somebody goes to the organisation that has the name of that one."""
    sides = {side.name: side for side in made.sides.filter(part=SidePart.AFTER)}
    own = next((side for side in sides.values() if side.organisation_id), None)
    names = {row.old_id: row.old_name for row in done.successions.all()}
    taken = Carried.objects.filter(Q(outcome=Outcome.GOES) | Q(takes_over=True), reorganisation=done)
    back = {(row.kind, row.new_id or row.thing_id): sides.get(names.get(row.of_id, "")) for row in taken}
    rows = [
        Placement(reorganisation=made, kind=kind, thing_id=thing, outcome=Outcome.GOES, to=side)
        for (kind, thing), side in back.items()
        if side is not None
    ]
    Placement.objects.bulk_create(rows)
    if own is not None:  # what it had itself all along stays with it
        kinds = {row.kind for row in rows} | set(KINDS)
        whole = [Placement(reorganisation=made, kind=kind, outcome=Outcome.GOES, to=own) for kind in sorted(kinds)]
        Placement.objects.bulk_create(whole)

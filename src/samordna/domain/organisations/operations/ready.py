"""Whether a plan may be carried out now, and whom it asks although nothing of theirs is touched. Both are asked twice:
when a plan is made and when it is carried out, for much may have happened between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.organisations.enums import ReorganisationKind, SidePart
from samordna.domain.organisations.models import Organisation, Reorganisation, Side


def asked_beside(
    kind: str, before: Sequence[Organisation], new_parent: Organisation | None, *, begins: bool, on: date
) -> list[Organisation]:
    """Those above, whose part it is to be or has been: a move asks both, and what begins under somebody asks that one."""
    above: list[Organisation | None] = [new_parent]
    if begins or kind == ReorganisationKind.MOVE:
        above += [row.parent for row in before]
    own = {row.pk for row in before}
    found = {row.pk: row for row in above if row and row.pk not in own and clock.active(row.valid_from, row.valid_to, on)}
    return list(found.values())


def name_taken(name: str, ceasing: Collection[str], on: date) -> str:
    """A sentence when another organisation that lives then is called this; "" when none is. `ceasing`: those that do not
    count."""
    living = Organisation.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).exclude(pk__in=list(ceasing))
    wanted = name.strip().casefold()  # the database compares å, ä and ö as it likes
    if not wanted or all(each.casefold() != wanted for each in living.values_list("name", flat=True)):
        return ""
    sentence = _("There is another organisation called %(name)s. Choose a name that tells them apart.")
    return sentence % {"name": name.strip()}


def number_taken(number: str) -> str:
    """A sentence when an organisation has this number; "" when none has."""
    other = Organisation.objects.filter(number=number).first() if number else None
    sentence = _("%(name)s already has the organisation number %(number)s.")
    return sentence % {"name": other.name, "number": number} if other else ""


def must_be_ready(planned: Reorganisation, on: date) -> None:
    """Raises `Refused` with what is in the way: the day, who has not agreed, who is no more, what is taken meanwhile."""
    if planned.happens_on > on:
        raise Refused(_("It is carried out on %(day)s, not before.") % {"day": planned.happens_on.isoformat()})
    sides = list(planned.sides.select_related("organisation__parent"))
    gone = [side for side in sides if side.organisation and not _lives(side.organisation, on)]
    silent = [side for side in sides if side.organisation_id and side.agreed_at is None and side not in gone]
    if names := sorted({side.name for side in silent}):
        raise Refused(_("Has not agreed yet: %(names)s.") % {"names": ", ".join(names)})
    for side in gone:
        if side.part != SidePart.BESIDE or side.organisation_id == planned.new_parent_id:
            raise Refused(_("%(name)s does not exist any more. Call the plan off.") % {"name": side.name})
    _nothing_taken(planned, sides, on)


def _lives(organisation: Organisation, on: date) -> bool:
    return clock.active(organisation.valid_from, organisation.valid_to, on)


def _nothing_taken(planned: Reorganisation, sides: Sequence[Side], on: date) -> None:
    born = [side for side in sides if not side.organisation_id]
    before = [side.organisation for side in sides if side.organisation and side.part == SidePart.BEFORE]
    asked = {side.organisation_id for side in sides}
    for above in asked_beside(planned.kind, before, planned.new_parent, begins=bool(born), on=on):
        if above.pk not in asked:
            sentence = _("It is part of %(name)s now, which was not asked. Call the plan off and plan anew.")
            raise Refused(sentence % {"name": above.name})
    for sentence in _clashes(planned, born, before, {side.organisation_id for side in sides if _stays(side)}, on):
        if sentence:
            raise Refused(sentence + " " + _("Call the plan off and plan anew."))


def _stays(side: Side) -> bool:
    return side.part == SidePart.AFTER


def _clashes(
    planned: Reorganisation, born: Sequence[Side], before: Sequence[Organisation], staying: Collection[str | None], on: date
) -> Iterable[str]:
    yield name_taken(planned.new_name, [row.pk for row in before], on)
    ceasing = [row.pk for row in before if row.pk not in staying]
    for side in born:
        yield name_taken(side.name, ceasing, on)
        yield number_taken(side.number)

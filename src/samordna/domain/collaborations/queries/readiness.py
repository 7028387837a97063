"""What a collaboration still lacks before it can be shown to those who take part, and before its work can begin."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samordna.domain.collaborations.enums import CriterionKind
from samordna.domain.collaborations.models import Collaboration, Goal, PartyNeed
from samordna.domain.organisations.models import Holding

NAMED = 6  # parties named one by one in a sentence


def lacking_to_open(collaboration: Collaboration, on: date) -> tuple[str, ...]:
    """A sentence for each thing that is missing before those who are let in are shown what is prepared."""
    found: list[str] = []
    if not collaboration.purpose.strip():
        found.append(_("State the common purpose."))
    if not collaboration.participations.exclude(left_on__lte=on).exists():
        found.append(_("Let in at least one party to show it to."))
    return tuple(found)


def what_is_lacking(collaboration: Collaboration, on: date) -> tuple[str, ...]:
    """A sentence for each thing that is missing; empty when the collaboration can be activated."""
    found: list[str] = []
    if not collaboration.purpose.strip():
        found.append(_("State the common purpose."))
    if not collaboration.target_group.strip():
        found.append(_("Say whom the collaboration is for."))
    if not collaboration.criteria.filter(kind=CriterionKind.INCLUDES).exists():
        found.append(_("Bound the target group with at least one criterion that includes."))
    if not Goal.objects.in_force().filter(collaboration=collaboration).exists():
        found.append(_("Set at least one goal that can be measured."))
    if not collaboration.areas.exists():
        found.append(_("Add at least one subject area."))
    found.extend(_of_parties(collaboration, on))
    if not Holding.objects.on(on).filter(role_id=collaboration.coordinator_role_id).exists():
        found.append(_("The coordinator's role is vacant. Somebody has to hold it."))
    return tuple(found)


def _of_parties(collaboration: Collaboration, on: date) -> list[str]:
    """At least two parties, and each of them has said what it needs the collaboration for."""
    rows = collaboration.participations.exclude(left_on__lte=on).values_list("party_id", "party__name", "organisation_id")
    stated = PartyNeed.objects.filter(collaboration=collaboration, withdrawn_at__isnull=True)
    speaking = set(stated.values_list("organisation_id", flat=True))
    parties = {party: name for party, name, _organisation in rows}
    heard = {party for party, _name, organisation in rows if organisation in speaking}
    found: list[str] = []
    if len(parties) < 2:
        found.append(_("Let in at least two parties; one cannot collaborate alone."))
    if silent := sorted(name for party, name in parties.items() if party not in heard):
        found.append(_("Has not yet said what it needs the collaboration for: %(names)s.") % {"names": _listed(silent)})
    return found


def _listed(names: list[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    shown = {"names": ", ".join(names[:NAMED]), "more": len(names) - NAMED}
    return _("%(names)s and %(more)s more") % shown

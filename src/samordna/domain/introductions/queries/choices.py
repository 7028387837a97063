"""What the forms of programmes and steps let one choose among."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.events.access import visible_events
from samordna.domain.introductions.access import KEEP, home_for, programme_for, step_for
from samordna.domain.introductions.choosing import events_within, roles_within
from samordna.domain.introductions.enums import Reach
from samordna.domain.introductions.models import Programme
from samordna.domain.introductions.wording import session_words
from samordna.domain.organisations.access import visible_organisations
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Role

MOST_OFFERED = 300
Choices = tuple[tuple[str, str], ...]


def meant_choices(actor: Actor, organisation_id: str, collaboration_id: str, at: datetime) -> Choices:
    """For whom a new or described programme can be: all, those with a task, kinds of role, and named roles."""
    organisation, collaboration = home_for(actor, organisation_id, collaboration_id, KEEP, at)
    programme = Programme(organisation=organisation, collaboration=collaboration)
    found: dict[str, str] = {Reach.EVERYBODY.value: str(Reach.EVERYBODY.label)}
    if collaboration is not None:
        found[Reach.TASKS.value] = str(Reach.TASKS.label)
    for kind in RoleKind:
        found[f"kind:{kind.value}"] = _("All of the kind %(kind)s") % {"kind": str(kind.label).lower()}
    rows = roles_within(programme, clock.day(at)).select_related("organisation")
    for role in rows.order_by("organisation__name", "name", "pk")[:MOST_OFFERED]:
        found[f"role:{role.pk}"] = f"{role.organisation.name}: {role.name}" if collaboration else role.name
    return tuple(found.items())


def about_choices(actor: Actor, programme_id: str, at: datetime) -> tuple[tuple[str, Choices], ...]:
    """What a step can lead to, in groups."""
    programme = programme_for(actor, programme_id, KEEP, at)
    within, day = programme.collaboration_id, clock.day(at)
    agreements = visible_agreements(actor, at).order_by("name", "pk")
    decisions = visible_decisions(actor, at).select_related("matter").order_by("matter__title", "pk")
    if within:
        agreements = agreements.filter(collaboration=within)
        decisions = decisions.filter(matter__collaboration=within)
    organisations = visible_organisations(actor, at).filter(valid_from__lte=day).exclude(valid_to__lte=day)
    roles = Role.objects.filter(valid_from__lte=day, organisation__in=organisations).exclude(valid_to__lte=day)
    rows = roles.select_related("organisation").order_by("organisation__name", "name", "pk")[:MOST_OFFERED]
    return (
        (_("Documents"), tuple((f"agreement:{row.pk}", row.name) for row in agreements[:MOST_OFFERED])),
        (_("Decisions"), tuple((f"decision:{row.pk}", row.matter.title) for row in decisions[:MOST_OFFERED])),
        (
            _("Organisations"),
            tuple((f"organisation:{row.pk}", row.name) for row in organisations.order_by("name", "pk")[:MOST_OFFERED]),
        ),
        (_("Roles"), tuple((f"role:{row.pk}", f"{row.organisation.name}: {row.name}") for row in rows)),
    )


def session_choices(actor: Actor, step_id: str, at: datetime) -> tuple[Choices, tuple[str, ...], str]:
    """The events that a step can be done at, the latest first, those that are chosen, and the fingerprint of these. What is
    chosen can be let go of by whoever sees it, however old it is and wherever its forum belongs now."""
    step = step_for(actor, step_id, KEEP, at)
    found = events_within(actor, step, at).select_related("meeting__forum")
    rows = list(found.order_by("-meeting__starts_at", "pk")[:MOST_OFFERED])
    chosen = tuple(step.sessions.filter(ended_at__isnull=True).values_list("event_id", flat=True))
    kept = visible_events(actor, at).filter(pk__in=set(chosen) - {row.pk for row in rows}).select_related("meeting__forum")
    rows += list(kept.order_by("-meeting__starts_at", "pk"))
    offered = {row.pk: f"{row.meeting.title or row.meeting.forum.name}, {clock.day(row.meeting.starts_at)}" for row in rows}
    return tuple(offered.items()), chosen, fingerprint(session_words(chosen))

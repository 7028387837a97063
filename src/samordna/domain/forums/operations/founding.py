"""Setting up a forum, saying anew what it is, and closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.collaborations.access import collaboration_for, permit, seen_collaborations, thing_of
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Area, Collaboration
from samordna.domain.forums.access import LEAD, owners_of
from samordna.domain.forums.choosing import areas_within, preparers_within
from samordna.domain.forums.enums import AHEAD, Formality, ForumKind, ItemState, Power, Rhythm
from samordna.domain.forums.happened import happened_to
from samordna.domain.forums.limits import MOST_AREAS, MOST_FORUMS
from samordna.domain.forums.models import Forum, Ownership, Routine, Seat
from samordna.domain.forums.operations.holding import held_forum_for
from samordna.domain.forums.operations.ruling import end_days
from samordna.domain.forums.operations.telling import tell
from samordna.domain.forums.templates import TEMPLATES
from samordna.domain.forums.wording import FORUM_WORDS, forum_words, together
from samordna.domain.organisations.findings import Findings

DESCRIBED = FORUM_WORDS


@operation("forum.lead")
def start_forum(
    *,
    actor: Actor,
    collaboration_id: str,
    kind: str,
    name: str,
    purpose: str = "",
    formality: str = "",
    power: str = "",
    prepares_role_id: str = "",
    rhythm: str = "",
    rhythm_note: str = "",
    place: str = "",
    area_ids: Sequence[str] = (),
    at: datetime | None = None,
) -> Forum:
    """Set up a forum of the collaboration, with the decision routine that its kind begins from.

    What is left empty is as the kind's template has it. Without `prepares_role_id` the coordinator's role prepares it.
    """
    given = collaboration_for(actor, collaboration_id, at=at)
    permit(actor, LEAD, thing_of(given), at)
    at = at or clock.now()
    _must_have_room(given)
    found = Findings()
    found.choice("kind", kind, ForumKind.values)
    template = TEMPLATES[kind if kind in TEMPLATES else ForumKind.OTHER]
    made = Forum(kind=template.kind, started_at=at, prepares=given.coordinator_role)
    owner = Ownership(forum=made, collaboration=given, asked_at=at, accepted_at=at)
    _describe(
        found,
        made,
        name=name,
        purpose=purpose or str(template.purpose),
        formality=formality or template.formality,
        power=power or template.power,
        rhythm=rhythm or template.rhythm,
        rhythm_note=rhythm_note,
        place=place,
    )
    _prepared_by(found, made, [owner], prepares_role_id, clock.day(at))
    areas = _areas(found, [owner], area_ids)
    found.insist()
    made.save(force_insert=True)
    owner.save(force_insert=True)
    made.areas.set(areas)
    _begin_routine(actor, made, asdict(template.routine), at)
    tell(actor, "forum_started", made, at, kind=made.kind, **_said(made))
    _tell_preparer(actor, made, given.coordinator_role_id, at)
    return made


@operation("forum.lead")
def describe_forum(
    *,
    actor: Actor,
    forum_id: str,
    name: str,
    purpose: str,
    formality: str,
    power: str,
    prepares_role_id: str = "",
    rhythm: str = Rhythm.WHEN_NEEDED,
    rhythm_note: str = "",
    place: str = "",
    area_ids: Sequence[str] = (),
    seen: str = "",
    at: datetime | None = None,
) -> Forum:
    """Say anew what the forum is called and for, what comes out of it, who prepares it, when and where it meets.

    Without `prepares_role_id` the coordinator of the first owner prepares it. `seen` is the fingerprint of what one began
    from; raises `Overtaken` with what is stored now when it is another.
    """
    forum = held_forum_for(actor, forum_id, LEAD, at)
    at = at or clock.now()
    owners, found, stored = owners_of(forum), Findings(), forum_words(actor, forum, at)
    words = {"rhythm": rhythm, "rhythm_note": rhythm_note, "place": place}
    _describe(found, forum, name=name, purpose=purpose, formality=formality, power=power, **words)
    _prepared_by(found, forum, owners, prepares_role_id, clock.day(at))
    areas = [*_areas(found, owners, area_ids), *_unseen_areas(actor, forum, owners, at)]
    found.insist()
    given = {name: getattr(forum, name) for name in DESCRIBED} | {"prepares_role_id": forum.prepares_id}
    check_not_overtaken(seen, stored, given | {"area_ids": together(area_ids)}, _told(stored))
    forum.save(update_fields=[*DESCRIBED, "prepares"])
    forum.areas.set(areas)
    tell(actor, "forum_described", forum, at, **_said(forum))
    _tell_preparer(actor, forum, stored["prepares_role_id"], at)
    return forum


@operation("forum.lead")
def close_forum(*, actor: Actor, forum_id: str, reason: str, at: datetime | None = None) -> Forum:
    """Close the forum from today on, and say why. What was said and decided in it stays; its seats and joint days end, and
    items that were not taken up are withdrawn for the same reason."""
    forum = held_forum_for(actor, forum_id, LEAD, at, winding_up=True)
    at = at or clock.now()
    if forum.meetings.filter(state__in=AHEAD).exists():
        raise Refused(_("The forum has meetings ahead of it. Hold or cancel them first."))
    found = Findings()
    forum.closed_reason = found.text("reason", reason)
    found.insist()
    forum.closed_on = clock.day(at)
    forum.save(update_fields=["closed_on", "closed_reason"])
    Seat.objects.filter(forum=forum, valid_to__isnull=True).update(valid_to=forum.closed_on)
    end_days(forum.joint_days.all(), forum.closed_on)
    _leave_items(forum)
    tell(actor, "forum_closed", forum, at, reason=reason)
    return forum


def _leave_items(forum: Forum) -> None:
    """What something was noted or decided of has been taken up; the rest is withdrawn."""
    left = forum.items.filter(state=ItemState.OPEN)
    stays = happened_to(list(left.values_list("pk", flat=True))).stays
    left.filter(pk__in=stays).update(state=ItemState.DONE)
    left.update(state=ItemState.WITHDRAWN, withdrawn_reason=forum.closed_reason[:2_000])


def _begin_routine(actor: Actor, forum: Forum, values: Mapping[str, Any], at: datetime) -> None:
    begun = {"starts_on": clock.day(at), "written_at": at, "written_by_id": actor.holding_id}
    Routine.objects.create(forum=forum, **begun, **values)


def _tell_preparer(actor: Actor, forum: Forum, before: str, at: datetime) -> None:
    """The role that prepares the forum now, when it is another than before."""
    if forum.prepares_id != before:
        tell(actor, "preparing_given", forum, at, role=forum.prepares_id)


def _must_have_room(given: Collaboration) -> None:
    Collaboration.objects.select_for_update().get(pk=given.pk)  # nobody else sets one up meanwhile
    if given.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so no forum is set up in it."))
    running = Ownership.objects.filter(collaboration=given, ended_at__isnull=True, forum__closed_on__isnull=True)
    if running.count() >= MOST_FORUMS:
        raise TooLarge(_("A collaboration has at most %(most)s forums that are not closed.") % {"most": MOST_FORUMS})


def _describe(found: Findings, forum: Forum, **given: str) -> None:
    forum.name = found.line("name", given["name"], 120)
    forum.purpose = found.text("purpose", given["purpose"], longest=2_000)
    forum.formality = found.choice("formality", given["formality"], Formality.values)
    forum.power = found.choice("power", given["power"], Power.values)
    forum.rhythm = found.choice("rhythm", given["rhythm"], Rhythm.values)
    forum.rhythm_note = found.line("rhythm_note", given["rhythm_note"], 200, required=False)
    forum.place = found.line("place", given["place"], 200, required=False)


def _prepared_by(found: Findings, forum: Forum, owners: Sequence[Ownership], role_id: str, on: date) -> None:
    if role_id == forum.prepares_id:
        return
    if not role_id:
        forum.prepares = next(owner.collaboration.coordinator_role for owner in owners if owner.accepted_at)
        return
    role = preparers_within(owners, on).filter(pk=role_id).first()
    if role is None:
        found.say("prepares_role_id", _("Choose a role at somebody who takes part, or the coordinator's."))
    else:
        forum.prepares = role


def _areas(found: Findings, owners: Sequence[Ownership], area_ids: Sequence[str]) -> list[Area]:
    wanted = sorted(set(area_ids))
    if len(wanted) > MOST_AREAS:
        found.say("area_ids", _("A forum decides on at most %(most)s areas.") % {"most": MOST_AREAS})
        return []
    known = list(areas_within(owners).filter(pk__in=wanted)) if wanted else []
    if len(known) != len(wanted):
        found.say("area_ids", _("Choose among the areas of the collaborations that own the forum."))
    return known


def _told(stored: Mapping[str, str]) -> dict[str, str]:
    names = Area.objects.filter(pk__in=stored["area_ids"].split(", ")).order_by("name").values_list("name", flat=True)
    return {"area_ids": ", ".join(names)}


def _unseen_areas(actor: Actor, forum: Forum, owners: Sequence[Ownership], at: datetime) -> list[Area]:
    """The forum's areas in collaborations that the actor cannot see: they are not its to take away."""
    within = areas_within(owners).exclude(collaboration_id__in=seen_collaborations(actor, at))
    return list(within.filter(pk__in=forum.areas.values("pk")))


def _said(forum: Forum) -> dict[str, str]:
    return {name: getattr(forum, name) for name in DESCRIBED} | {"prepares": forum.prepares_id}

"""Programmes begun, described, published and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.introductions.access import home_for
from samordna.domain.introductions.choosing import roles_within
from samordna.domain.introductions.enums import Reach
from samordna.domain.introductions.limits import LONGEST, MOST_MEANT, MOST_MONTHS, MOST_PROGRAMMES
from samordna.domain.introductions.models import ForWhom, Programme, Step
from samordna.domain.introductions.operations.holding import held_programme_for, tell
from samordna.domain.introductions.wording import meant_now, programme_words, said_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation


@operation("introduction.keep")
def begin_programme(
    *,
    actor: Actor,
    organisation_id: str = "",
    collaboration_id: str = "",
    name: str,
    why: str,
    for_whom: Sequence[str],
    renewed_after: int | None = None,
    at: datetime | None = None,
) -> Programme:
    """Begin the draft of a programme: the organisation's own, or coordinated for all who take part.

    `for_whom`: "everybody", "tasks", "kind:" with a kind of role, and "role:" with a role's id. Raises `TooLarge` past the
    limit.
    """
    organisation, collaboration = home_for(actor, organisation_id, collaboration_id, at=at)
    at = at or clock.now()
    if organisation is not None:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
    home = {"organisation": organisation, "collaboration": collaboration}
    if Programme.objects.filter(**home, ended_on__isnull=True).count() >= MOST_PROGRAMMES:
        told = _("There can be at most %(most)s programmes at a time. End one that is no longer used.")
        raise TooLarge(told % {"most": MOST_PROGRAMMES})
    programme = Programme(**home, begun_at=at, begun_by_id=actor.holding_id)
    _describe(programme, name, why, for_whom, renewed_after, clock.day(at))
    programme.save(force_insert=True)
    _mean(programme, for_whom, clock.day(at))
    tell(actor, "introduction_begun", programme, at, name=programme.name)
    return programme


@operation("introduction.keep")
def describe_programme(
    *,
    actor: Actor,
    programme_id: str,
    name: str,
    why: str,
    for_whom: Sequence[str],
    renewed_after: int | None = None,
    seen: str = "",
    at: datetime | None = None,
) -> Programme:
    """Say anew what a programme is and for whom; from that day on, where it is published.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    programme = held_programme_for(actor, programme_id, at)
    at = at or clock.now()
    stored = programme_words(programme, meant_now(programme))
    check_not_overtaken(seen, stored, said_of(name, why, for_whom, renewed_after))
    _describe(programme, name, why, for_whom, renewed_after, clock.day(at))
    programme.save()
    _mean(programme, for_whom, clock.day(at))
    tell(actor, "introduction_described", programme, at, name=programme.name)
    return programme


@operation("introduction.keep")
def publish_programme(*, actor: Actor, programme_id: str, present: bool = False, at: datetime | None = None) -> Programme:
    """Let the programme hold from today: for all who take a role that it is for, and with `present` for those who hold one
    already, counted from today. Raises `Refused` for one without steps, and for one that is published."""
    programme = held_programme_for(actor, programme_id, at)
    at = at or clock.now()
    if programme.published_on is not None:
        raise Refused(_("The programme is published already."))
    if not programme.steps.filter(ended_at__isnull=True).exists():
        raise Refused(_("Add at least one step first: without steps there is nothing to do."))
    today = clock.day(at)
    programme.published_on, programme.present = today, present
    programme.save(update_fields=["published_on", "present"])
    Step.objects.filter(programme=programme, ended_at__isnull=True).update(asked_from=today)
    ForWhom.objects.filter(programme=programme, valid_to__isnull=True).update(valid_from=today)
    tell(actor, "introduction_published", programme, at, name=programme.name, present=present)
    return programme


@operation("introduction.keep")
def end_programme(*, actor: Actor, programme_id: str, at: datetime | None = None) -> Programme:
    """End a programme: nobody is introduced by it from today, and what has been done stays."""
    programme = held_programme_for(actor, programme_id, at)
    at = at or clock.now()
    programme.ended_on = clock.day(at)
    programme.save(update_fields=["ended_on"])
    tell(actor, "introduction_ended", programme, at, name=programme.name)
    return programme


def _describe(
    programme: Programme, name: str, why: str, for_whom: Sequence[str], renewed_after: int | None, on: date
) -> None:
    found = Findings()
    programme.name = found.line("name", name, 120)
    programme.why = found.text("why", why, longest=LONGEST)
    if renewed_after is not None and not 1 <= renewed_after <= MOST_MONTHS:
        told = _("Write a number of months between 1 and %(most)s, or leave it empty.")
        found.say("renewed_after", told % {"most": MOST_MONTHS})
    programme.renewed_after = renewed_after
    _find_meant(found, programme, for_whom, on)
    found.insist()


def _find_meant(found: Findings, programme: Programme, for_whom: Sequence[str], on: date) -> None:
    wanted = {one for one in for_whom if one}
    if not wanted:
        found.say("for_whom", _("Choose for whom the programme is."))
    if len(wanted) > MOST_MEANT:
        found.say("for_whom", _("Choose at most %(most)s, or all roles.") % {"most": MOST_MEANT})
    roles = {one.removeprefix("role:") for one in wanted if one.startswith("role:")}
    known = {"everybody", *(f"kind:{kind}" for kind in RoleKind.values)}
    known |= {"tasks"} if programme.collaboration_id else set()
    before = set(programme.for_whom.filter(role__in=roles).values_list("role_id", flat=True))
    named = set(roles_within(programme, on).filter(pk__in=roles).values_list("pk", flat=True)) if roles else set()
    if roles - named - before or wanted - known - {f"role:{pk}" for pk in roles}:
        found.say("for_whom", _("Choose among the roles of those whom the programme is for."))


def _mean(programme: Programme, for_whom: Sequence[str], on: date) -> None:
    """Those meant now; who was meant before and still is, keeps the day."""
    wanted = {one for one in for_whom if one}
    there = meant_now(programme)
    for row, word in there:
        if word not in wanted:
            row.valid_to = max(on, row.valid_from)
            row.save(update_fields=["valid_to"])
    for word in sorted(wanted - {word for _row, word in there}):
        reach, _colon, which = word.partition(":")
        given = {"kind": which} if reach == Reach.KIND else {"role_id": which} if reach == Reach.ROLE else {}
        ForWhom.objects.create(programme=programme, reach=reach, valid_from=on, **given)

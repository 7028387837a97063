"""The superior's exemptions from what is mandatory: with a reason, and an end or a day on which they are looked over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import exemption_for, party_for
from samordna.domain.collaborations.depth import DepthSetting, Level, Verb, binds, effective
from samordna.domain.collaborations.enums import CollaborationState, Duress
from samordna.domain.collaborations.models import Exemption, Party
from samordna.domain.collaborations.queries.depths import held_depth
from samordna.domain.collaborations.queries.rulings import setting_of
from samordna.domain.organisations.findings import Findings


@operation("mandate.give")
def exempt_party(
    *,
    actor: Actor,
    party_id: str,
    join: str = "",
    contribute: str = "",
    follow: str = "",
    reason: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    review_on: date | None = None,
    matter_depths: Sequence[DepthSetting] = (),
    at: datetime | None = None,
) -> Exemption:
    """The superior frees a party from some of what is mandatory for the others: until a day, or until further notice.

    An exemption until further notice needs a day on which it is looked over. One that runs already ends as this one starts;
    one that is to come and would never run is not undone by this: it is to be ended first. `matter_depths`: what matters
    here have set of their own, for a party may be freed from what only a matter makes mandatory.
    """
    party = party_for(actor, party_id, "mandate.give", at)
    if party.collaboration.superior_id is None:
        raise Refused(_("There is no organisation above the participants; the coordinator sets the depth."))
    if party.collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    at = at or clock.now()
    made = Exemption(party=party, given_at=at, given_by_id=actor.holding_id, starts_on=starts_on or clock.day(at))
    made.ends_on, made.review_on, found = ends_on, review_on, Findings()
    _must_loosen(found, made, DepthSetting(join=join, contribute=contribute, follow=follow), matter_depths)
    made.reason = found.text("reason", reason)
    _must_begin_today_or_later(found, made, clock.day(at))
    _must_end_or_be_looked_over(found, made)
    replaced = _replaced(found, made, clock.day(at))
    found.insist()
    for earlier in replaced:
        earlier.ends_on = made.starts_on
        earlier.save(update_fields=["ends_on"])
    made.save(force_insert=True)
    plain = {name: getattr(made, name) for name in ("join", "contribute", "follow", "reason")}
    days = {name: value.isoformat() for name in ("starts_on", "ends_on", "review_on") if (value := getattr(made, name))}
    ended = [earlier.pk for earlier in replaced]
    _record(actor, "party_exempted", party, at, exemption=made.pk, name=party.name, ended=ended, **plain, **days)
    return made


def _must_loosen(found: Findings, made: Exemption, freed: DepthSetting, matter_depths: Sequence[DepthSetting]) -> None:
    """Each verb that is said binds less than what holds for the party on the first day, in some matter or in all."""
    if freed == DepthSetting():
        found.say("follow", _("Say what the party is exempted from."))
    party = made.party
    own = setting_of(party.join, party.contribute, party.follow)
    wide = ((Level.COLLABORATION, held_depth(party.collaboration, made.starts_on).setting), (Level.PARTY, own))
    holds = [effective((*wide, (Level.MATTER, each))) for each in (DepthSetting(), *matter_depths)]
    for verb in Verb:
        value = freed.of(verb)
        setattr(made, verb, found.choice(verb, value, Duress.values, required=False))
        strictest = max((depth.of(verb) for depth in holds), key=binds)
        if value and binds(value) >= binds(strictest):
            told = {"held": strictest.label}
            found.say(verb, _("“%(held)s” holds for the party here. An exemption has to be looser than that.") % told)


def _must_begin_today_or_later(found: Findings, made: Exemption, today: date) -> None:
    if made.starts_on < today:
        found.say("starts_on", _("The day has passed. Choose today or a later day."))


def _replaced(found: Findings, made: Exemption, today: date) -> list[Exemption]:
    """Those that run when this one starts, which end then; one that is to come and would never run is said instead."""
    held = Exemption.objects.select_for_update().filter(party=made.party).exclude(ends_on=F("starts_on"))
    overlapping = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=made.starts_on))
    if made.ends_on is not None:
        overlapping = overlapping.filter(starts_on__lt=made.ends_on)
    replaced = list(overlapping.order_by("starts_on", "pk"))
    for each in replaced:
        if each.starts_on >= made.starts_on and each.starts_on > today:
            told = {"day": date_format(each.starts_on, "j F Y")}
            sentence = _("An exemption for the party begins on %(day)s. Let this one end by then, or end that one first.")
            found.say("ends_on", sentence % told)
    return replaced


def _must_end_or_be_looked_over(found: Findings, made: Exemption) -> None:
    if made.ends_on is None and made.review_on is None:
        found.say("ends_on", _("Say until when, or when it is to be looked over."))
    found.span("starts_on", made.starts_on, "ends_on", made.ends_on)
    if made.review_on is not None and made.review_on <= made.starts_on:
        found.say("review_on", _("It is looked over on a day after it has begun."))


@operation("mandate.give")
def end_exemption(*, actor: Actor, exemption_id: str, reason: str, at: datetime | None = None) -> Exemption:
    """The superior ends an exemption today, before its day, with a reason. Raises `Refused` when it has ended already."""
    exemption_for(actor, exemption_id, "mandate.give", at)
    at = at or clock.now()
    exemption, today = Exemption.objects.select_for_update().get(pk=exemption_id), clock.day(at)
    if exemption.ends_on is not None and exemption.ends_on <= max(today, exemption.starts_on):
        raise Refused(_("The exemption has ended already."))
    found = Findings()
    exemption.ended_reason = found.text("reason", reason)
    found.insist()
    exemption.ends_on = max(today, exemption.starts_on)
    exemption.save(update_fields=["ends_on", "ended_reason"])
    content = {"exemption": exemption.pk, "name": exemption.party.name, "reason": exemption.ended_reason}
    _record(actor, "exemption_ended", exemption.party, at, **content)
    return exemption


def _record(actor: Actor, action: str, party: Party, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="party",
        subject_id=party.pk,
        collaboration_id=party.collaboration_id,
        at=at,
        **content,
    )

"""Letting in, leaving, and how deep each party is in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import collaboration_for, participation_for, party_for
from samordna.domain.collaborations.depth import Depth, DepthSetting, Level, Verb, binds, effective
from samordna.domain.collaborations.enums import CollaborationState, Duress
from samordna.domain.collaborations.limits import MOST_PARTICIPANTS
from samordna.domain.collaborations.models import Collaboration, Exemption, Participation, Party
from samordna.domain.collaborations.queries.depths import held_depth
from samordna.domain.collaborations.queries.rulings import exemption_fact, setting_of
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation


@operation("collaboration.lead")
def let_in(
    *,
    actor: Actor,
    collaboration_id: str,
    organisation_ids: Sequence[str],
    party_id: str = "",
    party_name: str = "",
    joined_on: date | None = None,
    at: datetime | None = None,
) -> Party:
    """Let organisations take part from a day on: as one new party with one voice, or in a party there is.

    Raises `Invalid` for an organisation that takes part already at that time.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    return take_in(actor, collaboration_id, organisation_ids, party_id, party_name, joined_on or clock.day(at), at)


def take_in(
    actor: Actor,
    collaboration_id: str,
    organisation_ids: Sequence[str],
    party_id: str,
    party_name: str,
    first: date,
    at: datetime,
) -> Party:
    """What letting in is, once it is known that the actor may: by leading, or by having been invited."""
    collaboration = Collaboration.objects.select_for_update().get(pk=collaboration_id)
    _must_be_open(collaboration)
    found = Findings()
    organisations = _organisations(found, organisation_ids, first)
    _must_not_take_part(found, collaboration, organisations, first)
    _must_fit(collaboration, organisations)
    party = _party(found, collaboration, organisations, party_id, party_name)
    found.insist()
    if party_id == "":
        party.save(force_insert=True)
    made = [
        Participation(collaboration=collaboration, party=party, organisation=organisation, joined_on=first)
        for organisation in organisations
    ]
    Participation.objects.bulk_create(made)
    content = {"organisations": [row.organisation_id for row in made], "joined_on": first.isoformat()}
    _record(actor, "let_in", "party", party.pk, collaboration, at, name=party.name, **content)
    return party


def _must_be_open(collaboration: Collaboration) -> None:
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nobody joins or leaves it."))


def _organisations(found: Findings, ids: Sequence[str], first: date) -> list[Organisation]:
    wanted = list(dict.fromkeys(ids))
    known = {organisation.pk: organisation for organisation in Organisation.objects.filter(pk__in=wanted)}
    if not wanted or any(each not in known for each in wanted):
        found.say("organisation_ids", _("Choose at least one organisation from the list."))
    for organisation in known.values():
        if not clock.active(organisation.valid_from, organisation.valid_to, first):
            sentence = _("%(name)s does not exist as an organisation on that day.")
            found.say("organisation_ids", sentence % {"name": organisation.name})
    return [known[each] for each in wanted if each in known]


def _must_not_take_part(
    found: Findings, collaboration: Collaboration, organisations: Sequence[Organisation], first: date
) -> None:
    running = Q(left_on__isnull=True) | Q(left_on__gt=first)
    rows = Participation.objects.filter(running, collaboration=collaboration, organisation__in=organisations)
    names = ", ".join(sorted(row.organisation.name for row in rows.select_related("organisation")))
    if names:
        found.say("organisation_ids", _("Already taking part at that time: %(names)s.") % {"names": names})


def _must_fit(collaboration: Collaboration, organisations: Sequence[Organisation]) -> None:
    count = Participation.objects.filter(collaboration=collaboration).count() + len(organisations)
    if count > MOST_PARTICIPANTS:
        limit = {"most": MOST_PARTICIPANTS, "count": count}
        raise TooLarge(_("A collaboration has at most %(most)s participants; this would make %(count)s.") % limit)


def _party(
    found: Findings, collaboration: Collaboration, organisations: Sequence[Organisation], party_id: str, name: str
) -> Party:
    if party_id:
        party = Party.objects.filter(pk=party_id, collaboration=collaboration).first()
        if party is not None:
            return party
        found.say("party_id", _("Choose one of the collaboration's own parties."))
    if not name.strip() and len(organisations) == 1:
        name = organisations[0].name
    return Party(collaboration=collaboration, name=found.line("party_name", name, 120))


@operation("collaboration.lead")
def end_participation(
    *, actor: Actor, participation_id: str, left_on: date | None = None, reason: str, at: datetime | None = None
) -> Participation:
    """The coordinator ends an organisation's taking part from a day on, with a reason.

    Raises `Refused` where the depth is such that nobody may leave.
    """
    participation_for(actor, participation_id, "collaboration.lead", at)
    return _end(actor, participation_id, left_on, reason, at)


@operation("mandate.give")
def leave_collaboration(
    *, actor: Actor, participation_id: str, left_on: date | None = None, reason: str, at: datetime | None = None
) -> Participation:
    """The organisation leaves, today or on a later day that it gives notice of.

    Raises `Refused` where the depth is such that nobody may leave.
    """
    participation_for(actor, participation_id, "mandate.give", at)
    return _end(actor, participation_id, left_on, reason, at)


def _end(actor: Actor, participation_id: str, left_on: date | None, reason: str, at: datetime | None) -> Participation:
    at = at or clock.now()
    locked = Participation.objects.select_for_update(of=("self",)).select_related(
        "collaboration__superior", "organisation", "party"
    )
    participation = locked.get(pk=participation_id)
    _must_be_open(participation.collaboration)
    if participation.left_on is not None and participation.left_on <= clock.day(at):
        raise Refused(_("%(name)s has left already.") % {"name": participation.organisation.name})
    check_free_to_leave(participation, clock.day(at))
    found = Findings()
    earliest = earliest_leaving(participation, clock.day(at))
    reason, last = found.text("reason", reason), left_on or earliest
    if last < clock.day(at):
        found.say("left_on", _("One leaves today or later; what has been cannot be undone."))
    elif last < earliest:
        told = {"days": (earliest - clock.day(at)).days, "day": date_format(earliest, "j F Y")}
        found.say("left_on", _("Notice of %(days)s days is agreed: the earliest day to leave is %(day)s.") % told)
    found.span("left_on", participation.joined_on, "left_on", last)
    found.insist()
    participation.left_on, participation.left_reason = last, reason
    participation.save(update_fields=["left_on", "left_reason"])
    content = {"organisation": participation.organisation_id, "left_on": last.isoformat(), "reason": reason}
    _record(actor, "participation_ended", "participation", participation.pk, participation.collaboration, at, **content)
    return participation


def earliest_leaving(participation: Participation, today: date) -> date:
    """The first day the organisation can be out: today, or when the notice agreed has run out, as the depth says."""
    if not _depth_of(participation, today).notice_applies:
        return today
    return today + timedelta(days=held_depth(participation.collaboration, today).notice_days)


def _depth_of(participation: Participation, on: date) -> Depth:
    party, wide = participation.party, held_depth(participation.collaboration, on).setting
    own = setting_of(party.join, party.contribute, party.follow)
    running = Exemption.objects.on(on).filter(party=party).order_by("given_at").last()
    freed = exemption_fact(running).setting if running else DepthSetting()
    return effective(((Level.COLLABORATION, wide), (Level.PARTY, own), (Level.EXEMPTION, freed)))


def check_free_to_leave(participation: Participation, on: date) -> None:
    """Does the depth of the day let the organisation leave? Raises `Refused` with why not, and who could change it."""
    if _depth_of(participation, on).may_leave:
        return
    above = participation.collaboration.superior
    if above is None:
        raise Refused(_("The depth is mandatory: leaving is not allowed. The coordinator can set another depth."))
    sentence = _("The depth is mandatory: leaving is not allowed. %(superior)s can exempt the party.")
    raise Refused(sentence % {"superior": above.name})


@operation("collaboration.lead")
def set_party_depth(
    *,
    actor: Actor,
    party_id: str,
    join: str = "",
    contribute: str = "",
    follow: str = "",
    at: datetime | None = None,
) -> Party:
    """Set a party's own depth; "" leaves a verb to the collaboration.

    Where a superior has made something mandatory, only it can loosen that: see `exempt_party`.
    """
    party = party_for(actor, party_id, "collaboration.lead", at)
    superior = party.collaboration.superior
    held = held_depth(party.collaboration, clock.day(at or clock.now())).setting
    loosened = [verb for verb in Verb if _loosens(held.of(verb), _given(verb, join, contribute, follow))]
    if superior is not None and loosened:
        sentence = _("This is mandatory for all. Only %(superior)s, above the participants, can exempt a party from it.")
        raise Refused(sentence % {"superior": superior.name})
    return _set_depth(actor, party_id, join, contribute, follow, at)


def _given(verb: Verb, join: str, contribute: str, follow: str) -> str:
    return {Verb.JOIN: join, Verb.CONTRIBUTE: contribute, Verb.FOLLOW: follow}[verb]


def _loosens(held: str, value: str) -> bool:
    if value not in Duress.values or held != Duress.MUST:
        return False
    return binds(value) < binds(Duress.MUST)


def _set_depth(actor: Actor, party_id: str, join: str, contribute: str, follow: str, at: datetime | None) -> Party:
    party = Party.objects.select_for_update(of=("self",)).select_related("collaboration").get(pk=party_id)
    _must_be_open(party.collaboration)
    found = Findings()
    for field, value in (("join", join), ("contribute", contribute), ("follow", follow)):
        found.choice(field, value, Duress.values, required=False)
    found.insist()
    party.join, party.contribute, party.follow = join, contribute, follow
    party.save(update_fields=["join", "contribute", "follow"])
    content = {"join": join, "contribute": contribute, "follow": follow}
    _record(actor, "party_depth_set", "party", party.pk, party.collaboration, at, name=party.name, **content)
    return party


def _record(
    actor: Actor,
    action: str,
    kind: str,
    subject_id: str,
    collaboration: Collaboration,
    at: datetime | None,
    **content: Any,
) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=subject_id,
        collaboration_id=collaboration.pk,
        at=at,
        **content,
    )

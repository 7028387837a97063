"""What somebody is waited for in collaborations themselves: to say how it sees the purpose and what it needs, to know of a
changed depth while it can still leave, to look over an exemption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.facts import AuthorityFacts, depth_in, part_on
from samordna.domain.collaborations.models import Collaboration, DepthChange, Exemption, PartyNeed, PurposeConfirmation
from samordna.domain.collaborations.queries.carried import lacking_in
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone, each
from samordna.domain.collaborations.queries.depths import held_depth, read_by
from samordna.domain.collaborations.queries.rulings import facts_of
from samordna.domain.collaborations.queries.sponsors import SponsorState, sponsors_in
from samordna.domain.organisations.waiting import Quick, Waiting, WaitingKind

OPEN = (CollaborationState.FORMING, CollaborationState.ACTIVE)
LOOK_OVER_SOON = timedelta(days=30)


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now, in its role; questions by the changes of depth to come, and by nothing else."""
    yield from _to_tell(crowd)
    yield from _to_know_of(crowd, at)
    yield from _to_look_over(crowd, at)
    yield from _to_stand_behind(crowd, at)
    yield from _to_fill(crowd, at)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor may do now, in its role."""
    return asked_alone(waiting_in, actor, at)


def _to_tell(crowd: Crowd) -> Iterator[Found]:
    """S1, F4: the purpose in one's own words, and what one needs, where one has not said."""
    own = {"collaboration_id__in": crowd.joined(Duty.ANSWER), "organisation_id__in": crowd.organisations(Duty.ANSWER)}
    if not own["collaboration_id__in"]:
        return
    pair = ("collaboration_id", "organisation_id")
    confirmed = set(PurposeConfirmation.objects.filter(**own).values_list(*pair, "number"))
    needing = set(PartyNeed.objects.filter(**own, withdrawn_at__isnull=True).values_list(*pair))
    found = Collaboration.objects.filter(pk__in=own["collaboration_id__in"], state__in=OPEN)
    for row in found.order_by("name", "pk"):
        for actor in crowd.with_duty(Duty.ANSWER):
            own_id = actor.organisation_id or ""
            if row.pk not in crowd.taking_part.get(own_id, ()):
                continue
            needs = (row.pk, own_id) in needing
            if (row.pk, own_id, row.purpose_number) not in confirmed:
                note = "" if needs else _("You have not said what you need it for either.")
                what = _("Say the purpose in your own words")
                yield actor, _item(WaitingKind.ANSWER, what, row, "tell_view", row.pk, note=note)
            elif not needs:
                what = _("Say what you need the collaboration for")
                yield actor, _item(WaitingKind.ANSWER, what, row, "tell_view", row.pk)


def _to_know_of(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """A change of depth that is to come, until it does; where it binds one's own organisation harder and that one can still
    leave before it, by the last day to give notice."""
    joined = crowd.joined(Duty.ADOPT)
    if not joined:
        return
    today = clock.day(at)
    coming = DepthChange.objects.filter(collaboration_id__in=joined, starts_on__gt=today)
    rows = list(coming.select_related("collaboration__parent").order_by("starts_on", "pk"))
    seen = read_by([row.pk for row in rows])
    facts: dict[str, AuthorityFacts] = {}
    for row in rows:
        if row.collaboration_id not in facts:
            facts[row.collaboration_id] = facts_of(row.collaboration)
        held = held_depth(row.collaboration, today).notice_days
        for actor in crowd.with_duty(Duty.ADOPT):
            own_id = actor.organisation_id or ""
            if row.collaboration_id not in crowd.taking_part.get(own_id, ()) or (own_id, row.pk) in seen:
                continue
            last = _last_day_to_leave(row, facts[row.collaboration_id], own_id, today, held)
            what = _("Read of the depth that changes")
            if last is not None:
                what = _("Read of the depth that changes, and give notice if you want to leave")
            due = last or row.starts_on
            where = row.collaboration
            said = Quick(label=_p("button", "Read"), url_name="read_depth_changes", url_args=(where.pk,))
            item = _item(WaitingKind.REVIEW, what, where, "collaboration", where.pk, due, row.reason)
            yield actor, replace(item, quick=said)


def _last_day_to_leave(
    change: DepthChange, facts: AuthorityFacts, organisation: str, today: date, held: int
) -> date | None:
    """The last day to give notice so as to be out before a stricter depth; None where that cannot be, or it is not so."""
    part = part_on(facts, organisation, today)
    if part is None:
        return None
    before, after = depth_in(facts, part, today), depth_in(facts, part, change.starts_on)
    notices = [days if depth.notice_applies else 0 for depth, days in ((before, held), (after, change.notice_days))]
    last = change.starts_on - timedelta(days=notices[0])
    harder = after.stricter_than(before) or notices[1] > notices[0]
    return last if before.may_leave and harder and last >= today else None


def _to_look_over(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """Exemptions that the actor's organisation has given until further notice, when it is time to look them over."""
    adopting = crowd.with_duty(Duty.ADOPT)
    if not adopting:
        return
    soon = clock.day(at) + LOOK_OVER_SOON
    running = Exemption.objects.on(clock.day(at)).filter(review_on__lte=soon, ends_on__isnull=True)
    above = [actor.organisation_id for actor in adopting]
    given = running.filter(party__collaboration__superior_id__in=above, party__collaboration__state__in=OPEN)
    for row in given.select_related("party__collaboration").order_by(F("review_on"), "pk"):
        what, where = _("Look over the exemption for %(name)s") % {"name": row.party.name}, row.party.collaboration
        item = _item(WaitingKind.REVIEW, what, where, "exempt_party", row.party_id, row.review_on, row.reason)
        yield from each([actor for actor in adopting if actor.organisation_id == where.superior_id], item)


def _to_stand_behind(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """F1: where nobody stands behind one's own organisation's taking part in what runs; three questions."""
    joined, own = crowd.joined(Duty.ADOPT), crowd.organisations(Duty.ADOPT)
    if not joined:
        return
    running = Collaboration.objects.filter(pk__in=joined, state=CollaborationState.ACTIVE).in_bulk()
    for row in sponsors_in(list(running), at, own):
        if row.at_risk:
            what = _("Say which manager's role stands behind your taking part")
            note = "" if row.state is SponsorState.NONE else f"{row.role}: {row.state_label}"
            where = running[row.collaboration_id]
            item = _item(WaitingKind.REVIEW, what, where, "name_sponsor", where.pk, note=note)
            yield from each(crowd.of(row.organisation_id, where.pk, Duty.ADOPT), item)


def _to_fill(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """F3: the collaboration's own roles that nobody does, or soon nobody does, for whoever coordinates it."""
    led = Collaboration.objects.filter(pk__in=crowd.coordinated).exclude(state=CollaborationState.CLOSED)
    for row in lacking_in(led, at, LOOK_OVER_SOON) if crowd.coordinated else ():
        what = _("Choose who is to be %(role)s") % {"role": row.name}
        item = _item(WaitingKind.TEND, what, row.collaboration, "let_role_carry", row.id, row.empty_on, row.note)
        yield from each(crowd.leading(row.collaboration.pk), item)


def _item(
    kind: WaitingKind,
    what: str,
    collaboration: Collaboration,
    url_name: str,
    key: str,
    due: date | None = None,
    note: str = "",
) -> Waiting:
    return Waiting(
        kind=kind,
        what=what,
        about=collaboration.name,
        collaboration=collaboration.name,
        url_name=url_name,
        url_args=(key,),
        due=due,
        note=note,
    )

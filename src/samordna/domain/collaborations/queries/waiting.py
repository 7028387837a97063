"""What somebody is waited for in collaborations themselves: to say how it sees the purpose and what it needs, to know of a
changed depth while it can still leave, to look over an exemption."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.access import reach
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.facts import depth_in, part_on
from samordna.domain.collaborations.models import Collaboration, DepthChange, Exemption, PartyNeed, PurposeConfirmation
from samordna.domain.collaborations.queries.depths import held_depth
from samordna.domain.collaborations.queries.rulings import facts_of
from samordna.domain.organisations.waiting import Waiting, WaitingKind

OPEN = (CollaborationState.FORMING, CollaborationState.ACTIVE)
LOOK_OVER_SOON = timedelta(days=30)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What the actor may do now, in its role; queries by the changes of depth to come, and no other rows."""
    if actor.organisation_id is None or not actor.may_write:
        return []
    return [*_to_tell(actor, at), *_to_know_of(actor, at), *_to_look_over(actor, at)]


def _to_tell(actor: Actor, at: datetime) -> Iterator[Waiting]:
    """S1, F4: the purpose in one's own words, and what one needs, where one has not said."""
    if Duty.ANSWER not in actor.duties:
        return
    own = {"collaboration": OuterRef("pk"), "organisation_id": actor.organisation_id}
    confirmed = PurposeConfirmation.objects.filter(**own, number=OuterRef("purpose_number"))
    needing = PartyNeed.objects.filter(**own, withdrawn_at__isnull=True)
    found = Collaboration.objects.filter(pk__in=reach(actor, at)[0], state__in=OPEN)
    for row in found.annotate(confirmed=Exists(confirmed), needing=Exists(needing)).order_by("name", "pk"):
        if not row.confirmed:
            note = "" if row.needing else _("You have not said what you need it for either.")
            yield _item(WaitingKind.ANSWER, _("Say the purpose in your own words"), row, "tell_view", row.pk, note=note)
        elif not row.needing:
            yield _item(WaitingKind.ANSWER, _("Say what you need the collaboration for"), row, "tell_view", row.pk)


def _to_know_of(actor: Actor, at: datetime) -> Iterator[Waiting]:
    """A change of depth that is to come, until it does; where it binds one's own organisation harder and that one can still
    leave before it, by the last day to give notice."""
    if Duty.ADOPT not in actor.duties:
        return
    today = clock.day(at)
    coming = DepthChange.objects.filter(collaboration_id__in=reach(actor, at)[0], starts_on__gt=today)
    for row in coming.select_related("collaboration__parent").order_by("starts_on", "pk"):
        last = _last_day_to_leave(row, actor.organisation_id or "", today)
        what = _("Read of the depth that changes")
        if last is not None:
            what = _("Read of the depth that changes, and give notice if you want to leave")
        due = last or row.starts_on
        yield _item(WaitingKind.REVIEW, what, row.collaboration, "collaboration", row.collaboration_id, due, row.reason)


def _last_day_to_leave(change: DepthChange, organisation: str, today: date) -> date | None:
    """The last day to give notice so as to be out before a stricter depth; None where that cannot be, or it is not so."""
    facts = facts_of(change.collaboration)
    part = part_on(facts, organisation, today)
    if part is None:
        return None
    held = held_depth(change.collaboration, today).notice_days
    before, after = depth_in(facts, part, today), depth_in(facts, part, change.starts_on)
    notices = [days if depth.notice_applies else 0 for depth, days in ((before, held), (after, change.notice_days))]
    last = change.starts_on - timedelta(days=notices[0])
    harder = after.stricter_than(before) or notices[1] > notices[0]
    return last if before.may_leave and harder and last >= today else None


def _to_look_over(actor: Actor, at: datetime) -> Iterator[Waiting]:
    """Exemptions that the actor's organisation has given until further notice, when it is time to look them over."""
    if Duty.ADOPT not in actor.duties:
        return
    soon = clock.day(at) + LOOK_OVER_SOON
    running = Exemption.objects.on(clock.day(at)).filter(review_on__lte=soon, ends_on__isnull=True)
    given = running.filter(party__collaboration__superior_id=actor.organisation_id, party__collaboration__state__in=OPEN)
    for row in given.select_related("party__collaboration").order_by(F("review_on"), "pk"):
        what, where = _("Look over the exemption for %(name)s") % {"name": row.party.name}, row.party.collaboration
        yield _item(WaitingKind.REVIEW, what, where, "exempt_party", row.party_id, row.review_on, row.reason)


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

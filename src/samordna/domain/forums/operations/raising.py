"""Items: raised by any organisation that may, described, withdrawn, and the papers one reads before them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.collaborations.access import seen_collaborations
from samordna.domain.collaborations.models import Area
from samordna.domain.forums.access import (
    PREPARE,
    RAISE,
    check_may_change,
    meeting_for,
    owners_of,
    prepares,
)
from samordna.domain.forums.choosing import areas_within, roles_within
from samordna.domain.forums.deadlines import why_not_described, why_not_raised
from samordna.domain.forums.enums import AHEAD, ItemKind, ItemState, Power
from samordna.domain.forums.happened import must_leave_no_trace, must_not_be_asked
from samordna.domain.forums.limits import LONGEST_ITEM, MOST_ITEMS, MOST_OF_ONE, MOST_PAPERS
from samordna.domain.forums.mandate import Verdict
from samordna.domain.forums.models import Forum, Item, Meeting, Paper
from samordna.domain.forums.operations.holding import held_forum_for, held_item_for
from samordna.domain.forums.operations.telling import tell
from samordna.domain.forums.phrases import REFUSALS
from samordna.domain.forums.wording import item_words
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation

DESCRIBED = ["kind", "title", "purpose", "minutes", "owner_role", "matter", "area"]


@operation("forum.raise")
def raise_item(
    *,
    actor: Actor,
    forum_id: str,
    kind: str,
    title: str,
    purpose: str = "",
    minutes: int | None = None,
    owner_role_id: str = "",
    matter_id: str = "",
    area_id: str = "",
    meeting_id: str = "",
    first: bool = False,
    at: datetime | None = None,
) -> Item:
    """Bring something up: for a meeting, or for the backlog. The forum's routine says who may, and until when.

    It comes last; those who prepare may put it `first`.
    """
    forum = held_forum_for(actor, forum_id, PREPARE if first else RAISE, at)
    at = at or clock.now()
    meeting = _coming(actor, forum, meeting_id, at)
    if not prepares(actor, forum, at):
        reason = why_not_raised(actor, forum, meeting, clock.day(at))
        if reason:
            raise Refused(reason)
        _must_leave_room(actor, forum, meeting)
    must_fit(forum, meeting)
    order = 1 if first else last_order(forum, meeting) + 1
    made = Item(forum=forum, meeting=meeting, order=order, raised_at=at, raised_by_id=actor.holding_id)
    if actor.role_id not in _leading(forum):
        made.raised_for = Organisation.objects.filter(pk=actor.organisation_id).first()
    about = {"owner_role_id": owner_role_id, "matter_id": matter_id, "area_id": area_id}
    _describe(actor, made, at, kind=kind, title=title, purpose=purpose, minutes=minutes, **about)
    if first:
        forum.items.filter(meeting=meeting).update(order=F("order") + 1)
    made.save(force_insert=True)
    tell(actor, "item_raised", forum, at, made, kind=made.kind, title=made.title, meeting=meeting_id)
    return made


@operation("forum.raise")
def describe_item(
    *,
    actor: Actor,
    item_id: str,
    kind: str,
    title: str,
    purpose: str = "",
    minutes: int | None = None,
    owner_role_id: str = "",
    matter_id: str = "",
    area_id: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Item:
    """Say anew what an item is about: whoever raised it, and those who prepare.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    item = held_item_for(actor, item_id, RAISE, at)
    at = at or clock.now()
    _must_be_ahead(item)
    check_may_change(actor, item, at)
    if not prepares(actor, item.forum, at) and (reason := why_not_described(item, clock.day(at))):
        raise Refused(reason)
    about = {"owner_role_id": owner_role_id, "matter_id": matter_id, "area_id": area_id}
    given = {"kind": kind, "title": title, "purpose": purpose, "minutes": minutes, **about}
    check_not_overtaken(seen, item_words(actor, item, at), given)
    before = (item.kind, item.matter_id, item.area_id)
    _describe(actor, item, at, kind=kind, title=title, purpose=purpose, minutes=minutes, **about)
    if before != (item.kind, item.matter_id, item.area_id):
        must_not_be_asked(item.pk)
    item.save(update_fields=DESCRIBED)
    tell(actor, "item_described", item.forum, at, item, kind=item.kind, title=item.title)
    return item


@operation("forum.raise")
def withdraw_item(*, actor: Actor, item_id: str, reason: str, at: datetime | None = None) -> Item:
    """Withdraw an item, and say why: whoever raised it, and those who prepare."""
    item = held_item_for(actor, item_id, RAISE, at)
    at = at or clock.now()
    _must_be_open(item)
    check_may_change(actor, item, at)
    must_leave_no_trace(item.pk)
    found = Findings()
    item.withdrawn_reason = found.text("reason", reason, longest=2_000)
    found.insist()
    item.state = ItemState.WITHDRAWN
    item.save(update_fields=["state", "withdrawn_reason"])
    tell(actor, "item_withdrawn", item.forum, at, item, reason=reason)
    return item


@operation("forum.raise")
def add_paper(
    *, actor: Actor, item_id: str, name: str, address: str = "", text: str = "", at: datetime | None = None
) -> Paper:
    """Put something to read before an item: a link or a text."""
    item = held_item_for(actor, item_id, RAISE, at)
    at = at or clock.now()
    _must_be_ahead(item)
    check_may_change(actor, item, at)
    found = Findings()
    name, address = found.line("name", name, 160), found.line("address", address, 500, required=False)
    text = found.text("text", text, required=False, longest=LONGEST_ITEM)
    if bool(address) == bool(text):
        found.say("address", _("Write a link or a text: one of them."))
    elif address and not address.startswith("https://"):
        found.say("address", _("A link begins with https://."))
    if item.papers.filter(removed_at__isnull=True).count() >= MOST_PAPERS:
        raise TooLarge(_("An item has at most %(most)s papers.") % {"most": MOST_PAPERS})
    found.insist()
    made = Paper.objects.create(item=item, name=name, address=address, text=text, added_at=at, added_by_id=actor.holding_id)
    tell(actor, "paper_added", item.forum, at, item, paper=made.pk, name=name)
    return made


@operation("forum.raise")
def remove_paper(*, actor: Actor, item_id: str, paper_id: str, at: datetime | None = None) -> Item:
    """Take away something to read before an item that has not been taken up. That it was there is kept."""
    item = held_item_for(actor, item_id, RAISE, at)
    at = at or clock.now()
    _must_be_ahead(item)
    check_may_change(actor, item, at)
    paper = item.papers.filter(pk=paper_id, removed_at__isnull=True).first()
    if paper is None:
        raise Refused(_("The paper is taken away already."))
    tell(actor, "paper_removed", item.forum, at, item, paper=paper.pk, name=paper.name)
    paper.removed_at = at
    paper.save(update_fields=["removed_at"])
    return item


def must_fit(forum: Forum, meeting: Meeting | None, many: int = 1, *, but: str = "") -> None:
    """There is room for so many more items at the meeting, or in the backlog; `but` is there already and moves in it."""
    there = forum.items.filter(meeting=meeting, state=ItemState.OPEN).exclude(pk=but)
    if there.count() + many > MOST_ITEMS:
        raise TooLarge(_("A meeting, or the backlog, holds at most %(most)s items.") % {"most": MOST_ITEMS})


def _must_leave_room(actor: Actor, forum: Forum, meeting: Meeting | None) -> None:
    """One organisation does not fill what is everybody's."""
    own = forum.items.filter(meeting=meeting, state=ItemState.OPEN, raised_for_id=actor.organisation_id)
    if own.count() >= MOST_OF_ONE:
        told = _("An organisation has at most %(most)s open items at a meeting or in the backlog. Withdraw one first.")
        raise TooLarge(told % {"most": MOST_OF_ONE})


def last_order(forum: Forum, meeting: Meeting | None) -> int:
    """The order of what comes last there; 0 when there is nothing."""
    last = Item.objects.filter(forum=forum, meeting=meeting).order_by("-order").first()
    return last.order if last else 0


def _leading(forum: Forum) -> set[str]:
    return {owner.collaboration.coordinator_role_id for owner in owners_of(forum) if owner.accepted_at}


def _coming(actor: Actor, forum: Forum, meeting_id: str, at: datetime) -> Meeting | None:
    if not meeting_id:
        return None
    meeting = meeting_for(actor, meeting_id, at=at)
    if meeting.forum_id != forum.pk or meeting.state not in AHEAD:
        raise Refused(_("Choose a meeting of this forum that is still to come, or the backlog."))
    return meeting


def _must_be_ahead(item: Item) -> None:
    _must_be_open(item)
    if item.meeting and item.meeting.state not in AHEAD:
        raise Refused(_("The meeting is over, so what was on its agenda stands as it was. Carry it over first."))


def _must_be_open(item: Item) -> None:
    if item.state != ItemState.OPEN:
        raise Refused(_("The item has been taken up, carried over or withdrawn, so it is not changed any more."))


def _describe(
    actor: Actor,
    item: Item,
    at: datetime,
    *,
    kind: str,
    title: str,
    purpose: str,
    minutes: int | None,
    owner_role_id: str,
    matter_id: str,
    area_id: str,
) -> None:
    found = Findings()
    item.kind = found.choice("kind", kind, ItemKind.values)
    item.title = found.line("title", title, 160)
    item.purpose = found.text("purpose", purpose, required=False, longest=LONGEST_ITEM)
    if minutes is not None and not 1 <= minutes <= 600:
        found.say("minutes", _("Write a number of minutes between 1 and 600, or leave it empty."))
    item.minutes = minutes
    owners = owners_of(item.forum)
    role = roles_within(owners, clock.day(at)).filter(pk=owner_role_id).first() if owner_role_id else None
    if owner_role_id and role is None:
        found.say("owner_role_id", _("Choose a role at somebody who takes part, or the coordinator's."))
    item.owner_role = role
    agreed = [owner.collaboration_id for owner in owners if owner.accepted_at]
    item.matter = _matter(found, actor, item, matter_id, agreed, at)
    item.area = item.matter.area if item.matter else _area(found, actor, item, area_id, at)
    if kind == ItemKind.DECISION:
        _must_decide(found, item)
    found.insist()


def _must_decide(found: Findings, item: Item) -> None:
    """A decision needs a forum that decides, and something that mandates can be asked about."""
    never = {Power.PREPARES: Verdict.PREPARES, Power.MEETS: Verdict.MEETS}.get(Power(item.forum.power))
    if never is not None:
        found.say("kind", str(REFUSALS[never]))
    elif item.area is None:
        found.say("matter_id", _("Say which matter the decision is about, or in which area the question lies."))


def _matter(found: Findings, actor: Actor, item: Item, matter_id: str, agreed: list[str], at: datetime) -> Matter | None:
    """The matter that is chosen. What it is about already stays when nothing is chosen by somebody who cannot see it."""
    stored = item.matter
    if stored and matter_id in {"", stored.pk}:
        unseen = not matter_id and not visible_matters(actor, at).filter(pk=stored.pk).exists()
        return stored if matter_id or unseen else None
    if not matter_id:
        return None
    rows = visible_matters(actor, at).filter(collaboration_id__in=agreed).select_related("area")
    matter = rows.filter(pk=matter_id).first()
    if matter is None:
        found.say("matter_id", _("Choose a matter of the collaborations that own the forum."))
    return matter


def _area(found: Findings, actor: Actor, item: Item, area_id: str, at: datetime) -> Area | None:
    """The area that is chosen. The one it lies in already stays when nothing is chosen by somebody who cannot see it."""
    stored, seen = item.area, seen_collaborations(actor, at)
    if not area_id:
        return stored if stored and stored.collaboration_id not in seen else None
    area = areas_within(owners_of(item.forum)).filter(pk=area_id, collaboration_id__in=seen).first()
    if area is None:
        found.say("area_id", _("Choose among the areas of the collaborations that own the forum."))
    return area

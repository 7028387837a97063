"""The collaboration's depth on a day, and what a change of it would mean for each party: who may leave, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.depth import Depth, DepthSetting, Level, effective
from samordna.domain.collaborations.facts import AuthorityFacts, DepthChangeFact, depth_in, part_on
from samordna.domain.collaborations.limits import LONGEST_NOTICE
from samordna.domain.collaborations.models import Collaboration, DepthChange, Exemption, Party
from samordna.domain.collaborations.phrases import depth_label
from samordna.domain.collaborations.queries.rulings import facts_of, setting_of
from samordna.domain.organisations.findings import Findings

NOTHING = DepthSetting()
READ = "depth_change_read"
"""What the journal calls it when an organisation has read of a change of depth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDepth:
    """The collaboration's own depth on a day, with the notice of leaving that goes with it.

    `own` and `freed`: what one party has set of its own, and what it is exempted from.
    """

    setting: DepthSetting
    notice_days: int
    own: DepthSetting = NOTHING
    freed: DepthSetting = NOTHING

    @property
    def depth(self) -> Depth:
        """The three verbs, all of them said."""
        wide = (Level.COLLABORATION, self.setting)
        return effective((wide, (Level.PARTY, self.own), (Level.EXEMPTION, self.freed)))

    def of_party(self, settings: tuple[DepthSetting, DepthSetting]) -> HeldDepth:
        """The same for a party with a depth of its own and an exemption."""
        return replace(self, own=settings[0], freed=settings[1])

    @property
    def notice(self) -> int:
        """The notice in days that whoever leaves owes under this depth."""
        return self.notice_days if self.depth.notice_applies else 0

    def stricter_than(self, other: HeldDepth) -> bool:
        """Does it bind harder, or hold longer whoever wants to leave?"""
        return self.depth.stricter_than(other.depth) or self.notice > other.notice


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDepth:
    """A change that is decided and has not come yet."""

    label: str
    starts_on: date
    notice_days: int
    running: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyChange:
    """What a change means for one party. `must_say_by`: the last day to give notice so as to be out
    before the change holds; `notice_before` and `notice_after` in days, None where it may not leave."""

    party: str
    before: str
    after: str
    notice_before: int | None
    notice_after: int | None
    must_say_by: date | None


def held_depth(collaboration: Collaboration, on: date) -> HeldDepth:
    """What holds on this day; one query."""
    changes = DepthChange.objects.filter(collaboration=collaboration, starts_on__lte=on)
    latest = changes.order_by("starts_on", "changed_at", "pk").last() or collaboration
    return _held(latest)


def _held(row: Collaboration | DepthChange) -> HeldDepth:
    return HeldDepth(setting=setting_of(row.join, row.contribute, row.follow), notice_days=row.notice_days)


def earliest_change(collaboration: Collaboration, new: HeldDepth, today: date) -> date:
    """The first day on which a new depth may hold: today, or when the notice has run out of all for whom it is stricter.

    Asked for the collaboration's own depth and for every party that has one of its own or is exempted. The notice is
    today's, or one that is already decided and longer.
    """
    held = held_depth(collaboration, today)
    rows = DepthChange.objects.filter(collaboration=collaboration, starts_on__gt=today)
    before = [held, *(_held(change) for change in rows)]
    caught = [
        max(1, *(each.of_party(own).notice for each in before))
        for own in _settings(collaboration, today)
        if held.of_party(own).depth.may_leave and new.of_party(own).stricter_than(held.of_party(own))
    ]
    return today + timedelta(days=max(caught, default=0))


def _settings(collaboration: Collaboration, today: date) -> set[tuple[DepthSetting, DepthSetting]]:
    """What each party that takes part, or will, has set of its own and is exempted from; and nothing of either."""
    staying = Q(participations__left_on__isnull=True) | Q(participations__left_on__gt=today)
    own = Party.objects.filter(staying, collaboration=collaboration)
    freed = Exemption.objects.on(today).filter(party__collaboration=collaboration).order_by("given_at", "pk")
    exempted = {row.party_id: setting_of(row.join, row.contribute, row.follow) for row in freed}
    rows = own.values_list("pk", "join", "contribute", "follow")
    found = {(setting_of(*verbs), exempted.get(pk, NOTHING)) for pk, *verbs in rows}
    return {(NOTHING, NOTHING), *found}


def coming_depth(collaboration: Collaboration, on: date) -> ComingDepth | None:
    """The next change that is decided; one query."""
    changes = DepthChange.objects.filter(collaboration=collaboration, starts_on__gt=on)
    row = changes.order_by("starts_on", "-changed_at", "pk").first()
    if row is None:
        return None
    label = depth_label(effective(((Level.COLLABORATION, setting_of(row.join, row.contribute, row.follow)),)))
    return ComingDepth(
        label=label, starts_on=row.starts_on, notice_days=row.notice_days, running=row.running, reason=row.reason
    )


def depth_rehearsed(
    actor: Actor, collaboration_id: str, setting: DepthSetting, notice_days: int, starts_on: date, at: datetime
) -> tuple[PartyChange, ...]:
    """What a change of depth would mean, party by party, for those who take part now; only those for whom it does."""
    collaboration = collaboration_for(actor, collaboration_id, at=at)
    given = Findings()
    given.days("notice_days", notice_days, LONGEST_NOTICE)
    if starts_on < clock.day(at):
        given.say("starts_on", _("The day has passed. Choose today or a later day."))
    given.insist()
    facts, held = facts_of(collaboration), held_depth(collaboration, clock.day(at))
    change = DepthChangeFact(starts_on=starts_on, setting=setting, running=True)
    changed = replace(facts, depth_changes=(*facts.depth_changes, change))
    names = dict(Party.objects.filter(collaboration=collaboration).values_list("pk", "name"))
    found: dict[str, PartyChange] = {}
    for organisation in facts.parts:
        part = part_on(facts, organisation, clock.day(at))
        if part is None or part.party_id in found:
            continue
        rows = (_of_day(facts, organisation, clock.day(at)), _of_day(changed, organisation, starts_on))
        row = _row(names[part.party_id], rows, (held.notice_days, notice_days), starts_on)
        if (row.before, row.notice_before) != (row.after, row.notice_after):
            found[part.party_id] = row
    return tuple(sorted(found.values(), key=lambda row: row.party))


def _of_day(facts: AuthorityFacts, organisation: str, on: date) -> Depth:
    return depth_in(facts, part_on(facts, organisation, on), on)


def _row(party: str, depths: tuple[Depth, Depth], notices: tuple[int, int], starts_on: date) -> PartyChange:
    before, after = (_notice(depth, days) for depth, days in zip(depths, notices, strict=True))
    return PartyChange(
        party=party,
        before=depth_label(depths[0]),
        after=depth_label(depths[1]),
        notice_before=before,
        notice_after=after,
        must_say_by=None if before is None else starts_on - timedelta(days=before),
    )


def _notice(depth: Depth, days: int) -> int | None:
    if not depth.may_leave:
        return None
    return days if depth.notice_applies else 0


def read_by(change_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Which organisations have said that they have read of which of these changes of depth: one query, none for none."""
    if not change_ids:
        return set()
    found = JournalEntry.objects.filter(action=READ, subject_id__in=change_ids)
    return set(found.values_list("organisation_id", "subject_id"))

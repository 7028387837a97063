"""How an organisation's own people get on, one of them, and how many are introduced at each who takes part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.models import Participation
from samordna.domain.introductions.access import VOUCH, followed_for, introduced_for, led_for, programme_for
from samordna.domain.introductions.assigned import Introduced, holdings_in, introduced, programmes_of, running
from samordna.domain.introductions.enums import Standing
from samordna.domain.introductions.models import Programme
from samordna.domain.introductions.queries.programmes import programme_row, progress_row
from samordna.domain.introductions.queries.rows import (
    HolderRow,
    OrganisationCount,
    ProgrammeRow,
    RoleCount,
    StepRow,
    TrainingRow,
)
from samordna.domain.introductions.queries.steps import names_of, steps_of
from samordna.domain.introductions.queries.trained import trained
from samordna.domain.organisations.models import Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """An organisation's people. `vouching`: why the actor may not fill in for them, or ""."""

    organisation_id: str
    organisation: str
    people: tuple[HolderRow, ...]
    programmes: tuple[ProgrammeRow, ...]
    vouching: str

    @property
    def late(self) -> tuple[HolderRow, ...]:
        """Those with something whose last day has passed."""
        return tuple(row for row in self.people if row.late)

    @property
    def asked(self) -> int:
        """How many have an introduction."""
        return sum(1 for row in self.people if row.progress)

    @property
    def introduced(self) -> int:
        """How many of those have done it all."""
        return sum(1 for row in self.people if row.progress and row.introduced)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderPage:
    """One holder: each programme with its steps, and everything it is trained in. `own`: is it the reader?"""

    row: HolderRow
    organisation_id: str
    organisation: str
    programmes: tuple[tuple[ProgrammeRow, tuple[StepRow, ...]], ...]
    own: bool
    vouching: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCount:
    """One coordinated programme, and how far each who takes part has come with it."""

    row: ProgrammeRow
    organisations: tuple[OrganisationCount, ...]

    @property
    def people(self) -> int:
        """How many it is for."""
        return sum(row.people for row in self.organisations)

    @property
    def introduced(self) -> int:
        """How many have done it all."""
        return sum(row.introduced for row in self.organisations)


def people_page(actor: Actor, organisation_id: str, at: datetime) -> PeoplePage:
    """The people of one's own organisation, for those who follow how they get on: who is late first, then who has something
    left. A constant number of questions."""
    given, on = followed_for(actor, organisation_id, at=at), clock.day(at)
    programmes = list(programmes_of([given.pk], on).select_related("organisation", "collaboration"))
    holders = list(holdings_in([given.pk], on))
    found = introduced(programmes, holders, on)
    return PeoplePage(
        organisation_id=given.pk,
        organisation=given.name,
        people=tuple(sorted(_rows(actor, holders, found, at), key=lambda row: (-row.late, row.introduced))),
        programmes=tuple(programme_row(each) for each in programmes),
        vouching=refusal_of(followed_for, actor, organisation_id, VOUCH, at),
    )


def holder_page(actor: Actor, holding_id: str, at: datetime) -> HolderPage:
    """One holder, for that one and for those who follow it."""
    given, on = introduced_for(actor, holding_id, at=at), clock.day(at)
    holders = list(Holding.objects.filter(pk=given.pk).named().select_related("role__organisation"))
    held = holders if given in Holding.objects.on(on).filter(pk=given.pk) else []
    of = given.role.organisation
    programmes = list(programmes_of([of.pk], on).select_related("organisation", "collaboration"))
    found = introduced(programmes, held, on, [given.person_id])
    shown = []
    for each in found:
        marks = {step.root: step for step in each.progress.steps}
        shown.append((programme_row(each.programme), steps_of(actor, each.programme, at, each.holding, marks)))
    return HolderPage(
        row=_rows(actor, holders, found, at)[0],
        organisation_id=of.pk,
        organisation=of.name,
        programmes=tuple(shown),
        own=given.person_id == actor.person_id,
        vouching=refusal_of(introduced_for, actor, holding_id, VOUCH, at),
    )


def _rows(actor: Actor, holders: Sequence[Holding], found: Sequence[Introduced], at: datetime) -> tuple[HolderRow, ...]:
    by_holding: dict[str, list[Introduced]] = defaultdict(list)
    for each in found:
        by_holding[each.holding.pk].append(each)
    names = names_of(sorted({each.programme.pk for each in found})) if found else {}
    learnt = trained(actor, holders, at)
    return tuple(_row(holder, by_holding[holder.pk], names, learnt.get(holder.pk, ())) for holder in holders)


def _row(holder: Holding, found: Sequence[Introduced], names: dict[str, str], learnt: tuple[TrainingRow, ...]) -> HolderRow:
    return HolderRow(
        holding_id=holder.pk,
        who=holder.known_as,
        role_id=holder.role_id,
        role=holder.role.name,
        since=holder.valid_from,
        progress=tuple(progress_row(each, names) for each in found),
        trainings=learnt,
    )


def counted_in(actor: Actor, collaboration_id: str, at: datetime) -> tuple[ProgrammeCount, ...]:
    """For the coordinator: each running programme of the collaboration, with how many at each organisation."""
    given, on = led_for(actor, collaboration_id, at), clock.day(at)
    programmes = Programme.objects.filter(running(on), collaboration=given).order_by("name", "pk")
    return _counted(list(programmes.select_related("organisation", "collaboration")), on)


def counted_of(actor: Actor, programme_id: str, at: datetime) -> ProgrammeCount | None:
    """One coordinated programme in figures, for the coordinator; None while it does not run."""
    programme, on = programme_for(actor, programme_id, at=at), clock.day(at)
    led_for(actor, programme.collaboration_id or "", at)
    return next(iter(_counted([programme], on)), None) if programme.runs(on) else None


def _counted(programmes: Sequence[Programme], on: date) -> tuple[ProgrammeCount, ...]:
    if not programmes:
        return ()
    within = {each.collaboration_id for each in programmes}
    part = Participation.objects.on(on).filter(collaboration__in=within).values("organisation_id")
    taking = Holding.objects.on(on).filter(role__organisation__in=part)
    holders = list(taking.select_related("role__organisation").order_by("role__name", "pk"))
    found: dict[str, list[Introduced]] = defaultdict(list)
    for each in introduced(programmes, holders, on):
        found[each.programme.pk].append(each)
    return tuple(
        ProgrammeCount(row=programme_row(each), organisations=_organisations(found[each.pk])) for each in programmes
    )


def _organisations(found: Sequence[Introduced]) -> tuple[OrganisationCount, ...]:
    by_role: dict[tuple[str, str], list[Introduced]] = defaultdict(list)
    names: dict[str, str] = {}
    for each in found:
        role = each.holding.role
        by_role[role.organisation_id, role.pk].append(each)
        names[role.organisation_id] = role.organisation.name
    rows = []
    for of, name in sorted(names.items(), key=lambda pair: (pair[1], pair[0])):
        roles = tuple(_role_count(some) for (organisation, _role), some in by_role.items() if organisation == of)
        people, done = sum(row.people for row in roles), sum(row.introduced for row in roles)
        told = OrganisationCount(organisation_id=of, organisation=name, people=people, introduced=done, roles=roles)
        rows.append(told)
    return tuple(rows)


def _role_count(found: Sequence[Introduced]) -> RoleCount:
    done = sum(1 for each in found if each.progress.standing is Standing.INTRODUCED)
    role = found[0].holding.role
    return RoleCount(role_id=role.pk, role=role.name, people=len(found), introduced=done)

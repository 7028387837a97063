"""How an organisation's own people get on, one of them, and how many are introduced at each who takes part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.models import Participation
from samordna.domain.introductions.access import VOUCH, followed_for, introduced_for, led_for, programme_for
from samordna.domain.introductions.assigned import Introduced, holdings_in, introduced, programmes_of, running
from samordna.domain.introductions.enums import Standing
from samordna.domain.introductions.limits import PEOPLE_SHOWN
from samordna.domain.introductions.models import Programme
from samordna.domain.introductions.queries.programmes import programme_row, progress_row
from samordna.domain.introductions.queries.rows import (
    HolderRow,
    OrganisationCount,
    ProgrammeRow,
    RoleCount,
    StepRow,
)
from samordna.domain.introductions.queries.steps import names_of, steps_of
from samordna.domain.introductions.queries.trained import trained
from samordna.domain.organisations.models import Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """An organisation's people, or a page of them. `vouching`: why the actor may not fill in for them, or "".

    Of all its people, whatever is looked for: `asked` have an introduction, `introduced` of those have done it all, and
    `late` have something whose last day has passed. `total`: how many were looked for.
    """

    organisation_id: str
    organisation: str
    people: tuple[HolderRow, ...]
    programmes: tuple[ProgrammeRow, ...]
    vouching: str
    asked: int
    introduced: int
    late: int
    total: int
    page: int
    pages: int


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


def people_page(
    actor: Actor, organisation_id: str, at: datetime, *, page: int | None = None, words: str = "", late: bool = False
) -> PeoplePage:
    """The people of one's own organisation, for those who follow how they get on: who is late first, then who has something
    left. A constant number of questions.

    `page`: so many at a time, all of them unless it is said; `words`: of those whose name or role has them; `late`: of
    those who are late.
    """
    given, on = followed_for(actor, organisation_id, at=at), clock.day(at)
    programmes = list(programmes_of([given.pk], on).select_related("organisation", "collaboration"))
    holders = list(holdings_in([given.pk], on))
    found = introduced(programmes, holders, on)
    rows = sorted(_rows(holders, found), key=lambda row: (-row.late, row.introduced, not row.progress))
    asked, sought = [row for row in rows if row.progress], _sought(rows, words, late=late)
    pages = max(1, -(-len(sought) // PEOPLE_SHOWN)) if page else 1
    number = min(max(page or 1, 1), pages)
    shown = sought[(number - 1) * PEOPLE_SHOWN : number * PEOPLE_SHOWN] if page else sought
    return PeoplePage(
        organisation_id=given.pk,
        organisation=given.name,
        people=_with_trainings(actor, shown, holders, at),
        programmes=tuple(programme_row(each) for each in programmes),
        vouching=refusal_of(followed_for, actor, organisation_id, VOUCH, at),
        asked=len(asked),
        introduced=sum(1 for row in asked if row.introduced),
        late=sum(1 for row in asked if row.late),
        total=len(sought),
        page=number,
        pages=pages,
    )


def how_many(actor: Actor, organisation_id: str, at: datetime) -> tuple[int, int] | None:
    """How many of one's own organisation's people are under way and how many of those are late; None for whoever does not
    follow how they get on."""
    try:
        given = followed_for(actor, organisation_id, at=at)
    except Denied:
        return None
    on = clock.day(at)
    found = introduced(list(programmes_of([given.pk], on)), list(holdings_in([given.pk], on)), on)
    under_way = {each.holding.pk for each in found if each.progress.standing is not Standing.INTRODUCED}
    late = {each.holding.pk for each in found if each.progress.late and not each.resting}
    return len(under_way), len(late)


def _sought(rows: Sequence[HolderRow], words: str, *, late: bool) -> list[HolderRow]:
    wanted = words.casefold().split()
    told = [(row, f"{row.who} {row.role}".casefold()) for row in rows if row.late or not late]
    return [row for row, said in told if all(word in said for word in wanted)]


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
        row=_with_trainings(actor, _rows(holders, found), holders, at)[0],
        organisation_id=of.pk,
        organisation=of.name,
        programmes=tuple(shown),
        own=given.person_id == actor.person_id,
        vouching=refusal_of(introduced_for, actor, holding_id, VOUCH, at),
    )


def _rows(holders: Sequence[Holding], found: Sequence[Introduced]) -> list[HolderRow]:
    by_holding: dict[str, list[Introduced]] = defaultdict(list)
    for each in found:
        by_holding[each.holding.pk].append(each)
    names = names_of(sorted({each.programme.pk for each in found})) if found else {}
    return [_row(holder, by_holding[holder.pk], names) for holder in holders]


def _row(holder: Holding, found: Sequence[Introduced], names: dict[str, str]) -> HolderRow:
    return HolderRow(
        holding_id=holder.pk,
        who=holder.known_as,
        role_id=holder.role_id,
        role=holder.role.name,
        since=holder.valid_from,
        progress=tuple(progress_row(each, names) for each in found),
        trainings=(),
    )


def _with_trainings(
    actor: Actor, rows: Sequence[HolderRow], holders: Sequence[Holding], at: datetime
) -> tuple[HolderRow, ...]:
    """These rows with what each is trained in, which is looked up for them alone."""
    shown = {row.holding_id for row in rows}
    learnt = trained(actor, [holder for holder in holders if holder.pk in shown], at)
    return tuple(replace(row, trainings=learnt.get(row.holding_id, ())) for row in rows)


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

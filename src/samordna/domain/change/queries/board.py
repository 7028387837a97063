"""Open chains, those that are late first: what each waits for, of whom and since when. And those that are closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.change.access import going_on, resting, visible_chains
from samordna.domain.change.enums import CauseKind, StartKind, Step
from samordna.domain.change.models import Chain, Change, ChangeNeed
from samordna.domain.change.phrases import side_name, step_label
from samordna.domain.change.queries.links import touching
from samordna.domain.change.queries.reading import Read, read_chains
from samordna.domain.change.rules import Waited, waits_of
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.organisations.models import Holding, Organisation, Role

SHOWN = 50  # chains of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What a chain waits for. `about`: the change, or the change need, in its own words, "" where it is the chain itself.
    `role`: whose it is there, "" for any that may answer; `vacant`: nobody holds that role."""

    step: Step
    what: str
    about: str
    who: str
    role: str
    vacant: bool
    since: date
    by: date
    late: bool
    need_id: str
    change_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChain:
    """One open chain as a line. `waits`: the one thing that it waits for first; `more`: how many besides."""

    id: str
    title: str
    collaboration_id: str
    collaboration: str
    organisation_id: str | None
    owner: str
    shared: bool
    start_kind: str
    start: str
    begun_on: date
    turn: int
    causes: tuple[str, ...]
    cause_labels: tuple[str, ...]
    needs: int
    changes: int
    waits: Awaited
    more: int

    @property
    def late(self) -> bool:
        """Has the day passed?"""
        return self.waits.late


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedChain:
    """One chain that nobody goes on with, as a line. `rests`: why, where it was never closed itself."""

    id: str
    title: str
    collaboration: str
    owner: str
    closed_on: date | None
    outcome: str
    rests: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A page of the open chains that fit what was asked for, and a page of the closed ones, the latest first. `about`: the
    name of the one thing that it is narrowed to.

    The choices are those of all open chains that the reader sees, as (value, label, how many).
    """

    rows: tuple[OpenChain, ...]
    total: int
    late: int
    page: int
    pages: int
    closed: tuple[ClosedChain, ...]
    closed_total: int
    closed_page: int
    closed_pages: int
    about: str
    collaborations: tuple[tuple[str, str, int], ...]
    owners: tuple[tuple[str, str, int], ...]
    causes: tuple[tuple[str, str, int], ...]


COORDINATION = "samordningen"
"""As an owner in what is asked for: the coordination."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InOrder:
    """One open chain with what it waits for first, and how many things besides: enough to place and to count it."""

    read: Read
    waits: Waited
    more: int


def chains_in_order(
    actor: Actor, at: datetime, *, collaboration_id: str | None = None, organisation_id: str | None = None
) -> tuple[InOrder, ...]:
    """The open chains that the actor may read, those that are late first and then by their day."""
    rows = going_on(visible_chains(actor, at), clock.day(at))
    if collaboration_id is not None:
        rows = rows.filter(collaboration_id=collaboration_id)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    found = ((read, waits_of(read.facts)) for read in read_chains(rows, clock.day(at)))
    placed = [InOrder(read=read, waits=waits[0], more=len(waits) - 1) for read, waits in found]
    return tuple(sorted(placed, key=lambda one: (one.waits.by, one.read.title, one.read.id)))


def open_lines(chains: Sequence[InOrder], at: datetime) -> tuple[OpenChain, ...]:
    """These chains as lines; four questions more, for their words and names."""
    today = clock.day(at)
    needs = ChangeNeed.objects.filter(pk__in=[one.waits.need_id for one in chains if one.waits.need_id])
    changes = Change.objects.filter(pk__in=[one.waits.change_id for one in chains if one.waits.change_id])
    words = dict(needs.values_list("pk", "text")) | dict(changes.values_list("pk", "what"))
    sides = Organisation.objects.filter(pk__in=[one.waits.side for one in chains if one.waits.side])
    roles = [one.waits.role_id for one in chains if one.waits.role_id]
    said = _Said(
        words=words,
        names=dict(sides.values_list("pk", "name")),
        roles=dict(Role.objects.filter(pk__in=roles).values_list("pk", "name")),
        vacant=vacant_roles(roles, today),
    )
    return tuple(_line(one, said, today) for one in chains)


def open_chains(
    actor: Actor, at: datetime, *, collaboration_id: str | None = None, organisation_id: str | None = None
) -> tuple[OpenChain, ...]:
    """All of them as lines, for where there are no more than one place may have."""
    placed = chains_in_order(actor, at, collaboration_id=collaboration_id, organisation_id=organisation_id)
    return open_lines(placed, at)


def chains_of(actor: Actor, organisation_id: str, at: datetime) -> int:
    """How many of the open chains that the actor may read are this organisation's own; one question."""
    return going_on(visible_chains(actor, at), clock.day(at)).filter(organisation_id=organisation_id).count()


def roles_in(chain: Chain) -> Iterable[str]:
    """The roles that its changes are waited for from."""
    for turn in chain.turns.all():
        for need in turn.needs.all():
            yield from (change.role_id for change in need.changes.all() if change.closed_at is None)


def vacant_roles(role_ids: Iterable[str], on: date) -> frozenset[str]:
    """Those of these roles that nobody holds that day; one question, none where there is no role."""
    asked = set(role_ids)
    if not asked:
        return frozenset()
    held = Holding.objects.on(on).filter(role_id__in=asked, role__valid_from__lte=on)
    held = held.exclude(role__valid_to__lte=on)
    return frozenset(asked - set(held.order_by().values_list("role_id", flat=True)))


def names_in(chain: Chain) -> dict[str, str]:
    """The organisations of a chain, by id."""
    names = {chain.organisation_id: chain.organisation.name} if chain.organisation else {}
    for turn in chain.turns.all():
        for need in turn.needs.all():
            names |= {one.organisation_id: one.organisation.name for one in need.placings.all() if one.organisation}
    return {pk: name for pk, name in names.items() if pk}


def awaited(chain: Chain, waited: Waited, names: dict[str, str], vacant: frozenset[str], today: date) -> Awaited:
    """What is waited for, with names."""
    needs = [need for turn in chain.turns.all() for need in turn.needs.all()]
    changes = [change for need in needs for change in need.changes.all()]
    roles = {change.role_id: change.role.name for change in changes}
    texts = {need.pk: need.text for need in needs} | {change.pk: change.what for change in changes}
    return Awaited(
        step=waited.step,
        what=step_label(waited.step),
        about=texts.get(waited.change_id or waited.need_id, ""),
        who=side_name(waited.side, names),
        role=roles.get(waited.role_id, ""),
        vacant=waited.role_id in vacant,
        since=waited.since,
        by=waited.by,
        late=waited.late(today),
        need_id=waited.need_id,
        change_id=waited.change_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """The words and names of what some chains wait for, by id."""

    words: Mapping[str, str]
    names: Mapping[str, str]
    roles: Mapping[str, str]
    vacant: frozenset[str]


def _line(one: InOrder, said: _Said, today: date) -> OpenChain:
    read, waited = one.read, one.waits
    return OpenChain(
        id=read.id,
        title=read.title,
        collaboration_id=read.collaboration_id,
        collaboration=read.collaboration,
        organisation_id=read.organisation_id,
        owner=_owner(read),
        shared=read.shared,
        start_kind=read.start_kind,
        start=str(StartKind(read.start_kind).label),
        begun_on=read.begun_on,
        turn=read.turn,
        causes=read.causes,
        cause_labels=tuple(str(CauseKind(kind).label) for kind in read.causes),
        needs=sum(need.ended_on is None for need in read.facts.needs),
        changes=sum(not change.dropped for need in read.facts.needs for change in need.changes),
        waits=Awaited(
            step=waited.step,
            what=step_label(waited.step),
            about=said.words.get(waited.change_id or waited.need_id, ""),
            who=side_name(waited.side, said.names),
            role=said.roles.get(waited.role_id, ""),
            vacant=waited.role_id in said.vacant,
            since=waited.since,
            by=waited.by,
            late=waited.late(today),
            need_id=waited.need_id,
            change_id=waited.change_id,
        ),
        more=one.more,
    )


def _owner(read: Read) -> str:
    return side_name(read.organisation_id, {read.organisation_id: read.owner} if read.organisation_id else {})


def board_page(actor: Actor, at: datetime, asked: Mapping[str, str], page: int = 1, closed_page: int = 1) -> Board:
    """The board: `asked` may hold `collaboration`, `owner`, `cause` and `about` (a thing, as links name it). What
    is unknown there fits nothing; a thing that the reader may not read raises `Absent`."""
    seen, visible, about = chains_in_order(actor, at), visible_chains(actor, at), ""
    if asked.get("about"):
        about, touched = touching(actor, asked["about"], at)
        visible = touched.chains(visible)
        near = set(visible.values_list("pk", flat=True))
        seen = tuple(one for one in seen if one.read.id in near)
    rows = [one for one in seen if _fits(one, asked)]
    page, pages = _page(page, len(rows))
    closed = resting(visible, clock.day(at)).select_related("collaboration", "organisation")
    if asked.get("collaboration"):
        closed = closed.filter(collaboration_id=asked["collaboration"])
    if owner := asked.get("owner"):
        closed = closed.filter(organisation_id=None if owner == COORDINATION else owner)
    if asked.get("cause"):
        closed = closed.none()
    closed_total = closed.count()
    closed_page, closed_pages = _page(closed_page, closed_total)
    closed = closed.order_by(F("closed_at").desc(nulls_last=True), "-begun_at", "pk")
    return Board(
        rows=open_lines(rows[(page - 1) * SHOWN : page * SHOWN], at),
        total=len(rows),
        late=sum(one.waits.late(clock.day(at)) for one in rows),
        page=page,
        pages=pages,
        closed=tuple(_closed(chain) for chain in closed[(closed_page - 1) * SHOWN : closed_page * SHOWN]),
        closed_total=closed_total,
        closed_page=closed_page,
        closed_pages=closed_pages,
        about=about,
        collaborations=_choices((one.read.collaboration_id, one.read.collaboration) for one in seen),
        owners=_choices((one.read.organisation_id or COORDINATION, _owner(one.read)) for one in seen),
        causes=_choices((kind, str(CauseKind(kind).label)) for one in seen for kind in one.read.causes),
    )


def _page(page: int, rows: int) -> tuple[int, int]:
    """The page that was asked for, if there is one, and how many there are."""
    pages = max(1, -(-rows // SHOWN))
    return min(max(page, 1), pages), pages


def _fits(one: InOrder, asked: Mapping[str, str]) -> bool:
    owner, cause, place = asked.get("owner"), asked.get("cause"), asked.get("collaboration")
    return (
        (not place or one.read.collaboration_id == place)
        and (not owner or (one.read.organisation_id or COORDINATION) == owner)
        and (not cause or cause in one.read.causes)
    )


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    counted = Counter(pairs)
    return tuple((value, label, n) for (value, label), n in sorted(counted.items(), key=lambda row: row[0][1]))


def _closed(chain: Chain) -> ClosedChain:
    names = {chain.organisation.pk: chain.organisation.name} if chain.organisation else {}
    return ClosedChain(
        id=chain.pk,
        title=chain.title,
        collaboration=chain.collaboration.name,
        owner=side_name(chain.organisation_id, names),
        closed_on=clock.day(chain.closed_at) if chain.closed_at else None,
        outcome=chain.outcome,
        rests="" if chain.closed_at else why_it_rests(chain),
    )


def why_it_rests(chain: Chain) -> str:
    """Why nobody goes on with a chain that was never closed."""
    if chain.collaboration.state == CollaborationState.CLOSED:
        return _("The collaboration was closed first.")
    return _("The organisation left the collaboration first.")

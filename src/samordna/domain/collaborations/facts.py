"""The facts that authority depends on, and what they say of one organisation in one area at one moment.

Nothing here knows the database: `queries.rulings` loads the facts, and `rehearsal` makes hypothetical ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from samordna.core import clock
from samordna.domain.collaborations.depth import Depth, DepthSetting, Level, effective
from samordna.domain.collaborations.enums import Following, MandateForm
from samordna.domain.collaborations.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact:
    """A subject area and the one it lies beneath."""

    id: str
    name: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFact:
    """One clause: over this area, what coordination decides and how it binds.

    `within`: for a delegated one, the area of the collaboration that this one lies in, whose deciding is passed on.
    """

    area_id: str
    within: str | None = None
    coordination_decides: bool = True
    participants_no_longer_decide: bool = False
    following: Following = Following.MUST


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateFact:
    """One mandate with its life: days `[valid_from, valid_to)`, the day a notice given ends it, if one was given, and the
    moment it was taken back, if it was."""

    id: str
    form: MandateForm
    giver_id: str
    valid_from: date
    valid_to: date | None = None
    ends_on: date | None = None
    revoked_at: datetime | None = None
    source: str = ""
    clauses: tuple[ClauseFact, ...] = ()

    @property
    def last(self) -> date | None:
        """The first day on which it no longer counts, by its own term or by notice; None until further notice."""
        return min((day for day in (self.valid_to, self.ends_on) if day is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFact:
    """An organisation takes part, in a party, for some days `[joined_on, left_on)`."""

    party_id: str
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthChangeFact:
    """The collaboration's depth from a day on; `running`: also for matters that were opened before that day."""

    starts_on: date
    setting: DepthSetting
    running: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionFact:
    """The superior frees a party from some of what is mandatory, for some days; without bounds: whatever the day."""

    party_id: str
    setting: DepthSetting
    starts_on: date | None
    ends_on: date | None
    review_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityFacts:
    """All that authority in one collaboration depends on.

    `depth_changes` in the order in which they hold; `begun`: the day the matter in question was opened.
    `mandates` by giver; `parts` by organisation; `party_depths` by party; `matter_depth` is the setting of the matter in
    question; `names` of organisations, for the reasons. `delegated`: what the collaboration that this one lies in has
    passed on; `parent` and `parent_name` are that collaboration's own facts and its name. `valid_to` and `closed_at`: the
    first day on which it is no longer, by its own term, and the moment it was closed.
    """

    areas: Mapping[str, AreaFact] = field(default_factory=dict)
    mandates: Mapping[str, tuple[MandateFact, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[PartFact, ...]] = field(default_factory=dict)
    depth: DepthSetting = field(default_factory=DepthSetting)
    depth_changes: tuple[DepthChangeFact, ...] = ()
    begun: date | None = None
    party_depths: Mapping[str, DepthSetting] = field(default_factory=dict)
    exemptions: tuple[ExemptionFact, ...] = ()
    matter_depth: DepthSetting = field(default_factory=DepthSetting)
    superior_id: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    delegated: tuple[MandateFact, ...] = ()
    parent: AuthorityFacts | None = None
    parent_name: str = ""
    valid_to: date | None = None
    closed_at: datetime | None = None

    def name(self, organisation_id: str | None) -> str:
        """The organisation's name, for reasons."""
        return self.names.get(organisation_id or "", "")

    def ended_on(self, at: datetime) -> date | None:
        """The day the collaboration ended, if it had by then. Its coordination decides nothing after that."""
        return ended_on(self.valid_to, self.closed_at, at)


class MandateState(StrEnum):
    """Whether a mandate counts at a moment, and if not, why."""

    IN_FORCE = "in_force"
    REVOKED = "revoked"
    NOT_YET = "not_yet"
    NOTICE_OUT = "notice_out"
    EXPIRED = "expired"
    ENDED = "ended"  # the collaboration in which it was given has been closed, or its time is out
    NOT_BORNE = "not_borne"  # it was delegated, and where it comes from nobody decides that for the organisation now


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The nearest clauses of one form over an area, taken together: what any of them says, holds.

    `distance`: how many steps above the area they stand; 0 is the area itself.
    """

    distance: int
    found: tuple[tuple[MandateFact, ClauseFact], ...]

    @property
    def decides(self) -> bool:
        """May coordination decide?"""
        return any(clause.coordination_decides for _, clause in self.found)

    @property
    def no_longer(self) -> bool:
        """Have the participants handed over the deciding?"""
        return any(clause.participants_no_longer_decide for _, clause in self.found)

    @property
    def following(self) -> Following:
        """Must or may those bound follow?"""
        return Following.MUST if any(clause.following == Following.MUST for _, clause in self.found) else Following.MAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What holds in the collaboration that this one lies in: one area there, one organisation, one moment.

    `decides`: coordination there decides, so that there is something to pass on. `must`: what it decides must be followed.
    `handed_over`: the organisation no longer decides there itself.
    """

    area: str
    decides: bool
    must: bool
    handed_over: bool
    why: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One organisation, one area, one moment, with everything that the facts say of them.

    `chain`: the area and those above it, nearest first. `covers`: by form, the nearest clauses that count.
    `idle`: mandates over the area that do not count at the moment, with the reason. `frames`: by area of the collaboration
    that this one lies in, what holds there.
    """

    area: str
    organisation: str
    at: datetime
    on: date
    facts: AuthorityFacts
    chain: tuple[str, ...]
    part: PartFact | None
    depth: Depth
    covers: Mapping[MandateForm, Cover | None]
    idle: tuple[tuple[MandateFact, ClauseFact, MandateState], ...]
    frames: Mapping[str, Frame]
    exemption: ExemptionFact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What the facts say of one organisation at one moment, whatever the area. `reaching`: each mandate that can reach it,
    whether it counts by itself, and its clauses by area."""

    organisation: str
    at: datetime
    on: date
    facts: AuthorityFacts
    part: PartFact | None
    depth: Depth
    exemption: ExemptionFact | None
    reaching: tuple[tuple[MandateFact, MandateState, Mapping[str, ClauseFact]], ...]


def standpoint(organisation: str, at: datetime, facts: AuthorityFacts) -> Standpoint:
    """Gather what is the same in every area."""
    on = clock.day(at)
    part = part_on(facts, organisation, on)
    return Standpoint(
        organisation=organisation,
        at=at,
        on=on,
        facts=facts,
        part=part,
        depth=depth_in(facts, part, on),
        exemption=exemption_on(facts, part, on),
        reaching=tuple(
            (mandate, state_in(facts, mandate, at), {clause.area_id: clause for clause in mandate.clauses})
            for mandate in _reaching(facts, organisation)
        ),
    )


def situation(point: Standpoint, area: str, frames: Mapping[str, Frame] | None = None) -> Situation:
    """What the facts say of one area. Raises `KeyError` for an area that is not the collaboration's."""
    chain, frames = areas_above(point.facts, area), frames or {}
    reaching = [
        (covering, mandate, _borne(state, mandate, covering[1], frames))
        for mandate, state, over in point.reaching
        if (covering := _covering(over, chain)) is not None
    ]
    counting = [(*covering, mandate) for covering, mandate, state in reaching if state is MandateState.IN_FORCE]
    return Situation(
        area=area,
        organisation=point.organisation,
        at=point.at,
        on=point.on,
        facts=point.facts,
        chain=chain,
        part=point.part,
        depth=point.depth,
        covers={form: _nearest(counting, form) for form in MandateForm},
        idle=tuple((m, covering[1], state) for covering, m, state in reaching if state is not MandateState.IN_FORCE),
        frames=frames,
        exemption=point.exemption,
    )


def _borne(state: MandateState, mandate: MandateFact, clause: ClauseFact, frames: Mapping[str, Frame]) -> MandateState:
    """What is passed on counts only while, and for whom, it is there to pass on; taking out needs nothing to rest on."""
    rests = mandate.form == MandateForm.DELEGATED and clause.coordination_decides
    if state is not MandateState.IN_FORCE or not rests:
        return state
    frame = frames.get(clause.within or "")
    return state if frame is not None and frame.decides else MandateState.NOT_BORNE


def part_on(facts: AuthorityFacts, organisation: str, on: date) -> PartFact | None:
    """The organisation's part on this day; None when it does not take part."""
    parts = facts.parts.get(organisation, ())
    return next((part for part in parts if clock.active(part.joined_on, part.left_on, on)), None)


def depth_in(facts: AuthorityFacts, part: PartFact | None, on: date) -> Depth:
    """The depth that holds for a part on a day: an exemption's, else the matter's, its party's, the collaboration's."""
    party = facts.party_depths.get(part.party_id, DepthSetting()) if part else DepthSetting()
    wide = ((Level.COLLABORATION, depth_on(facts, on)), (Level.PARTY, party), (Level.MATTER, facts.matter_depth))
    exemption = exemption_on(facts, part, on)
    return effective((*wide, (Level.EXEMPTION, exemption.setting)) if exemption else wide)


def depth_on(facts: AuthorityFacts, on: date) -> DepthSetting:
    """The collaboration's own depth on a day. A matter under way keeps the one it was opened under, unless it was said."""
    held = facts.depth
    for change in facts.depth_changes:
        reaches = change.running or facts.begun is None or change.starts_on <= facts.begun
        if change.starts_on <= on and reaches:
            held = change.setting
    return held


def exemption_on(facts: AuthorityFacts, part: PartFact | None, on: date) -> ExemptionFact | None:
    """The exemption that runs for the part's party on this day; the one given last where several do."""
    running = (
        each
        for each in reversed(facts.exemptions)
        if part is not None and each.party_id == part.party_id and clock.active(each.starts_on, each.ends_on, on)
    )
    return next(running, None)


def areas_above(facts: AuthorityFacts, area: str) -> tuple[str, ...]:
    """The area and those it lies beneath, nearest first."""
    chain: list[str] = []
    current: str | None = area
    while current is not None and current not in chain:
        chain.append(current)
        current = facts.areas[current].parent_id
    return tuple(chain)


def areas_beneath(facts: AuthorityFacts, area: str) -> tuple[str, ...]:
    """The area and all that lie beneath it."""
    return tuple(other for other in facts.areas if area in areas_above(facts, other))


def state_at(mandate: MandateFact, at: datetime, on: date) -> MandateState:
    """Does the mandate count at this moment of this day? Taken back bites at the very moment; validity is in days."""
    if mandate.revoked_at is not None and mandate.revoked_at <= at:
        return MandateState.REVOKED
    if on < mandate.valid_from:
        return MandateState.NOT_YET
    if clock.active(None, mandate.last, on):
        return MandateState.IN_FORCE
    return MandateState.NOTICE_OUT if mandate.last == mandate.ends_on else MandateState.EXPIRED


def ended_on(valid_to: date | None, closed_at: datetime | None, at: datetime) -> date | None:
    """The day a collaboration ended, if it had by `at`: by its own term, or because it was closed."""
    closed = clock.day(closed_at) if closed_at is not None and closed_at <= at else None
    out = valid_to if valid_to is not None and valid_to <= clock.day(at) else None
    return min((day for day in (closed, out) if day is not None), default=None)


def state_in(facts: AuthorityFacts, mandate: MandateFact, at: datetime) -> MandateState:
    """Does the mandate count at this moment in the collaboration, which may itself have ended?"""
    state = state_at(mandate, at, clock.day(at))
    return MandateState.ENDED if state is MandateState.IN_FORCE and facts.ended_on(at) is not None else state


def earliest_end(notice_days: int, today: date) -> date:
    """The first day on which a mandate no longer counts, if notice is given today."""
    return today + timedelta(days=max(notice_days, 1))


def _reaching(facts: AuthorityFacts, organisation: str) -> Iterator[MandateFact]:
    """Mandates that can reach the organisation: what it gave itself, what is delegated, and what the one above gave or
    demands."""
    own = (MandateForm.OWN, MandateForm.LENT, MandateForm.DUTY_TO_AGREE)
    yield from (mandate for mandate in facts.mandates.get(organisation, ()) if mandate.form in own)
    yield from facts.delegated
    if facts.superior_id is not None:
        above = (MandateForm.GRANTED, MandateForm.DUTY_TO_AGREE)
        given = facts.mandates.get(facts.superior_id, ())
        # A superior that also takes part has already given its own duty to agree in the lines above.
        yield from (m for m in given if m.form in above and (facts.superior_id != organisation or m.form not in own))


def _covering(over: Mapping[str, ClauseFact], chain: tuple[str, ...]) -> tuple[int, ClauseFact] | None:
    """The clause over the nearest of these areas, with its distance."""
    return next(((distance, over[area]) for distance, area in enumerate(chain) if area in over), None)


def _nearest(counting: list[tuple[int, ClauseFact, MandateFact]], form: MandateForm) -> Cover | None:
    of_form = [entry for entry in counting if entry[2].form == form]
    if not of_form:
        return None
    distance = min(entry[0] for entry in of_form)
    return Cover(distance=distance, found=tuple((m, clause) for d, clause, m in of_form if d == distance))

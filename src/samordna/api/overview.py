"""What lies across the steps, as JSON: what waits, what one coordinates, what binds a leader, who takes active part."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Schema

from samordna.api.common_shapes import SpanOut
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.organisations.waiting import Waiting
from samordna.domain.overview.enums import ShowMatters
from samordna.domain.overview.queries.coordinating import Coordinating, coordinating
from samordna.domain.overview.queries.leading import Leading, leading
from samordna.domain.overview.queries.mine import waiting_now
from samordna.domain.overview.queries.participating import Participating, participating
from samordna.domain.overview.queries.worth_it import WorthIt, worth_of

router = Operations(tags=["overview"])


class WaitingOut(Schema):
    """One thing that the caller is waited for, in the role it acts in."""

    kind: str
    what: str
    about: str
    collaboration: str
    due: date | None
    note: str


@router.get("/waiting", response={200: list[WaitingOut], **PROBLEMS})
def read_waiting(request: HttpRequest) -> list[Waiting]:
    """What the caller is waited for now, the most urgent first."""
    actor = actor_of(request)
    return list(waiting_now([actor], clock.now()).get(actor, ()))


class LineOut(Schema):
    """One matter that the caller coordinates."""

    id: str
    number: int
    title: str
    collaboration_id: str
    stage: str
    waited_for: list[str]
    waited_what: str
    due: date | None
    late: bool
    reminded_on: date | None
    moved_on: date | None
    still: bool
    reopened: int


class NamedOut(Schema):
    """A matter by name; `note` is the reason that was given, where there is one."""

    matter_id: str
    title: str
    note: str


class RiskOut(Schema):
    """A participant behind whose taking part nobody stands now."""

    collaboration_id: str
    organisation_id: str
    organisation: str
    state: str


class UndecidedOut(Schema):
    """A meeting held without taking up any of what it was to decide."""

    meeting_id: str
    forum: str
    on: date
    items: list[str]


class CreaksOut(Schema):
    """Signs in the last year that the form of work creaks. `late` of `answers` came after their last day."""

    late: int
    answers: int
    still: list[NamedOut]
    reopened: list[NamedOut]
    unconsulted: list[NamedOut]
    unfollowed: list[NamedOut]
    undecided: list[UndecidedOut]
    unsponsored: list[RiskOut]


class MetOut(Schema):
    """A forum, or a meeting of it on a day."""

    forum_id: str
    meeting_id: str
    name: str
    on: date | None


class UndoneOut(Schema):
    """What was to be done after a meeting and has not been done by its day."""

    id: str
    what: str
    role: str
    due_on: date


class GatheringOut(Schema):
    """Forums that are to meet regularly and have no meeting ahead, meetings to call, those without an agenda, held ones
    without minutes, and what is late after them."""

    idle: list[MetOut]
    to_call: list[MetOut]
    empty: list[MetOut]
    unminuted: list[MetOut]
    undone: list[UndoneOut]


class CoordinatingOut(Schema):
    """One page of the matters that the caller coordinates, the most urgent first; `more`: are there others after it?"""

    lines: list[LineOut]
    page: int
    more: bool
    creaks: CreaksOut
    gathering: GatheringOut


class CoordinatingIn(Schema):
    """Which collaboration (none is all), which matters (none is those under way), and which page."""

    collaboration_id: str = ""
    show: ShowMatters = ShowMatters.UNDER_WAY
    page: int = 1


@router.get("/coordinating", response={200: CoordinatingOut, **PROBLEMS})
def read_coordinating(request: HttpRequest, asked: Query[CoordinatingIn]) -> Coordinating:
    """What the caller coordinates: where each matter stands, who is waited for, and where the work creaks."""
    return coordinating(actor_of(request), clock.now(), asked.collaboration_id, asked.show, asked.page)


class SumOut(Schema):
    """What decisions in force cost and give the caller's organisation, in one unit."""

    unit: str
    cost: SpanOut
    benefit: SpanOut
    net: SpanOut


class LentOut(Schema):
    """A mandate that the organisation has given and that counts now."""

    mandate_id: str
    areas: list[str]
    since: date
    ends_on: date | None


class BindingDecisionOut(Schema):
    """A decision that binds the organisation; `answer` is how it follows it, "" where it has not said."""

    decision_id: str
    title: str
    must: bool
    since: date
    answer: str
    by: date | None
    unit: str
    cost: SpanOut | None
    benefit: SpanOut | None


class OwedOut(Schema):
    """Something promised, by a day."""

    decision_id: str
    text: str
    by: date
    late: bool


class SponsorStandingOut(Schema):
    """The organisation's own sponsor; all states but active are a risk."""

    state: str
    at_risk: bool
    role: str
    holders: list[str]


class OwnCollaborationOut(Schema):
    """One collaboration, as it is for the organisation."""

    id: str
    name: str
    sponsor: SponsorStandingOut | None
    lent: list[LentOut]
    bound: list[BindingDecisionOut]
    owed: list[OwedOut]
    sums: list[SumOut]


class LeadingOut(Schema):
    """What the organisation has lent, is bound by, follows, owes, pays and gains, and what waits for the caller."""

    organisation_id: str
    organisation: str
    within: list[OwnCollaborationOut]
    waiting: list[WaitingOut]


@router.get("/leading", response={200: LeadingOut, **PROBLEMS})
def read_leading(request: HttpRequest) -> Leading:
    """The leader's view of the caller's own organisation."""
    return leading(actor_of(request), clock.now())


class AskedForOut(Schema):
    """What an organisation was asked for in the last year, and how it answered."""

    in_time: int
    late: int
    declined: int
    open: int
    silent: int


class ContributedOut(Schema):
    """What it has brought in, by kind. The kinds weigh nothing against each other."""

    needs: int
    conditions: int
    questions: int
    proposals: int
    experiences: int
    help: int
    own_work: int
    improvements: int
    picture: int


class TakingPartOut(Schema):
    """One organisation's taking part; of `bound` decisions it has told of `following` how it follows them."""

    organisation_id: str
    organisation: str
    asked: AskedForOut
    contributed: ContributedOut
    bound: int
    following: int


class ParticipatingOut(Schema):
    """By organisation's name, never by figure: everybody for the coordinator, its own for everybody else."""

    collaboration_id: str
    since: date
    all: bool
    parts: list[TakingPartOut]


@router.get("/collaborations/{collaboration_id}/participation", response={200: ParticipatingOut, **PROBLEMS})
def read_participation(request: HttpRequest, collaboration_id: str) -> Participating:
    """How each organisation takes active part."""
    return participating(actor_of(request), collaboration_id, clock.now())


class LeftOut(Schema):
    """What a year leaves in kronor when its meetings are paid. `verdict`: worth_it, not_likely or dont."""

    net: SpanOut
    meetings: int
    after: SpanOut
    verdict: str


class MeetingsOut(Schema):
    """Hours and kronor of the last year's meetings; `told`: are everybody's kronor the caller's to see?"""

    hours: float
    kronor: int
    told: bool
    unrated: bool
    own_hours: float
    own_kronor: int


class WorthItOut(Schema):
    """Is a collaboration worth it? `whole`: everybody's figures together, or one's own; `left` is null where nothing is
    gained in money a year."""

    whole: bool
    cost: MeetingsOut
    sums: list[SumOut]
    left: LeftOut | None


@router.get("/collaborations/{collaboration_id}/worth", response={200: WorthItOut, **PROBLEMS})
def read_worth_of_collaboration(request: HttpRequest, collaboration_id: str) -> WorthIt:
    """What a year of the collaboration gives, and what its decisions and meetings take."""
    return worth_of(actor_of(request), collaboration_id, clock.now())

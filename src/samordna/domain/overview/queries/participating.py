"""How each organisation takes active part (S2): what it was asked and answered, and what it contributed, in the last year.

Each organisation reads its own figures and the coordinator reads everybody's, always by name: they are there to see who
needs help to take part, not to compare. An organisation that is asked little has little to answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.models import Experience, FollowingAnswer, HelpOffer, HelpRequest, Improvement, OwnWork
from samordna.domain.collaborations.access import collaboration_for, reach
from samordna.domain.collaborations.models import Participation, PartyNeed, PicturePoint
from samordna.domain.decisions.enums import ConsultationStance, DecisionState, ProposalState
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion, Proposal
from samordna.domain.decisions.queries.binding import bindings_of, rulings_of
from samordna.domain.matters.enums import MatterStage, PositionState
from samordna.domain.matters.models import Condition, Inquiry, Need, Position
from samordna.domain.matters.states import CLOSED, SENT_IN
from samordna.domain.organisations.succession import in_law

PERIOD = timedelta(days=365)
SHARED = (ProposalState.SHARED, ProposalState.CHOSEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an organisation was asked for: matters and consultations, and decisions that bind it.

    `in_time` + `late` have answered; `declined` said that it would not; `open` may still answer in time; `silent` have let
    the last day pass. A matter that was closed before it was answered is not counted.
    """

    in_time: int
    late: int
    declined: int
    open: int
    silent: int

    @property
    def total(self) -> int:
        """How many times it was asked."""
        return self.in_time + self.late + self.declined + self.open + self.silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributed:
    """What an organisation has brought in, by kind."""

    needs: int
    conditions: int
    questions: int
    proposals: int
    experiences: int
    help: int
    own_work: int
    improvements: int
    picture: int

    @property
    def total(self) -> int:
        """Everything together; the kinds weigh nothing against each other."""
        return sum(getattr(self, kind) for kind in KINDS)


KINDS = ("needs", "conditions", "questions", "proposals", "experiences", "help", "own_work", "improvements", "picture")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One organisation's taking part. `following`: of `bound` decisions, on how many it has told how it follows."""

    organisation_id: str
    organisation: str
    own: bool
    asked: Asked
    contributed: Contributed
    bound: int
    following: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Participating:
    """The page of one collaboration. `all`: does the reader see everybody's?"""

    collaboration_id: str
    collaboration: str
    since: date
    all: bool
    parts: tuple[Part, ...]


def participating(actor: Actor, collaboration_id: str, at: datetime) -> Participating:
    """The last year, by organisation's name: all for the coordinator, its own for everybody else. Constant in queries."""
    given, since = collaboration_for(actor, collaboration_id, at=at), at - PERIOD
    leads = actor.system or given.pk in reach(actor, at)[1]
    present = Participation.objects.on(clock.day(at)).filter(collaboration=given)
    if not leads:
        present = present.filter(organisation_id=actor.organisation_id)
    rows = present.order_by("organisation__name", "pk").values_list("organisation_id", "organisation__name")
    names = dict(rows)
    asked = _asked(given.pk, names, since, clock.day(at))
    brought = _brought(given.pk, names, since)
    bound, told = _followed(given.pk, names)
    parts = tuple(
        Part(
            organisation_id=pk,
            organisation=name,
            own=pk == actor.organisation_id,
            asked=Asked(**{kind: asked[pk][kind] for kind in ("in_time", "late", "declined", "open", "silent")}),
            contributed=Contributed(**{kind: brought[kind][pk] for kind in KINDS}),
            bound=bound[pk],
            following=told[pk],
        )
        for pk, name in names.items()
    )
    return Participating(
        collaboration_id=given.pk, collaboration=given.name, since=clock.day(since), all=leads, parts=parts
    )


def _asked(collaboration_id: str, names: Collection[str], since: datetime, today: date) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for organisation, how in (
        *_in_matters(collaboration_id, names, since, today),
        *_in_consultations(collaboration_id, names, since, today),
    ):
        found[organisation][how] += 1
    return found


def _in_matters(collaboration_id: str, names: Collection[str], since: datetime, today: date) -> Iterator[tuple[str, str]]:
    rows = Position.objects.filter(
        matter__collaboration_id=collaboration_id, organisation_id__in=list(names), matter__opened_at__gt=since
    ).exclude(matter__stage=MatterStage.DRAFT)
    columns = ("organisation_id", "state", "answered_at", "matter__answer_by", "matter__stage")
    for organisation, state, answered, due, stage in rows.values_list(*columns):
        if state == PositionState.DECLINED:
            yield organisation, "declined"
        elif state in SENT_IN and answered is not None:
            yield organisation, "late" if due is not None and clock.day(answered) > due else "in_time"
        elif stage not in CLOSED:
            yield organisation, "silent" if due is not None and due < today else "open"


def _in_consultations(
    collaboration_id: str, names: Collection[str], since: datetime, today: date
) -> Iterator[tuple[str, str]]:
    versions = (
        DecisionVersion.objects.filter(
            decision__matter__collaboration_id=collaboration_id, consultation_until__isnull=False, prepared_at__gt=since
        )
        .prefetch_related("consultation_answers")
        .only("ruling", "consultation_until", "state")
    )
    standing_in = in_law()
    for version in versions:
        answers = {a.organisation_id: a for a in sorted(version.consultation_answers.all(), key=lambda a: a.answered_at)}
        for organisation in rulings_of(version, standing_in).keys() & set(names):
            yield organisation, _how(version, answers.get(organisation), today)


def _how(version: DecisionVersion, answer: ConsultationAnswer | None, today: date) -> str:
    if answer is None:
        running = version.state == DecisionState.CONSULTATION
        until = version.consultation_until
        return "open" if running and until is not None and until >= today else "silent"
    if answer.stance == ConsultationStance.DECLINED:
        return "declined"
    return "late" if answer.late else "in_time"


def _brought(collaboration_id: str, names: Collection[str], since: datetime) -> dict[str, Counter[str]]:
    """What each has brought in, by kind and organisation: one query for each kind."""
    here, mine = {"matter__collaboration_id": collaboration_id}, {"position__organisation_id__in": list(names)}
    decided = {"version__decision__matter__collaboration_id": collaboration_id, "organisation_id__in": list(names)}
    own = {"organisation_id__in": list(names)}
    sent = {"position__state__in": sorted(SENT_IN)}
    stated = {**here, **mine, **sent, "withdrawn_at__isnull": True, "stated_at__gt": since}
    offered = HelpOffer.objects.filter(**decided, offered_at__gt=since)
    answered = HelpRequest.objects.filter(
        offer__organisation_id__in=list(names),
        offer__version__decision__matter__collaboration_id=collaboration_id,
        answered_at__gt=since,
    )
    asked = Inquiry.objects.living().filter(**here, **own, asked_at__gt=since)
    needed = {"collaboration_id": collaboration_id, **own}
    return {
        "needs": _count(Need.objects.filter(**stated), "position__organisation_id")
        + _count(PartyNeed.objects.filter(**needed, stated_at__gt=since, withdrawn_at__isnull=True)),
        "conditions": _count(Condition.objects.filter(**stated), "position__organisation_id"),
        "questions": _count(asked),
        "proposals": _count(Proposal.objects.filter(**here, **own, made_at__gt=since, state__in=SHARED)),
        "experiences": _count(Experience.objects.filter(**decided, shared_at__gt=since)),
        "help": _count(offered) + _count(answered, "offer__organisation_id"),
        "own_work": _count(OwnWork.objects.filter(goal__collaboration_id=collaboration_id, **own, stated_at__gt=since)),
        "improvements": _count(Improvement.objects.filter(**decided, added_at__gt=since)),
        "picture": _count(PicturePoint.objects.filter(**needed, added_at__gt=since, removed_at__isnull=True)),
    }


def _count(rows: QuerySet[Any], owner: str = "organisation_id") -> Counter[str]:
    counted: Iterable[str] = rows.order_by().values_list(owner, flat=True)
    return Counter(counted)


def _followed(collaboration_id: str, names: Collection[str]) -> tuple[Counter[str], Counter[str]]:
    """How many decisions in force bind each, and on how many of them it has told how it follows."""
    versions = (
        DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__matter__collaboration_id=collaboration_id)
        .prefetch_related("adoptions")
        .defer("content", "certificate")
    )
    answers = FollowingAnswer.objects.filter(version__in=versions, organisation_id__in=list(names))
    told = set(answers.values_list("version_id", "organisation_id"))
    bound: Counter[str] = Counter()
    following: Counter[str] = Counter()
    for version in versions:
        for organisation in bindings_of(version).keys() & set(names):
            bound[organisation] += 1
            following[organisation] += (version.pk, organisation) in told
    return bound, following

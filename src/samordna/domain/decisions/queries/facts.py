"""Everything the board is drawn from, read in a constant number of queries and reduced to what the actor may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.domain.collaborations.access import reach
from samordna.domain.decisions.problem import participants_of
from samordna.domain.matters.access import readable_conditions, readable_needs, reads_positions_in
from samordna.domain.matters.enums import AspectKind, ConditionForm, Confidence, Sharing
from samordna.domain.matters.models import AdaptationCost, Aspect, Condition, Matter, Option, Position, Practice
from samordna.domain.matters.phrases import sentence
from samordna.domain.matters.rules import Choice, Rule, Subject, read
from samordna.domain.matters.states import SENT_IN

FEW = 3
"""A sum over fewer others than this is not shown: it would tell what one of them has stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One aspect with its options in order, as rules and readers see it."""

    subject: Subject
    explanation: str

    @property
    def id(self) -> str:
        """The aspect's id."""
        return self.subject.id

    @property
    def label(self) -> str:
        """The aspect's label."""
        return self.subject.label

    @property
    def sharing(self) -> Sharing:
        """How alike the participants must be in it."""
        return self.subject.sharing

    @property
    def options(self) -> tuple[Choice, ...]:
        """Its options in order."""
        return self.subject.options

    def label_of(self, option_id: str) -> str:
        """The option with its unit, or "" where it is not an option of this aspect."""
        found = next((choice.label for choice in self.options if choice.id == option_id), "")
        return f"{found} {self.subject.unit}" if found and self.subject.unit else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A condition or need that the actor may read. No owner: the coordination's own. `rule` is None for prose.

    `live`: it counts; one that was withdrawn, has passed or is a draft again is kept for the proposals that rest on it.
    """

    id: str
    owner_id: str | None
    sentence: str
    reason: str
    rule: Rule | None = None
    legal_ground: str = ""
    relax_price: int | None = None
    confidential: bool = False
    weight: int = 0
    live: bool = True
    is_prose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one participant has said, as far as the actor may read it. That there is more is not told."""

    organisation_id: str
    name: str
    short_name: str
    position_id: str
    state: str
    own: bool
    today: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[Stated, ...] = ()
    needs: tuple[Stated, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One matter as its board needs it.

    `leads`: the actor coordinates the matter, and so reads every participant's figures. `figured`: how many participants
    besides the actor's own have stated any figure. Sums over the whole are shown only where so many have stated figures
    that none of them can be worked out (see `FEW`).
    """

    matter: Matter
    topics: tuple[Topic, ...]
    saids: tuple[Said, ...]
    common: tuple[Stated, ...]
    common_needs: tuple[Stated, ...]
    leads: bool
    own_id: str | None
    figured: int

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """The aspects as rules see them."""
        return {topic.id: topic.subject for topic in self.topics}

    @cached_property
    def names(self) -> dict[str, str]:
        """Each participant's name by organisation."""
        return {said.organisation_id: said.name for said in self.saids}

    @cached_property
    def conditions(self) -> dict[str, Stated]:
        """Every condition that the actor may read, by id."""
        mine = {stated.id: stated for said in self.saids for stated in said.conditions}
        return mine | {stated.id: stated for stated in self.common}

    def alike(self, stated: Stated) -> tuple[str, ...]:
        """Names of the others that state the same rule, as far as the actor may read it, in the participants' order."""
        return tuple(
            said.name
            for said in self.saids
            if said.organisation_id != stated.owner_id
            and any(other.rule == stated.rule and other.live for other in said.conditions if other.rule)
        )

    def reads_figures_of(self, organisation_id: str) -> bool:
        """The same answer as `matters.access.reads_figures_of`, for all participants at once."""
        return self.leads or organisation_id == self.own_id

    @property
    def reads_whole(self) -> bool:
        """May the actor read sums over all participants?"""
        return self.leads or self.figured >= FEW


Subjects = Mapping[str, Subject]
Owned = defaultdict[str | None, list[Stated]]
"""What is stated, by owner's organisation; None is the coordination."""


def facts_of(actor: Actor, matter: Matter, at: datetime | None = None) -> Facts:
    """The matter's facts. The caller has got the matter by `matter_for`."""
    taking_part, coordinated = reach(actor, at)
    leads = actor.system or matter.collaboration_id in coordinated
    own = actor.organisation_id if matter.collaboration_id in taking_part else None
    on = clock.day(at or clock.now())
    topics = _topics(matter)
    subjects = {topic.id: topic.subject for topic in topics}
    conditions, needs = _conditions(actor, matter, subjects, at), _needs(actor, matter, subjects, at)
    opened = reads_positions_in(actor, matter, at)
    return Facts(
        matter=matter,
        topics=topics,
        saids=tuple(
            _said(position, own, today if opened and position.state in SENT_IN else {}, conditions, needs)
            for position, today in _practised(matter, participants_of(matter, on).values())
        ),
        common=tuple(conditions[None]),
        common_needs=tuple(needs[None]),
        leads=leads,
        own_id=own,
        figured=_figured(matter, own),
    )


def _topics(matter: Matter) -> tuple[Topic, ...]:
    options: dict[str, list[Choice]] = defaultdict(list)
    rows = Option.objects.filter(aspect__matter=matter).order_by("aspect_id", "order", "pk")
    for aspect_id, pk, label, number in rows.values_list("aspect_id", "pk", "label", "number"):
        options[aspect_id].append(Choice(id=pk, label=label, number=number))
    return tuple(
        Topic(
            explanation=aspect.explanation,
            subject=Subject(
                id=aspect.pk,
                label=aspect.label,
                kind=AspectKind(aspect.kind),
                sharing=Sharing(aspect.sharing),
                unit=aspect.unit,
                options=tuple(options[aspect.pk]),
            ),
        )
        for aspect in Aspect.objects.filter(matter=matter).order_by("order", "pk")
    )


def _practised(matter: Matter, positions: Iterable[Position]) -> Iterator[tuple[Position, dict[str, str]]]:
    """Each position with today's practice: aspect → option."""
    today: defaultdict[str, dict[str, str]] = defaultdict(dict)
    rows = Practice.objects.filter(position__matter=matter)
    for position_id, aspect_id, option_id in rows.values_list("position_id", "aspect_id", "option_id"):
        today[position_id][aspect_id] = option_id
    for position in positions:
        yield position, today[position.pk]


def _said(
    position: Position,
    own_id: str | None,
    today: Mapping[str, str],
    conditions: Owned,
    needs: Owned,
) -> Said:
    return Said(
        organisation_id=position.organisation_id,
        name=position.organisation.name,
        short_name=position.organisation.short_name,
        position_id=position.pk,
        state=position.state,
        own=position.organisation_id == own_id,
        today=today,
        conditions=tuple(conditions[position.organisation_id]),
        needs=tuple(needs[position.organisation_id]),
    )


def _holds(condition: Condition, on: date) -> bool:
    if condition.position is not None and condition.position.state not in SENT_IN:
        return False
    return condition.withdrawn_at is None and clock.active(None, condition.valid_to, on)


def _conditions(actor: Actor, matter: Matter, subjects: Subjects, at: datetime | None) -> Owned:
    on = clock.day(at or clock.now())
    found: Owned = defaultdict(list)
    reader = _Reader(subjects)
    for condition in readable_conditions(actor, matter, at).select_related("position").order_by("stated_at", "pk"):
        owner = condition.position.organisation_id if condition.position else None
        rule, text = reader.read(condition.rule)
        stated = Stated(
            id=condition.pk,
            owner_id=owner,
            sentence=text or condition.prose,
            reason=condition.reason,
            rule=rule,
            legal_ground=condition.legal_ground,
            relax_price=condition.relax_price,
            confidential=condition.confidence == Confidence.COORDINATOR,
            live=_holds(condition, on),
            is_prose=condition.form == ConditionForm.PROSE,
        )
        found[owner].append(stated)
    return found


@dataclass(slots=True)
class _Reader:
    """Reads stored rules. Those that are written alike are read once, and are one and the same rule afterwards."""

    subjects: Subjects
    known: dict[str, tuple[Rule | None, str]] = field(default_factory=dict)

    def read(self, data: object) -> tuple[Rule | None, str]:
        """The stored rule and its sentence; (None, "") for prose, and for one that no longer fits the aspects."""
        written = repr(data)
        if written not in self.known:
            rule = self._rule(data)
            self.known[written] = (rule, sentence(rule, self.subjects) if rule else "")
        return self.known[written]

    def _rule(self, data: object) -> Rule | None:
        try:
            return None if data is None else read(data, self.subjects)
        except Invalid:
            return None


def _needs(actor: Actor, matter: Matter, subjects: Subjects, at: datetime | None) -> Owned:
    found: Owned = defaultdict(list)
    reader = _Reader(subjects)
    counted = Q(position__isnull=True) | Q(position__state__in=sorted(SENT_IN))
    rows = readable_needs(actor, matter, at).filter(counted, withdrawn_at__isnull=True).select_related("position")
    for need in rows.order_by("stated_at", "pk"):
        owner = need.position.organisation_id if need.position else None
        rule, text = reader.read(need.rule)
        stated = Stated(
            id=need.pk, owner_id=owner, sentence=text or need.reason, reason=need.reason, rule=rule, weight=need.weight
        )
        found[owner].append(stated)
    return found


def _figured(matter: Matter, own_id: str | None) -> int:
    others = Position.objects.filter(matter=matter, state__in=sorted(SENT_IN)).exclude(organisation_id=own_id)
    costed = Exists(AdaptationCost.objects.filter(position=OuterRef("pk")))
    return others.filter(Q(benefit_likely__isnull=False) | Q(costed)).count()

"""What a leader needs to know (F1): what the own organisation has lent, is bound by, follows, owes, pays and gains, and
what waits; together and per collaboration. Everything here is the organisation's own, and leads to what it is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.enums import FollowingAnswerKind
from samordna.domain.adherence.models import FollowingAnswer, Improvement
from samordna.domain.collaborations.access import reach
from samordna.domain.collaborations.enums import CollaborationState, Following, MandateForm
from samordna.domain.collaborations.facts import MandateState, state_at
from samordna.domain.collaborations.models import Collaboration, Mandate
from samordna.domain.collaborations.queries.rulings import mandate_fact
from samordna.domain.collaborations.queries.sponsors import Sponsor, sponsors_in
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import Adoption, DecisionVersion
from samordna.domain.decisions.queries.binding import Binding, bindings_of
from samordna.domain.decisions.queries.weights import Span
from samordna.domain.organisations.models import Organisation
from samordna.domain.organisations.waiting import Waiting
from samordna.domain.overview.queries.mine import waiting_now
from samordna.domain.overview.queries.sums import Left, Sum, added, left_after, span_of, summed
from samordna.domain.worth.queries.together import CollaborationCost, meetings_in

MEANT = 3
"""So many of what waits are told on the page; all of it stands on Mitt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A mandate that the organisation has given and that counts now; `areas` are those in which coordination decides."""

    mandate_id: str
    form_label: str
    areas: tuple[str, ...]
    since: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A decision that binds the organisation. `answer` is how it follows it, "" where it has not said.

    `cost` and `benefit` are the organisation's own, in `unit`; None where they have not been weighed.
    """

    decision_id: str
    matter_id: str
    title: str
    must: bool
    since: date
    answer: str
    answer_label: str
    by: date | None
    late: bool
    unit: str
    cost: Span | None
    benefit: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Something that the organisation has promised to do, by a day."""

    decision_id: str
    title: str
    text: str
    by: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """One collaboration, as it is for the organisation."""

    id: str
    name: str
    sponsor: Sponsor | None
    lent: tuple[Lent, ...]
    bound: tuple[Bound, ...]
    owed: tuple[Owed, ...]
    sums: tuple[Sum, ...]
    met: CollaborationCost

    @property
    def left(self) -> Left | None:
        """What a year leaves with its meetings taken off; None where there is no money a year to take them from."""
        return left_after(self.sums, self.met.own_kronor)

    @property
    def must(self) -> int:
        """How many decisions have to be followed."""
        return sum(one.must for one in self.bound)

    @property
    def following(self) -> tuple[tuple[str, str, int], ...]:
        """How many decisions are followed in which way, as (kind, words, number); those without an answer last."""
        return tally(self.bound)

    @property
    def silent(self) -> int:
        """About how many decisions nothing has been said."""
        return sum(not one.answer for one in self.bound)

    @property
    def late(self) -> int:
        """How many promises have passed their day."""
        return sum(one.late for one in self.owed)

    @property
    def unweighed(self) -> int:
        """How many decisions have no figures."""
        return sum(one.cost is None for one in self.bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """The page: every collaboration that the organisation takes part in, and what waits for the actor."""

    organisation_id: str
    organisation: str
    within: tuple[Within, ...]
    waiting: tuple[Waiting, ...]

    @property
    def whole(self) -> Within:
        """All of it together, as if it were one."""
        bound = tuple(one for each in self.within for one in each.bound)
        return Within(
            id="",
            name=self.organisation,
            sponsor=None,
            lent=tuple(one for each in self.within for one in each.lent),
            bound=bound,
            owed=tuple(sorted((one for each in self.within for one in each.owed), key=lambda one: one.by)),
            sums=_sums(bound),
            met=CollaborationCost(
                own_hours=round(sum(each.met.own_hours for each in self.within), 1),
                own_kronor=sum(each.met.own_kronor for each in self.within),
            ),
        )

    @property
    def at_risk(self) -> tuple[Sponsor, ...]:
        """Where nobody stands behind the taking part."""
        return tuple(each.sponsor for each in self.within if each.sponsor and each.sponsor.at_risk)

    @property
    def first(self) -> tuple[Waiting, ...]:
        """The most urgent of what waits."""
        return self.waiting[:MEANT]


def leading(actor: Actor, at: datetime) -> Leading:
    """What the actor's organisation is in, by collaboration; a constant number of queries."""
    own, on = actor.organisation_id or "", clock.day(at)
    joined = reach(actor, at)[0]
    rows = Collaboration.objects.filter(pk__in=joined).exclude(state=CollaborationState.PLANNED).order_by("name", "pk")
    names = dict(rows.values_list("pk", "name"))
    sponsors = {row.collaboration_id: row for row in sponsors_in(list(names), at, [own])}
    lent, (bound, owed) = _lent(own, names, at), bound_of(own, names, on)
    met = meetings_in(actor, list(names), at)
    within = tuple(
        Within(
            id=pk,
            name=name,
            sponsor=sponsors.get(pk),
            lent=tuple(lent[pk]),
            bound=tuple(bound[pk]),
            owed=tuple(owed[pk]),
            sums=_sums(bound[pk]),
            met=met[pk],
        )
        for pk, name in names.items()
    )
    organisation = Organisation.objects.filter(pk=own).values_list("name", flat=True).first() or ""
    waiting = waiting_now([actor], at).get(actor, ())
    return Leading(organisation_id=own, organisation=organisation, within=within, waiting=waiting)


def _lent(own: str, names: Mapping[str, str], at: datetime) -> dict[str, list[Lent]]:
    found: dict[str, list[Lent]] = defaultdict(list)
    given = Mandate.objects.filter(giver_id=own, collaboration_id__in=list(names)).exclude(form=MandateForm.DELEGATED)
    for row in given.prefetch_related("clauses__area").order_by("valid_from", "pk"):
        fact = mandate_fact(row)
        if state_at(fact, at, clock.day(at)) is not MandateState.IN_FORCE:
            continue
        areas = tuple(sorted(clause.area.name for clause in row.clauses.all() if clause.coordination_decides))
        form = str(MandateForm(row.form).label)
        item = Lent(mandate_id=row.pk, form_label=form, areas=areas, since=row.valid_from, ends_on=fact.last)
        found[row.collaboration_id].append(item)
    return found


def bound_of(own: str, names: Mapping[str, str], on: date) -> tuple[dict[str, list[Bound]], dict[str, list[Owed]]]:
    """Decisions in force that bind the organisation, and what it has promised in them; four queries."""
    versions = (
        DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__matter__collaboration_id__in=list(names))
        .select_related("decision__matter")
        .prefetch_related(Prefetch("adoptions", Adoption.objects.filter(organisation_id=own)))
        .defer("certificate")
        .order_by("-in_force_from", "pk")
    )
    answers = FollowingAnswer.objects.filter(organisation_id=own, version__in=versions).order_by("answered_at", "pk")
    latest = {answer.version_id: answer for answer in answers}
    promised = Improvement.objects.filter(organisation_id=own, version__in=versions, closed_at__isnull=True)
    bound: dict[str, list[Bound]] = defaultdict(list)
    titles = {}
    for version in versions:
        binding = bindings_of(version).get(own)
        if binding is not None:
            where = version.decision.matter.collaboration_id
            bound[where].append(_one(version, binding, latest.get(version.pk), on))
            titles[version.pk] = (where, version)
    owed: dict[str, list[Owed]] = defaultdict(list)
    for row in promised.order_by("by", "pk"):
        if row.version_id in titles:
            where, version = titles[row.version_id]
            title, late = version.decision.matter.title, row.by < on
            item = Owed(decision_id=version.decision_id, title=title, text=row.text, by=row.by, late=late)
            owed[where].append(item)
    return bound, owed


def _one(version: DecisionVersion, binding: Binding, answer: FollowingAnswer | None, on: date) -> Bound:
    matter = version.decision.matter
    figures: Mapping[str, Mapping[str, Any]] = version.content.get("balance", {}).get("participants", {})
    weighed = [figures[pk] for pk in binding.origins if pk in figures]
    return Bound(
        decision_id=version.decision_id,
        matter_id=matter.pk,
        title=matter.title,
        must=binding.following == Following.MUST,
        since=binding.since,
        answer=answer.kind if answer else "",
        answer_label=answer.get_kind_display() if answer else "",
        by=answer.by if answer else None,
        late=answer is not None and answer.by is not None and answer.by < on,
        unit=matter.unit,
        cost=added([span_of(row["cost"]) for row in weighed]) if weighed else None,
        benefit=added([span_of(row["benefit"]) for row in weighed]) if weighed else None,
    )


def _sums(bound: Iterable[Bound]) -> tuple[Sum, ...]:
    return summed((one.unit, one.cost, one.benefit) for one in bound if one.cost and one.benefit)


def tally(bound: Iterable[Bound]) -> tuple[tuple[str, str, int], ...]:
    """How many are followed in which way, as (kind, words, number), in the order of the answers."""
    kinds = [one.answer for one in bound]
    return tuple((kind.value, str(kind.label), kinds.count(kind.value)) for kind in FollowingAnswerKind if kind in kinds)

"""One situation against the services of everybody: yes, no and why not, or what is missing. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db.models import Max

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.criteria import fits_target_group
from samordna.domain.collaborations.queries.deciding import criteria_of
from samordna.domain.knowledge.access import check_may_look, visible_services
from samordna.domain.knowledge.conditions import KnownFact, loaded, situation_of
from samordna.domain.knowledge.eligibility import NO, YES, Situation, judge
from samordna.domain.knowledge.enums import Answer, FactKind
from samordna.domain.knowledge.matching import Compiled, Matched, Offered, compile_services, match
from samordna.domain.knowledge.models import Edition, Service, ServiceQuerySet
from samordna.domain.knowledge.queries.facts import known_facts, stated_sentences
from samordna.domain.knowledge.queries.toolboxes import GroupRow, ServiceRow, groups_as_sentences, row_of
from samordna.domain.knowledge.relaying import changed_since, relaid, worth_it
from samordna.domain.organisations.models import Reorganisation

PAGE = 25  # services of one answer on one page
MOST_ASKED = 12  # facts that are suggested, the one that decides most first


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRow:
    """One service's answer. `closed`: why it says no whatever one asks, for a while; `against`: the groups of conditions
    that fail; `missing`: the facts that are asked for."""

    service: ServiceRow
    answer: str
    closed: str
    against: tuple[GroupRow, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A fact that would decide: how many services ask for it, and how many for nothing else."""

    fact: str
    label: str
    services: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A collaboration's target group; `fits` is None while something that its criteria ask about is not stated."""

    collaboration_id: str
    collaboration: str
    fits: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPage:
    """What the services answer to a situation: how many say what, and one page of those that give the answer shown."""

    stated: tuple[str, ...]
    shown: str
    yes: int
    open: int
    no: int
    rows: tuple[MatchedRow, ...]
    page: int
    earlier: int
    later: int
    asking: tuple[AskedRow, ...]
    targets: tuple[TargetRow, ...]


_lock = Lock()
_kept: dict[str, tuple[tuple[object, object], Compiled]] = {}
"""The services as columns, for the one edition that counts: never more than one at a time."""
AT_A_TIME = 500


def compiled_services() -> Compiled:
    """The services of everybody as columns. When something about them has changed, those that have are laid out anew; two
    questions when nothing has, four and more by hundreds when a few have."""
    stamp = Edition.objects.filter(pk=1).values_list("stamp", flat=True).first()
    moved = Reorganisation.objects.aggregate(latest=Max("carried_out_at"))["latest"]
    edition = (stamp, moved)
    kept = _kept.get("services")
    if stamp is not None and kept is not None and kept[0] == edition:
        return kept[1]
    with _lock:
        kept = _kept.get("services")
        if stamp is not None and kept is not None and kept[0] == edition:  # laid out while one waited
            return kept[1]
        before = kept[1] if kept is not None and kept[0][1] == moved else None
        compiled = _relaid(before) if before is not None else None
        compiled = compiled or compile_services(_offered(Service.objects.order_by("name", "pk")))
        if stamp is not None:
            _kept["services"] = (edition, compiled)
        return compiled


def _relaid(before: Compiled) -> Compiled | None:
    """What was laid out, with what has changed since; None where that is no less work than laying out all."""
    versions = dict(Service.objects.order_by("name", "pk").values_list("pk", "version"))
    changed = changed_since(before, versions)
    if not worth_it(before, len(changed), len(versions)):
        return None
    found: list[Offered] = []
    for start in range(0, len(changed), AT_A_TIME):
        found += _offered(Service.objects.filter(pk__in=changed[start : start + AT_A_TIME]))
    if len(found) != len(changed):
        return None
    ending = Service.objects.exclude(valid_to__isnull=True, role__valid_to__isnull=True).order_by()
    ends = {key: min(d for d in days if d) for key, *days in ending.values_list("pk", "valid_to", "role__valid_to")}
    if not ends.keys() <= versions.keys():
        return None
    return relaid(before, compile_services(found), list(versions), ends)


def _offered(services: ServiceQuerySet) -> list[Offered]:
    columns = ("pk", "valid_from", "valid_to", "role__valid_to", "eligibility", "closed", "version")
    return [
        Offered(
            id=key,
            valid_from=first,
            valid_to=min((d for d in (end, role_end) if d), default=None),
            eligibility=loaded(data),
            closed=bool(closed),
            version=version,
        )
        for key, first, end, role_end, data, closed, version in services.values_list(*columns).iterator(chunk_size=5_000)
    ]


def matched(
    actor: Actor, given: Mapping[str, str], at: datetime, shown: str = Answer.YES, page: int = 1, *, targets: bool = True
) -> MatchPage:
    """What everybody's services answer to a situation. Raises `Invalid` by fact for what cannot be used.

    `shown`: which answer to list. `targets`: also hold the situation against the target groups of one's collaborations.
    """
    check_may_look(actor, at)
    facts = known_facts()
    situation = situation_of(given, facts)
    compiled, on = compiled_services(), clock.day(at)
    found = match(compiled, situation, on)
    places = {Answer.YES: found.yes, Answer.OPEN: found.open, Answer.NO: found.no}[Answer(shown)]
    last = max(1, -(-len(places) // PAGE))
    page = min(max(1, page), last)
    ids = [compiled.ids[place] for place in places[(page - 1) * PAGE : page * PAGE].tolist()]
    return MatchPage(
        stated=tuple(stated_sentences(situation, facts)),
        shown=str(shown),
        yes=len(found.yes),
        open=len(found.open),
        no=len(found.no),
        rows=_rows(actor, ids, situation, facts, at),
        page=page,
        earlier=page - 1 if page > 1 else 0,
        later=page + 1 if page < last else 0,
        asking=_asking(found, facts),
        targets=_targets(actor, situation, facts, at) if targets else (),
    )


def _rows(
    actor: Actor, ids: list[str], situation: Situation, facts: Mapping[str, KnownFact], at: datetime
) -> tuple[MatchedRow, ...]:
    services = visible_services(actor, at).filter(pk__in=ids).select_related("role__organisation").in_bulk()
    found = []
    for service in (services[key] for key in ids if key in services):
        said = judge(loaded(service.eligibility), situation)
        found.append(
            MatchedRow(
                service=row_of(service, clock.day(at)),
                answer=str(Answer.NO if service.closed else said.answer),
                closed=service.closed,
                against=groups_as_sentences(said.against, facts),
                missing=() if service.closed else tuple(_label(facts, fact) for fact in said.missing),
            )
        )
    return tuple(found)


def _asking(found: Matched, facts: Mapping[str, KnownFact]) -> tuple[AskedRow, ...]:
    return tuple(
        AskedRow(fact=one.fact, label=_label(facts, one.fact), services=one.services, alone=one.alone)
        for one in found.asking[:MOST_ASKED]
    )


def _label(facts: Mapping[str, KnownFact], fact: str) -> str:
    return facts[fact].label if fact in facts else fact


def _targets(actor: Actor, situation: Situation, facts: Mapping[str, KnownFact], at: datetime) -> tuple[TargetRow, ...]:
    """The target groups of the collaborations that one reads, asked about by the facts' own names."""
    case = {facts[key].label: _as_case(facts[key], str(value)) for key, value in situation.items()}
    rows = visible_collaborations(actor, at).filter(criteria__isnull=False).distinct().order_by("name", "pk")
    found = []
    for row in rows.prefetch_related("criteria"):
        fit = fits_target_group(criteria_of(row), case)
        found.append(TargetRow(collaboration_id=row.pk, collaboration=row.name, fits=fit.fits))
    return tuple(found)


def _as_case(fact: KnownFact, value: str) -> str:
    if fact.kind == FactKind.YES_NO:
        return {YES: "ja", NO: "nej"}[value]
    return dict(fact.options).get(value, value)

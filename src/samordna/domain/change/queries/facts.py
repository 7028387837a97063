"""Chains as the rules see them, read together in so many questions as it takes for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from samordna.core import clock
from samordna.domain.change.models import Cause, Chain, Change, ChangeNeed, Effect, Placing, Turn
from samordna.domain.change.queries.reading import gone_of
from samordna.domain.change.rules import Changed, Facts, Handed, Judged, Needed


def whole(chains: QuerySet[Chain]) -> QuerySet[Chain]:
    """The chains with everything in them: seven questions, however many there are."""
    changes = Change.objects.order_by("planned_at", "pk").select_related("role__organisation", "closed_by__role")
    needs = ChangeNeed.objects.order_by("added_at", "pk").prefetch_related(
        Prefetch("placings", queryset=Placing.objects.order_by("number").select_related("organisation")),
        Prefetch("changes", queryset=changes),
        Prefetch("changes__effects", queryset=Effect.objects.order_by("judged_at", "pk")),
    )
    turns = Turn.objects.order_by("number").prefetch_related(
        Prefetch("causes", queryset=Cause.objects.order_by("found_at", "pk")), Prefetch("needs", queryset=needs)
    )
    related = chains.select_related("collaboration__coordinator_role__organisation", "organisation")
    return related.prefetch_related(Prefetch("turns", queryset=turns))


def facts_of(chain: Chain, there: Collection[str] | None = None) -> Facts:
    """One chain, read with `whole`. `there`: the organisations that take part now; all that it names where nobody says.

    Nobody acts in another's place in what is an organisation's own, so that has no side that is gone.
    """
    turns = list(chain.turns.all())
    now = turns[-1]
    needs = tuple(needed(need, turn) for turn in turns for need in turn.needs.all())
    known = chain.shared and there is not None
    return Facts(
        owner=chain.organisation_id,
        begun_on=clock.day(now.begun_at),
        analyse_by=now.analyse_by,
        concluded_on=_day(now.concluded_at),
        closed_on=_day(chain.closed_at),
        gone=gone_of(chain.organisation_id, needs, there or ()) if known else frozenset(),
        needs=needs,
    )


def needed(need: ChangeNeed, turn: Turn) -> Needed:
    """One change need."""
    added = max(need.added_at, turn.concluded_at or need.added_at)
    return Needed(
        id=need.pk,
        added_on=clock.day(added),
        ended_on=_day(need.ended_at),
        handed=tuple(_handed(need.placings.all())),
        changes=tuple(_changed(one) for one in need.changes.all()),
    )


def _handed(placings: Iterable[Placing]) -> Iterable[Handed]:
    for one in placings:
        yield Handed(
            to=one.organisation_id,
            placed_on=clock.day(one.placed_at),
            answer_by=one.answer_by,
            answer=one.answer,
            answered_on=_day(one.answered_at),
        )


def _changed(one: Change) -> Changed:
    return Changed(
        id=one.pk,
        role_id=one.role_id,
        planned_on=clock.day(one.planned_at),
        by=one.by,
        measure_on=one.measure_on,
        closed_on=_day(one.closed_at),
        done=one.done,
        effects=tuple(Judged(kind=e.kind, on=clock.day(e.judged_at), next_on=e.next_on) for e in one.effects.all()),
    )


def _day(moment: datetime | None) -> date | None:
    return clock.day(moment) if moment else None

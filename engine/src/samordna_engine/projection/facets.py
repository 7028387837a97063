"""A participant's statements fall apart into facets that do not meet.

Two statements meet where they share an aspect in which the participant has a value of its own. A common aspect does not
join them: its value is the frame's. Facets over the same aspects are handled together, whoever they belong to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import BROKEN, Matter, Term
from samordna_engine.projection.tables import Numbers, Scope, Truths, cells

BATCH_CELLS = 1 << 21


@dataclass(slots=True)
class Batch:
    """Facets over the same aspects. `terms` says, per term, which rows (places in `people`) have it."""

    scope: Scope
    people: list[int] = field(default_factory=list)
    terms: dict[Term, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facets:
    """All that the participants have stated. `rows[a][p, v]` joins the cost of an option with what is said of it alone.

    `held[p, a]` says whether a facet of participant p holds aspect a. `shared` are terms over common aspects only;
    `tangles` are facets too large for a table, as (participant, scope, terms).
    """

    rows: tuple[Numbers, ...]
    held: Truths
    batches: list[Batch]
    shared: dict[Term, int]
    tangles: list[tuple[int, Scope, tuple[Term, ...]]]


def facets(matter: Matter, own_cells: int) -> Facets:
    """Split everybody's statements into facets."""
    held = np.zeros((matter.count, len(matter.sizes)), np.bool_)
    found = Facets(_rows(matter), held, [], {}, [])
    open_batches: dict[Scope, Batch] = {}
    known: dict[tuple[Term, ...], list[tuple[Scope, tuple[Term, ...]]]] = {}
    for p, stated in enumerate(matter.own.by_owner(matter.count)):
        wide = tuple(term for term in stated if len(matter.shapes[term.shape].scope) > 1)
        if wide not in known:
            known[wide] = _split(matter, wide)
        for scope, terms in known[wide]:
            _place(matter, found, open_batches, p, scope, terms, own_cells)
    return found


def _place(
    matter: Matter,
    found: Facets,
    open_batches: dict[Scope, Batch],
    p: int,
    scope: Scope,
    terms: tuple[Term, ...],
    own_cells: int,
) -> None:
    """Put one facet where it belongs."""
    free = [a for a in scope if matter.sharing[a] is not Sharing.COMMON]
    found.held[p, free] = True
    size = cells(matter.sizes, scope)
    if not free:
        for term in terms:
            found.shared[term] = found.shared.get(term, 0) + 1
        return
    if size > own_cells:
        found.tangles.append((p, scope, terms))
        return
    batch = open_batches.get(scope)
    if batch is None or (len(batch.people) + 1) * size > BATCH_CELLS:
        batch = open_batches[scope] = Batch(scope)
        found.batches.append(batch)
    for term in terms:
        batch.terms.setdefault(term, []).append(len(batch.people))
    batch.people.append(p)


def _rows(matter: Matter) -> tuple[Numbers, ...]:
    """Costs per aspect, joined with the statements that are about that aspect only."""
    rows = [table.copy() for table in matter.cost]
    stated = matter.own
    order = np.argsort(stated.shape, kind="stable")
    numbers, starts = np.unique(stated.shape[order], return_index=True)
    for number, at in zip(numbers.tolist(), np.split(order, starts[1:]) if len(order) else (), strict=True):
        shape = matter.shapes[number]
        if len(shape.scope) == 1:
            rows[shape.scope[0]][stated.owner[at]] += np.where(shape.allowed, 0, stated.penalty[at, None])
    return tuple(np.minimum(table, BROKEN) for table in rows)


def _split(matter: Matter, terms: Sequence[Term]) -> list[tuple[Scope, tuple[Term, ...]]]:
    """Terms joined where they meet in aspects that are not common."""
    parts: list[tuple[set[int], set[int], list[Term]]] = []
    for term in terms:
        scope = set(matter.shapes[term.shape].scope)
        free = {a for a in scope if matter.sharing[a] is not Sharing.COMMON}
        meeting = [part for part in parts if part[0] & free]
        parts = [part for part in parts if not part[0] & free]
        for part in meeting:
            free |= part[0]
            scope |= part[1]
        parts.append((free, scope, [t for part in meeting for t in part[2]] + [term]))
    return [(tuple(sorted(scope)), tuple(joined)) for _, scope, joined in parts]

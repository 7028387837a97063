"""Which organisation is part of which, kept a tree of living ones when some of them end.

An organisation that ends may have had the one who takes over below it, or another that ends above it. Then "what was part
of it is part of whoever takes over" would lead to something that has ended, or round in a circle; the link is instead to
the nearest one above that goes on, or to nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from samordna.domain.organisations.models import Organisation

Chains = dict[str, list[str]]


def above(ids: Iterable[str]) -> Chains:
    """All that each of these is part of, nearest first; one query for each level. A circle is told once round."""
    parents: dict[str, str] = {}
    unknown = set(ids)
    asked = sorted(unknown)
    while unknown:
        rows = dict(Organisation.objects.filter(pk__in=unknown).values_list("pk", "parent_id"))
        parents |= {pk: str(parent) for pk, parent in rows.items() if parent}
        unknown = {str(parent) for parent in rows.values() if parent} - set(parents) - unknown
    return {pk: _climb(pk, parents) for pk in asked}


def _climb(pk: str, parents: dict[str, str]) -> list[str]:
    chain = [pk]
    while (upper := parents.get(chain[-1])) and upper not in chain[1:]:
        chain.append(upper)
    return chain[1:]


def first_that_goes_on(chain: Iterable[str], ceasing: Collection[str]) -> str | None:
    """The nearest in the chain that does not end."""
    return next((pk for pk in chain if pk not in ceasing), None)


def mend(ids: Iterable[str], ceasing: Collection[str], before: Chains) -> None:
    """Relink what would be part of something that ends, or of itself, going up from each of these.

    `before`: what each was part of before the links were changed. What ends stays part of what it was part of.
    """
    for pk in ceasing:
        Organisation.objects.filter(pk=pk).update(parent_id=next(iter(before[pk]), None))
    for pk in sorted(ids):
        walked = [pk]
        while upper := Organisation.objects.filter(pk=walked[-1]).values_list("parent_id", flat=True).first():
            if upper in walked or upper in ceasing:
                known = before.get(pk, [])
                beyond = known[known.index(walked[-1]) + 1 :] if walked[-1] in known else known
                going_on = first_that_goes_on(beyond, {*ceasing, *walked})
                Organisation.objects.filter(pk=walked[-1]).update(parent_id=going_on)
                upper = going_on
            if upper is None:
                break
            walked.append(upper)

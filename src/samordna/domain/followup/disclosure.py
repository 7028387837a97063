"""Which organisations' figures a reader is shown, and when the whole may be shown beside them. Pure.

An organisation always sees its own figures. The coordinator sees everybody's, and participants see each other's where both
have agreed to be compared; others see none. A figure that stands for fewer than the minimum group is shown to nobody but
the organisation itself. The whole must give no hidden figure away: where it stands beside the others, what is hidden is
at least two organisations', and at least the minimum group. Where a small figure is hidden and that is not enough, the
smallest of what would be shown is hidden, too. Otherwise the whole is not shown: what two have agreed to show each other
goes first.

Whoever came after another may know the other's figures, and whoever has left knows its own. Perhaps it does, perhaps not:
one that was split off knows nothing of what the other has told since. So what is hidden is enough both ways. Whoever
has taken the place in law of everybody whose figures are hidden from it knows them all: a whole gives it nothing away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Why(StrEnum):
    """Why a figure is not shown."""

    NOT_SHARED = "not_shared"
    TOO_FEW = "too_few"
    PROTECTS = "protects"  # so that a hidden one cannot be worked out
    UNSENT = "unsent"  # saved by its organisation, which has not sent it in
    AWAITED = "awaited"  # the whole, while somebody is waited for: it would give away whoever comes last


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """By organisation why its figure is hidden, and whether the whole is shown."""

    hidden: Mapping[str, Why]
    whole: bool


def size_of(kind: str, value: Decimal | None, denominator: Decimal | None, group: int | None) -> int | None:
    """How many a figure stands for: what is said, what a share is of, or the count itself.

    A count of a few in a large group is of a few.
    """
    if kind == "count" and value is not None:
        return min(int(value), group) if group is not None else int(value)
    if group is not None:
        return group
    known = denominator
    return int(known) if known is not None else None


def few(size: int | None, minimum: int) -> bool:
    """Is the figure shown to its own organisation alone?"""
    return size is not None and size < minimum


def disclosed(
    sizes: Mapping[str, int | None],
    *,
    own: str | None,
    seen: Collection[str],
    minimum: int,
    summed: bool,
    knows: Collection[str] = (),
    sure: Collection[str] = (),
) -> Disclosed:
    """`sizes`: how many each organisation's figure stands for, None where that is not known. `seen`: whose the reader may
    see beside its own. `summed`: is there to be a whole? `knows`: whose it may know though they are hidden, since it came
    after them or told them itself; so nothing is shown for that, but less may be. `sure`: those that it knows for
    certain, having told them itself or taken the place in law of whoever did."""
    hidden: dict[str, Why] = {}
    for each, size in sizes.items():
        if each == own:
            continue
        if each not in seen:
            hidden[each] = Why.NOT_SHARED
        elif few(size, minimum):
            hidden[each] = Why.TOO_FEW
    if not summed or not hidden:
        return Disclosed(hidden=hidden, whole=summed and bool(sizes))
    kept = dict(hidden)
    small = Why.TOO_FEW in hidden.values()
    others = [one for one in sizes if small and one != own and one not in hidden]
    for each in sorted(others, key=lambda one: (sizes[one] or 0, one)):
        if _covered(sizes, hidden, knows, minimum, sure):
            break
        if each not in knows or not _enough(sizes, hidden, minimum):
            hidden[each] = Why.PROTECTS
    if _covered(sizes, hidden, knows, minimum, sure):
        return Disclosed(hidden=hidden, whole=True)
    return Disclosed(hidden=kept, whole=False)


def shown_to_each(
    sizes: Mapping[str, int | None],
    readers: Mapping[str, Collection[str]],
    knows: Mapping[str, Collection[str]],
    minimum: int,
    *,
    summed: bool,
    sure: Mapping[str, Collection[str]] | None = None,
) -> bool:
    """May the whole be shown to each of these organisations? `readers`: whose figures each sees beside its own. The same as
    asking `disclosed` for each, which takes hundreds of organisations too long where most see nobody else's."""
    small = sum(1 for size in sizes.values() if few(size, minimum))
    people = sum(size or 0 for size in sizes.values())
    for own, seen in readers.items():
        known, there = knows.get(own, ()), own in sizes
        if not seen and not known and len(sizes) - there >= 2:
            size = sizes.get(own)
            shown = summed and (small - few(size, minimum) == 0 or people - (size or 0) >= minimum)
        else:
            certain = (sure or {}).get(own, ())
            rule = disclosed(sizes, own=own, seen=seen, minimum=minimum, summed=summed, knows=known, sure=certain)
            shown = rule.whole
        if not shown:
            return False
    return True


def whole_shown(
    sizes: Mapping[str, int | None],
    *,
    own: str | None,
    seen: Collection[str],
    minimum: int,
    knows: Collection[str] = (),
    sure: Collection[str] = (),
) -> bool:
    """Is there a whole, and is it shown? The same as `disclosed` says, without saying who is hidden and why."""
    others = [of for of in sizes if of != own]
    hidden = [of for of in others if of not in seen]
    if any(of in seen and few(sizes[of], minimum) for of in others):
        return disclosed(sizes, own=own, seen=seen, minimum=minimum, summed=True, knows=knows, sure=sure).whole
    return _covered(sizes, hidden, knows, minimum, sure) if hidden else bool(sizes)


def _covered(
    sizes: Mapping[str, int | None],
    hidden: Collection[str],
    knows: Collection[str],
    minimum: int,
    sure: Collection[str],
) -> bool:
    """Is enough hidden, whether or not the reader knows what it may know? Or does it know for certain all that is?"""
    if set(hidden) <= set(sure):
        return True
    unknown = [each for each in hidden if each not in knows]
    return _enough(sizes, hidden, minimum) and _enough(sizes, unknown, minimum)


def _enough(sizes: Mapping[str, int | None], hidden: Collection[str], minimum: int) -> bool:
    if len(hidden) < 2:
        return False
    known = [size for each in hidden if (size := sizes[each]) is not None]
    return not any(few(size, minimum) for size in known) or sum(known) >= minimum

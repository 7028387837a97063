"""What the engine answered the latest time it was asked: prices of options, a clash with its owners, or how far it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samordna.domain.decisions.models import Attempt
from samordna.domain.decisions.queries.facts import Facts
from samordna.domain.decisions.queries.grounds import Because, because_of
from samordna.domain.decisions.queries.seen import ClashesSeen

NAMED = 6
"""So many of those that state the same are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One condition of a clash. `example` is a frame that would work without it; `unlocks`: nothing else is in the way.

    `alike`: others that state exactly the same, the first of them by name; `alike_more` are not named.
    """

    because: Because
    unlocks: bool
    example: tuple[tuple[str, str], ...]
    alike: tuple[str, ...] = ()
    alike_more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Conditions that may be given up and together settle the matter. No price where one of them is in confidence."""

    given_up: tuple[Because, ...]
    price: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Conditions that cannot all be met. `smallest`: proved that no clash has fewer. `given`: what was assumed."""

    members: tuple[Member, ...]
    smallest: bool
    others_exist: bool
    ways_out: tuple[Way, ...]
    given: tuple[tuple[str, str], ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """Those whose conditions clash, by name, each once; "" is the coordination."""
        return tuple(dict.fromkeys(member.because.owner for member in self.members))

    @property
    def cheapest(self) -> tuple[Because, ...]:
        """The conditions that their owners have put a price on giving up, the cheapest first."""
        priced = [member.because for member in self.members if member.because.relax_price is not None]
        return tuple(sorted(priced, key=lambda because: because.relax_price or 0))

    @property
    def condition_ids(self) -> frozenset[str]:
        """The conditions that the actor may read."""
        return frozenset(member.because.condition_id for member in self.members if member.because.condition_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What an option of the frame would mean for the whole: `state` is exact, at_least or blocked.

    `differing`: how many more weighted differences; `cost`: how much more it costs, None where the actor may not read it.
    `blocked_by`: the conditions that each alone forbid it.
    """

    state: str
    differing: int
    cost: int | None
    blocked_by: tuple[Because, ...] = ()

    @property
    def free(self) -> bool:
        """Is it as good as what is proposed?"""
        return self.state == "exact" and not self.differing and not self.cost


Prices = Mapping[str, Price]
"""By option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One run of the engine, as the actor may read it. `all_told`: there are no other clashes than these."""

    id: str
    result: str
    started_at: datetime
    milliseconds: int
    clashes: tuple[Clash, ...]
    all_told: bool
    gap: int | None
    gap_cost: int | None
    stopped_by: str
    limit: str
    has_best: bool
    failure: str

    @property
    def clash_ids(self) -> frozenset[str]:
        """The conditions in a clash that the actor may read."""
        return frozenset(pk for clash in self.clashes for pk in clash.condition_ids)


def answered(facts: Facts, attempt: Attempt, told: ClashesSeen | None) -> Answered:
    """An attempt that has been stored; `told` are its clashes as the actor may see them, None for the coordinator."""
    document: Mapping[str, Any] = attempt.outcome.get("outcome") or {}
    gap = document.get("gap") or {} if facts.leads else {}
    told = told or stored_clashes(attempt)
    ways = [told.ways_out, *([()] * len(told.clashes))]
    return Answered(
        id=attempt.pk,
        result=attempt.result,
        started_at=attempt.started_at,
        milliseconds=attempt.milliseconds,
        clashes=tuple(clash_of(facts, clash, way) for clash, way in zip(told.clashes, ways, strict=False)),
        all_told=told.all_told,
        gap=gap.get("likeness"),
        gap_cost=gap.get("cost"),
        stopped_by=document.get("stopped_by", ""),
        limit=document.get("limit", ""),
        has_best=document.get("best") is not None,
        failure=attempt.outcome.get("failure", ""),
    )


def stored_clashes(attempt: Attempt) -> ClashesSeen:
    """All that an attempt found, as the coordinator reads it."""
    outcome = attempt.outcome.get("outcome") or {}
    if outcome.get("kind") != "clash":
        return ClashesSeen()
    return ClashesSeen(
        clashes=(outcome, *attempt.outcome.get("others", ())),
        ways_out=attempt.outcome["ways_out"],
        all_told=attempt.outcome.get("all_told", not outcome["others_exist"]),
    )


def clash_of(facts: Facts, document: Mapping[str, Any], ways: Sequence[Mapping[str, Any]] = ()) -> Clash:
    """A clash in a document of the engine; what the actor may not read is named by its owner only."""
    owners = {member["condition"]: member["owner"] for member in document["members"]}
    return Clash(
        members=tuple(_member(facts, member) for member in document["members"]),
        smallest=document["smallest"],
        others_exist=document["others_exist"],
        ways_out=tuple(_way(facts, way, owners) for way in ways),
        given=named_values(facts, document.get("given", {})),
    )


def _member(facts: Facts, member: Mapping[str, Any]) -> Member:
    stated = facts.conditions.get(member["condition"])
    alike = () if stated is None else facts.alike(stated)
    return Member(
        because=because_of(facts, member["condition"], member["owner"]),
        unlocks=member["unlocks"],
        example=named_values(facts, member["example"]),
        alike=alike[:NAMED],
        alike_more=max(len(alike) - NAMED, 0),
    )


def _way(facts: Facts, way: Mapping[str, Any], owners: Mapping[str, str]) -> Way:
    given_up = tuple(because_of(facts, pk, owners.get(pk)) for pk in way["conditions"])
    return Way(given_up=given_up, price=None if any(because.hidden for because in given_up) else way["price"])


def named_values(facts: Facts, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Aspects and options by their labels, in the aspects' order."""
    return tuple((topic.label, topic.label_of(values[topic.id])) for topic in facts.topics if topic.id in values)


def prices_of(facts: Facts, options_of: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Price]:
    """The price of every option of the frame, by option; `options_of` is aspect → option → price."""
    owners = {stated.id: stated.owner_id for stated in facts.conditions.values()}
    found: dict[str, Price] = {}
    for options in options_of.values():
        for option_id, row in options.items():
            price = row.get("price") or {}
            found[option_id] = Price(
                state=row["state"],
                differing=price.get("likeness", 0),
                cost=price.get("cost", 0) if facts.leads else None,
                blocked_by=tuple(because_of(facts, pk, owners.get(pk)) for pk in row.get("blocked_by", ())),
            )
    return found

"""The balance of a matter: what each part and the whole gives and gets, with and without deciding together (C2, K, N4).

Adapting (K1) is weighed by the engine, explaining (K2) counted from the journal. Everybody reads its own figures; the
coordinator reads all; the sums over the whole are told where none of them can be worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry
from samordna.domain.decisions.effort import Minutes, acts_of, also, counted, estimated, is_yearly, kronor_in
from samordna.domain.decisions.models import TimeEstimate
from samordna.domain.decisions.queries.board import Head, head_of
from samordna.domain.decisions.queries.facts import Facts, facts_of
from samordna.domain.decisions.queries.likeness import needs_of
from samordna.domain.decisions.queries.proposals import Tab, looked_at, proposals_of, tab_of
from samordna.domain.decisions.queries.seen import seen
from samordna.domain.decisions.queries.shape import Shape
from samordna.domain.decisions.queries.weights import Span, Weighed, weights_of
from samordna.domain.decisions.rates import Rates
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.models import Matter

SHOWN, MOST = 25, 300
"""So many participants are listed on the page at once, and so many at all; the rest is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """Time put in by one part. `rate`: the latest that counts; `kronor` and `in_unit` are what it costs, at the rate of
    each day. All None where that is not known."""

    minutes: Minutes
    is_estimate: bool = False
    rate: int | None = None
    kronor: Span | None = None
    in_unit: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One participant: its balance, its needs, its time. `after_time`: its net with the time of explaining taken off.

    `weighed` is None where nothing has been weighed, or its figures are not the actor's to read; `time` likewise.
    """

    organisation_id: str
    name: str
    own: bool
    met: int
    needs: int
    weighed: Weighed | None
    time: Time | None
    after_time: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The whole. `after_time`: with all time taken off, in a first year. `months`: after how many it is paid back.

    `unrated`: how many that have put in time have not said what an hour costs, so that theirs is not counted.
    """

    weighed: Weighed
    minutes: Minutes
    kronor: Span
    unrated: int
    after_time: Span | None
    months: int | None

    @property
    def verdict(self) -> str:
        """Worth it, not worth it, or cannot be said, with the time of explaining counted where it can be."""
        net = self.after_time or self.weighed.net
        if net.low > 0:
            return "worth_it"
        return "not_worth_it" if net.high < 0 else "cannot_say"

    @property
    def lacking(self) -> int:
        """How much more the whole would have to gain, or how much less it would have to give, likely, to come out even."""
        return max(0, -(self.after_time or self.weighed.net).likely)


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceSeen:
    """Everything on the page. `coordination` is the coordination's own time; `hidden`: whose figures are not read.

    `common_met` of `common_needs` are needs of the coordination. `in_money`: the matter's unit is money; `yearly`: a year.
    """

    head: Head
    facts: Facts
    current: Tab | None
    parts: tuple[Part, ...]
    whole: Whole | None
    coordination: Time | None
    hidden: int
    common_met: int
    common_needs: int
    in_money: bool
    yearly: bool
    at_work: float | None

    @property
    def losing(self) -> tuple[Part, ...]:
        """Those that are certainly worse off, the most first."""
        found = [part for part in self.parts if part.weighed and part.weighed.verdict == "not_worth_it"]
        return tuple(sorted(found, key=_net))

    @property
    def gaining(self) -> tuple[Part, ...]:
        """Those that certainly gain, the most first."""
        found = [part for part in self.parts if part.weighed and part.weighed.verdict == "worth_it"]
        return tuple(sorted(found, key=_net, reverse=True))

    @property
    def widest(self) -> tuple[Part, ...]:
        """Those whose estimates are the widest: better ones from them say the most about the whole."""
        found = [part for part in self.parts if part.weighed and not part.weighed.net.certain]
        return tuple(sorted(found, key=_width, reverse=True)[:3])

    @property
    def unstated(self) -> str:
        """Who has stated nothing to weigh: "all", as far as the coordinator reads, "own", or "" for neither."""
        weighed = [part.weighed for part in self.parts if part.weighed]
        if not weighed or not all(one.blank for one in weighed):
            return ""
        return "all" if self.facts.leads else "own"

    @property
    def blank(self) -> tuple[Part, ...]:
        """Those who have stated nothing that could be weighed, as far as the actor may read it."""
        return tuple(part for part in self.parts if part.weighed and part.weighed.blank)

    @property
    def shown(self) -> tuple[Part, ...]:
        """One's own part first, then those with the largest net, whichever way: so many as can be taken in at once."""
        return self._by_size[:SHOWN]

    @property
    def folded(self) -> tuple[Part, ...]:
        """The others, up to a limit."""
        return self._by_size[SHOWN:MOST]

    @property
    def _by_size(self) -> tuple[Part, ...]:
        return tuple(sorted(self.parts, key=_size))

    @property
    def scale(self) -> int:
        """The largest net amount of a participant, for bars."""
        nets = [part.weighed.net for part in self.parts if part.weighed]
        return max((max(abs(net.low), abs(net.high)) for net in nets), default=0)

    @property
    def nets(self) -> dict[str, int]:
        """The likely nets of those whose figures are read."""
        return {part.organisation_id: part.weighed.net.likely for part in self.parts if part.weighed}


def _size(part: Part) -> tuple[bool, bool, int, str]:
    net = part.weighed.net if part.weighed else None
    return (not part.own, net is None, -max(abs(net.low), abs(net.likely), abs(net.high)) if net else 0, part.name)


def _net(part: Part) -> tuple[int, str]:
    return (part.weighed.net.likely if part.weighed else 0, part.name)


def _width(part: Part) -> int:
    return part.weighed.net.high - part.weighed.net.low if part.weighed else 0


def balance_of(*, actor: Actor, matter_id: str, proposal_id: str = "", at: datetime, patient: bool = False) -> BalanceSeen:
    """The balance with one of the matter's proposals (see `looked_at`), in a constant number of queries."""
    matter = matter_for(actor, matter_id, at=at)
    facts = facts_of(actor, matter, at)
    current = looked_at(proposals_of(actor, matter, at), proposal_id)
    told = seen(actor, facts, current, at, patient=patient)
    weights = weights_of(facts, told.balance)
    weighed = {} if weights is None else {part.organisation_id: part for part in weights.parts}
    times = times_of(matter, facts)
    met = needs_met(facts, told.shape)
    parts = tuple(
        _part(said.organisation_id, said.name, said.own, weighed, times, facts, met.get(said.organisation_id, (0, 0)))
        for said in facts.saids
    )
    common = met.get("", (0, 0))
    return BalanceSeen(
        head=head_of(matter),
        facts=facts,
        current=tab_of(current, actor) if current else None,
        parts=tuple(sorted(parts, key=lambda part: (not part.own, part.weighed is None, _net(part)))),
        whole=_whole(matter, weights.whole, times) if weights and weights.whole else None,
        coordination=times.get("") if facts.leads else None,
        hidden=0 if weights is None else weights.hidden,
        common_met=common[0],
        common_needs=common[1],
        in_money=kronor_in(matter.unit) is not None,
        yearly=is_yearly(matter.unit),
        at_work=told.at_work,
    )


def needs_met(facts: Facts, shape: Shape) -> dict[str, tuple[int, int]]:
    """How many needs each has met and how many it has, by organisation; "" is the coordination."""
    found: dict[str, tuple[int, int]] = {}
    for need in needs_of(facts, shape):
        met, needs = found.get(need.owner_id, (0, 0))
        found[need.owner_id] = (met + (need.is_met is True), needs + 1)
    return found


def _part(
    pk: str,
    name: str,
    own: bool,
    weighed: Mapping[str, Weighed],
    times: Mapping[str, Time],
    facts: Facts,
    needs: tuple[int, int],
) -> Part:
    time = times.get(pk, Time(minutes=Minutes())) if facts.reads_figures_of(pk) else None
    balance = weighed.get(pk)
    taken = balance.net.less(time.in_unit) if balance and time and time.in_unit else None
    return Part(
        organisation_id=pk,
        name=name,
        own=own,
        met=needs[0],
        needs=needs[1],
        weighed=balance,
        time=time,
        after_time=taken,
    )


def times_of(matter: Matter, facts: Facts) -> dict[str, Time]:
    """The time each has put into the matter, by organisation; "" is everybody who does not take part.

    Each hour costs what an hour cost on its day; an estimate what it cost on the day when it was made.
    """
    host, rows = matter.collaboration.host_id, JournalEntry.objects.filter(matter_id=matter.pk).exclude(organisation_id="")
    rates, found = Rates([*facts.names, host]), dict[str, Priced]()

    def priced(organisation_id: str, day: date) -> tuple[str, int | None]:
        owner = organisation_id if organisation_id in facts.names else ""
        return owner, rates.on(owner or host, day)

    acts = acts_of(rows.order_by("sequence").values("organisation_id", "person_id", "at"))
    by_rate = counted((priced(of, clock.day(at)), person, at) for of, person, at in acts).items()
    met = ((priced(of, day), minutes) for (of, day), minutes in also(matter.pk).items())
    for (owner, rate), minutes in (*by_rate, *met):
        found.setdefault(owner, []).append((minutes, rate))
    said = {row.organisation_id or "": row for row in TimeEstimate.objects.filter(matter=matter)}
    for owner, row in said.items():
        found[owner] = [(estimated(row.hours), rates.on(owner or host, clock.day(row.stated_at)))]
    unit = kronor_in(matter.unit)
    return {pk: _time(spent, pk in said, unit) for pk, spent in found.items()}


Priced = list[tuple[Minutes, int | None]]
"""Time, and what an hour of it costs."""


def _time(spent: Priced, is_estimate: bool, unit: int | None) -> Time:
    minutes = sum((minutes for minutes, _rate in spent), Minutes())
    dear = [(minutes, rate) for minutes, rate in spent if rate is not None]
    if not dear:
        return Time(minutes=minutes, is_estimate=is_estimate)
    low, likely, high = (sum(each) for each in zip(*(minutes.kronor(rate) for minutes, rate in dear), strict=True))
    kronor = Span(low=low, likely=likely, high=high)
    in_unit = None if unit is None else Span(low=low // unit, likely=round(likely / unit), high=-(-high // unit))
    return Time(minutes=minutes, is_estimate=is_estimate, rate=dear[-1][1], kronor=kronor, in_unit=in_unit)


def _whole(matter: Matter, weighed: Weighed, times: Mapping[str, Time]) -> Whole:
    kronor = Span(
        low=sum(time.kronor.low for time in times.values() if time.kronor),
        likely=sum(time.kronor.likely for time in times.values() if time.kronor),
        high=sum(time.kronor.high for time in times.values() if time.kronor),
    )
    unit = kronor_in(matter.unit)
    after = None
    if unit is not None and kronor.high:
        spent = Span(low=kronor.low // unit, likely=round(kronor.likely / unit), high=-(-kronor.high // unit))
        after = weighed.net.less(spent)
    return Whole(
        weighed=weighed,
        minutes=sum((time.minutes for time in times.values()), Minutes()),
        kronor=kronor,
        unrated=sum(1 for time in times.values() if time.rate is None),
        after_time=after,
        months=_months(weighed.net.likely, kronor.likely, unit) if is_yearly(matter.unit) else None,
    )


def _months(net: int, kronor: int, unit: int | None) -> int | None:
    """After how many months a yearly net has paid the time back; None where it never does."""
    if unit is None or net <= 0 or not kronor:
        return None
    return -(-12 * kronor // (net * unit))

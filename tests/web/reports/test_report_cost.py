"""What a year's meetings cost in kronor: told together, and only where nobody's price of an hour can be worked out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given as each
from hypothesis import strategies as st

from samordna.core import clock
from samordna.domain.decisions.models import HourlyRate
from samordna.domain.forums.models import Forum, Meeting, Ownership, Seat
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Role
from samordna.domain.reports.money import in_two_figures, together
from samordna.domain.reports.queries.gathering import gather
from samordna.domain.reports.queries.happened import _in_kronor
from samordna.domain.worth.attending import There
from samordna.domain.worth.queries.costs import _cost
from tests import factories as f
from tests.domain.forums.world import world

NAMES = tuple("abcdef")


PAST = datetime(2024, 1, 1, tzinfo=UTC)
MARCH, DECEMBER = datetime(2025, 3, 3, 9, tzinfo=UTC), datetime(2025, 12, 15, 9, tzinfo=UTC)


def costly(*amounts, since=None, meetings=(MARCH,), apart=()):
    """What is told of meetings of two hours where so many sat, each for an organisation with its price of an hour, that
    holds `since` a day. `apart`: which of them sat in a forum of its own besides, that met in March."""
    met = world()
    Ownership.objects.update(asked_at=PAST, accepted_at=PAST)
    other = Forum.objects.create(name="Avskilt", purpose="x", prepares=met.forum.prepares, started_at=PAST)
    Ownership.objects.create(forum=other, collaboration=met.given.collaboration, asked_at=PAST, accepted_at=PAST)
    for number, amount in enumerate(amounts):
        of = f.participation(met.given.collaboration, f.organisation(f"Kommun {number}")).organisation
        chief = f.actor(of, RoleKind.MANAGER)
        met.seat(chief)
        if number in apart:
            Seat.objects.create(forum=other, role_id=chief.role_id, valid_from=date(2024, 1, 1))
        if amount:
            HourlyRate.objects.create(
                organisation=of, amount=amount, set_at=f.NOW, set_by_id=chief.holding_id, valid_from=since
            )
    for forum, at in [(met.forum, at) for at in meetings] + [(other, MARCH)] * bool(apart):
        ends = at + timedelta(hours=2)
        Meeting.objects.create(forum=forum, starts_at=at, ends_at=ends, planned_at=at, held_at=at, state="held")
    for sat in (Seat, Holding, Role):
        sat.objects.update(valid_from=date(2024, 1, 1))
    return gather(met.given.collaboration, 2025, "sv", clock.now())["cost"][1].text


@pytest.mark.django_db
def test_the_time_of_four_is_told_in_kronor_together_and_how_many_have_said_nothing():
    told = costly(500, 600, 450, 700, None)
    assert "4 organisationer har angett vad en timme kostar" in told
    assert "ungefär 4\xa0500 kronor" in told
    assert "1 har inte gjort det." in told


@pytest.mark.django_db
@pytest.mark.parametrize("amounts", [(500, 600, 450), (500, 600, 450, 9_000)])
def test_the_kronor_of_few_or_of_one_that_is_nearly_all_are_not_told(amounts):
    told = costly(*amounts)
    assert "räkna ut" in told
    assert "ungefär" not in told


@pytest.mark.django_db
def test_where_nobody_has_said_what_an_hour_costs_that_is_said():
    assert "Ingen organisation har angett" in costly(None, None)


@pytest.mark.django_db
def test_a_price_that_held_at_some_meetings_only_is_not_told_as_if_it_held_at_all():
    told = costly(500, 600, 450, 700, since=date(2025, 12, 1), meetings=(MARCH, DECEMBER))
    assert "Ingen organisation har angett vad en timme kostar för alla sina möten" in told
    assert "4\xa0500" not in told


@pytest.mark.django_db
def test_the_sum_says_for_how_many_hours_it_is():
    told = costly(500, 600, 450, 700, None, since=date(2025, 1, 1), meetings=(MARCH, DECEMBER))
    assert "Deras 16,0 timmar motsvarar ungefär 9\xa0000 kronor" in told


@pytest.mark.django_db
def test_who_has_a_price_in_one_forum_and_not_in_another_has_not_said_it():
    told = costly(500, 600, 450, 700, 800, since=date(2025, 12, 1), meetings=(DECEMBER,), apart=(4,))
    assert "4 organisationer har angett" in told
    assert "Deras 8,0 timmar motsvarar ungefär 4\xa0500 kronor" in told
    assert "1 har inte gjort det." in told


class Prices:
    """What an hour costs from a day on, by organisation."""

    def __init__(self, since):
        self.since = since

    def on(self, of, day):
        """The price on the day; none before the first one."""
        return max(((from_on, amount) for from_on, amount in self.since.get(of, ()) if from_on <= day), default=(0, None))[
            1
        ]


DAYS = st.integers(1, 300).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
WHO = st.fixed_dictionaries({}, optional={name: st.integers(1, 3) for name in NAMES})
MEETINGS = st.lists(st.tuples(st.sampled_from("xy"), DAYS, st.sampled_from((30, 60, 120)), WHO), min_size=1, max_size=6)
SINCE = st.just(date(2025, 1, 1)) | DAYS
PRICES = st.fixed_dictionaries(
    {name: st.lists(st.tuples(SINCE, st.sampled_from((200, 500, 900, 6_000))), min_size=1, max_size=2) for name in NAMES}
)


def told_of(meetings, prices):
    """The words of a report about these meetings: (forum, day, minutes, who)."""
    held = [
        SimpleNamespace(pk=str(n), forum_id=forum, starts_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        for n, (forum, day, _minutes, _who) in enumerate(meetings)
    ]
    there = {
        str(n): There(minutes=minutes, by_organisation=who, holdings=frozenset(), noted=True)
        for n, (_forum, _day, minutes, who) in enumerate(meetings)
    }
    rows = [
        _cost(SimpleNamespace(pk=forum, name=forum), held, there, None, all_kronor=True, known=({}, Prices(prices)))
        for forum in "xy"
    ]
    with translation.override("en"):
        return _in_kronor(rows, {})


@each(MEETINGS, PRICES)
def test_a_sum_is_of_those_alone_who_had_a_price_at_each_of_their_meetings_and_hides_each_of_them(meetings, prices):
    told, at = told_of(meetings, prices), Prices(prices)
    bills = {
        of: [(minutes * who[of], at.on(of, day)) for _forum, day, minutes, who in meetings if of in who] for of in NAMES
    }
    whole = {of: rows for of, rows in bills.items() if rows and all(price is not None for _minutes, price in rows)}
    cost = {of: sum(minutes * price for minutes, price in rows) / 60 for of, rows in whole.items()}
    if "come to about" not in told:
        shown = [sum(cost.values()) - own < 1.5 * max(cost.values(), default=0) + 10 for own in cost.values()]
        assert len(cost) < 4 or any(shown), "it is told where it can be"
        return
    assert told.startswith(f"{len(whole)} organisations")
    figure, hours = re.search(r"come to about ([\d\s,]+) kronor", told), re.search(r"Their ([\d.,]+) hours", told)
    assert abs(int(re.sub(r"\D", "", figure[1])) - sum(cost.values())) <= 0.05 * sum(cost.values()) + 10
    taken = sum(minutes for rows in whole.values() for minutes, _price in rows) / 60
    assert abs(float(hours[1].replace(",", "")) - taken) <= 0.05 * 2 * len(whole) + 0.05
    lacking = sum(1 for of, rows in bills.items() if rows and of not in whole)
    assert (f" {lacking} ha" in told) == bool(lacking)
    for reader, own in cost.items():
        others = [one for of, one in cost.items() if of != reader]
        assert len(others) >= 3, "whoever takes its own away is left with three or more"
        assert sum(cost.values()) - own >= 1.5 * max(others) - 10, "of which none is nearly all"


@each(st.permutations([900, 1_000, 1_100, 1_200]), st.sampled_from(range(4)))
def test_whoever_came_after_another_knows_its_price_too(amounts, after):
    kronor = dict(zip("abcd", amounts, strict=True))
    assert together(kronor, {}) == 4_200
    reader = "abcd"[after]
    assert together(kronor, {reader: frozenset("abcd") - {reader}}) is None
    assert together(kronor, {"z": frozenset("a")}) == 4_200
    assert together(kronor, {"z": frozenset("ab")}) is None


def test_whoever_may_know_anothers_price_and_may_not_is_told_nothing_in_either_case():
    prices = {"a": 40, "b": 70, "c": 10, "d": 10, "e": 10}
    assert together(prices, {}) is None, "b is most of what is left to a"
    assert together(prices, {"a": frozenset("b")}) is None, "a came after b, which lives on and tells a nothing"
    assert together({**prices, "b": 30}, {"a": frozenset("b")}) == 100


def test_a_sum_is_told_in_two_figures():
    assert [in_two_figures(n) for n in (0, 7, 94, 944, 183_712, 1_250_000)] == [0, 7, 94, 940, 180_000, 1_200_000]

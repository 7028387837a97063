"""What a year's meetings cost in kronor: told together, and only where nobody's price of an hour can be worked out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from samordna.core import clock
from samordna.domain.decisions.models import HourlyRate
from samordna.domain.forums.models import Meeting, Ownership, Seat
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Role
from samordna.domain.reports.money import LEAST_OTHERS, MOST_OF_ONE, in_two_figures, together
from samordna.domain.reports.queries.gathering import gather
from tests import factories as f
from tests.domain.forums.world import world

NAMES = tuple("abcdef")


def costly(*amounts):
    """What is told of a meeting of two hours where so many sat, each for an organisation with its price of an hour."""
    met = world()
    Ownership.objects.update(asked_at=datetime(2024, 1, 1, tzinfo=UTC), accepted_at=datetime(2024, 1, 1, tzinfo=UTC))
    for number, amount in enumerate(amounts):
        of = f.participation(met.given.collaboration, f.organisation(f"Kommun {number}")).organisation
        chief = f.actor(of, RoleKind.MANAGER)
        met.seat(chief)
        if amount:
            HourlyRate.objects.create(organisation=of, amount=amount, set_at=f.NOW, set_by_id=chief.holding_id)
    at = datetime(2025, 3, 3, 9, tzinfo=UTC)
    ends = at + timedelta(hours=2)
    Meeting.objects.create(forum=met.forum, starts_at=at, ends_at=ends, planned_at=at, held_at=at, state="held")
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


@each(
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 10**6), min_size=1),
    st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.sampled_from(NAMES))),
)
def test_nobody_is_left_with_a_sum_of_fewer_than_three_or_of_one_for_the_most_part(kronor, knows):
    if together(kronor, knows) is None:
        return
    for reader in NAMES:
        rest = [cost for of, cost in kronor.items() if of != reader and of not in knows.get(reader, ())]
        assert len(rest) >= LEAST_OTHERS
        assert max(rest) <= MOST_OF_ONE * sum(rest)


def test_a_sum_is_told_in_two_figures():
    assert [in_two_figures(n) for n in (0, 7, 94, 944, 183_712, 1_250_000)] == [0, 7, 94, 940, 180_000, 1_200_000]

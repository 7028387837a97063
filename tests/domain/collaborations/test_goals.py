from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.collaborations.enums import Direction
from samordna.domain.collaborations.goals import Aim, Fault, faults, reached, storable

LEVELS = st.decimals(min_value=-(10**11), max_value=10**11, places=4)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
AIMS = st.builds(
    Aim, direction=st.sampled_from(Direction.values), baseline=LEVELS, target=LEVELS, baseline_on=DAYS, target_on=DAYS
)


@given(AIMS)
def test_what_is_measurable_is_not_reached_already_unless_it_is_to_stay(aim):
    if not list(faults(aim)):
        assert reached(aim, aim.target)
        assert reached(aim, aim.baseline) == (aim.direction == Direction.KEEP)
        assert aim.baseline_on < aim.target_on


@given(AIMS)
def test_exactly_one_direction_suits_two_levels(aim):
    suiting = [way for way in Direction.values if not _levels_faulty(aim, way)]
    assert len(suiting) == 1


def _levels_faulty(aim, way):
    other = Aim(
        direction=way,
        baseline=aim.baseline,
        target=aim.target,
        baseline_on=date(2000, 1, 1),
        target_on=date(2001, 1, 1),
    )
    return list(faults(other))


@pytest.mark.parametrize("level", ["NaN", "Infinity", "0.00001", "1e12", "-1e30"])
def test_a_figure_that_cannot_be_kept_exactly_is_named(level):
    day = date(2026, 1, 1)
    aim = Aim(direction="up", baseline=Decimal(1), target=Decimal(level), baseline_on=day, target_on=day)
    assert not storable(Decimal(level))
    assert list(faults(aim)) == [("target", Fault.LEVEL), ("target_on", Fault.TIME)]

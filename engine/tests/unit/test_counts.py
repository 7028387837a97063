"""What the speed rests on, as counts: they are the same on every machine, however busy it is."""

from dataclasses import replace

import numpy as np
import pytest

from bench.families import question
from bench.ours import LIMITS, matter_of
from samordna_engine.limits import Deadline
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.network import elimination_order
from samordna_engine.projection.project import project


def projected(made):
    return project(matter_of(made), LIMITS.own_cells, Deadline.never())


def repeated(made, times):
    """The same question where everybody is there so many times."""
    people = np.arange(times) * made.count
    return replace(
        made,
        count=made.count * times,
        owner=(people[:, None] + made.owner).reshape(-1),
        stated=np.tile(made.stated, times),
        cost=tuple(np.tile(table, (times, 1)) for table in made.cost),
        benefit=np.tile(made.benefit, times),
    )


def test_network_is_as_large_for_many_participants_as_for_few():
    made = question("regions", 0)
    few, many = projected(made), projected(repeated(made, 20))
    assert {scope: table.size for scope, table in few.network.tables.items()} == {
        scope: table.size for scope, table in many.network.tables.items()
    }
    optimum = minimise(few.network, LIMITS.cells, Deadline.never())
    assert minimise(many.network, LIMITS.cells, Deadline.never()).value == 20 * optimum.value


@pytest.mark.parametrize(
    ("family", "seed", "cells", "widest"), [("kommuner", 0, 10_000, 4_000), ("national", 2, 3_200, 600)]
)
def test_network_has_no_more_cells_than_when_it_was_measured(family, seed, cells, widest):
    network = projected(question(family, seed)).network
    assert sum(table.size for table in network.tables.values()) <= cells
    assert elimination_order(network)[1] <= widest


def test_wide_network_is_solved_without_the_table_it_would_need():
    network = projected(question("regions-u", 0)).network
    assert elimination_order(network)[1] > LIMITS.cells
    found = minimise(network, LIMITS.cells, Deadline.never())
    assert found.value == found.bound

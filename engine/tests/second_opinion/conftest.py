from importlib.util import find_spec

import pytest

PEERS = ("ortools", "pysat", "pytoulbar2")


def pytest_collection_modifyitems(items):
    absent = [name for name in PEERS if find_spec(name) is None]
    for item in items:
        if absent and item.get_closest_marker("second_opinion"):
            item.add_marker(pytest.mark.skip(reason=f"{', '.join(absent)} not installed; see requirements/bench.lock"))

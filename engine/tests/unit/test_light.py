"""What the package has at once, and what it fetches when it is asked."""

import subprocess
import sys
from pathlib import Path

import pytest

import samordna_engine


def test_types_come_without_the_solver_and_without_numpy():
    said = "import sys, samordna_engine; print('numpy' in sys.modules, 'samordna_engine.settling' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_every_public_name_is_there_and_they_are_few():
    assert len(samordna_engine.__all__) == len(set(samordna_engine.__all__)) <= 40
    for name in samordna_engine.__all__:
        assert getattr(samordna_engine, name) is not None
    functions = [name for name in samordna_engine.__all__ if name.islower()]
    assert all(callable(getattr(samordna_engine, name)) for name in functions)


def test_no_module_has_the_name_of_a_function():
    """Else importing the module would put it where the function is looked for."""
    modules = {path.stem for path in Path(samordna_engine.__file__).parent.iterdir()}
    assert modules.isdisjoint(samordna_engine.__all__)


def test_what_does_not_exist_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'decide'"):
        _ = samordna_engine.decide

"""The engine needs numpy and nothing else, and gets along with the solvers that somebody may add."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ENGINE = Path(__file__).resolve().parents[2]
LOCK = ENGINE.parent / "requirements" / "bench.lock"
EXTRAS = ("ortools", "pysat", "pytoulbar2", "highspy", "cpmpy")


def run(program):
    """What a process of its own prints."""
    command = [sys.executable, "-c", textwrap.dedent(program)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ENGINE / "tests")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everything_is_there_without_any_extra():
    program = f"""
        import importlib, pkgutil, sys
        sys.path[:0] = ["../src"]

        class Absent:
            def find_spec(self, name, path=None, target=None):
                if name.split(".")[0] in {EXTRAS!r}:
                    raise ImportError(name)

        sys.meta_path.insert(0, Absent())
        import samordna_engine
        for found in pkgutil.walk_packages(samordna_engine.__path__, "samordna_engine."):
            importlib.import_module(found.name)
        from families import family
        for clash in (False, True):
            print(type(samordna_engine.settle(family(6, 6, 1, clash=clash))).__name__)
    """
    assert run(program).split() == ["Settled", "Clash"]


def test_no_extra_is_loaded_before_it_is_needed():
    program = f"""
        import sys
        sys.path[:0] = ["../src"]
        import samordna_engine
        from families import family
        samordna_engine.settle(family(3, 4, 0))
        print([name for name in {EXTRAS!r} if name in sys.modules])
    """
    assert run(program).strip() == "[]"


@pytest.mark.skipif(not LOCK.exists(), reason="the engine is without the repository around it")
def test_highs_comes_with_ortools_only():
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(), re.MULTILINE))
    assert "ortools" in locked
    assert "highspy" not in locked


@pytest.mark.second_opinion
def test_engine_and_ortools_live_in_one_process():
    pytest.importorskip("ortools")
    program = """
        import sys
        sys.path[:0] = ["../src"]
        from families import family
        from ortools.linear_solver import pywraplp
        from ortools.sat.python import cp_model
        import samordna_engine
        assert pywraplp.Solver.CreateSolver("HIGHS")
        assert cp_model.CpSolver().solve(cp_model.CpModel()) == cp_model.OPTIMAL
        print(type(samordna_engine.settle(family(3, 4, 0))).__name__, "highspy" in sys.modules)
    """
    assert run(program).split()[-2:] == ["Settled", "False"]

"""How long it takes to import each library, in an interpreter of its own, beyond what the interpreter itself takes."""

import resource
import subprocess
import sys
from time import perf_counter

from bench.answer import Answer, Status
from bench.families import Question


def samordna(question: Question, limit: float) -> Answer:
    """What settles, and with it the solver and numpy."""
    return _imported("from samordna_engine import settle")


def samordnatypes(question: Question, limit: float) -> Answer:
    """The package alone: the types of questions and answers; the solver and numpy come when they are asked for."""
    return _imported("import samordna_engine")


def toulbar2(question: Question, limit: float) -> Answer:
    """pytoulbar2."""
    return _imported("import pytoulbar2")


def rc2(question: Question, limit: float) -> Answer:
    """PySAT with RC2."""
    return _imported("import pysat.examples.rc2")


def cpsat(question: Question, limit: float) -> Answer:
    """OR-Tools with CP-SAT."""
    return _imported("import ortools.sat.python.cp_model")


def cpmpy(question: Question, limit: float) -> Answer:
    """CPMpy."""
    return _imported("import cpmpy")


def _imported(program: str) -> Answer:
    _taken(program)  # so that the files are at hand
    (seconds, clock), (bare, bare_clock) = _taken(program), _taken("pass")
    return Answer(status=Status.PROVED, seconds=max(seconds - bare, 0.0), clock=max(clock - bare_clock, 0.0))


def _taken(program: str) -> tuple[float, float]:
    """Seconds of processor and of the clock for an interpreter that runs a program."""
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter() - clock
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock

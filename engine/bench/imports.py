"""How long it takes to import each library, in an interpreter of its own, beyond what the interpreter itself takes."""

import resource
import subprocess
import sys

from bench.answer import Answer, Status
from bench.families import Question


def samordna(question: Question, limit: float) -> Answer:
    """The engine, numpy included."""
    return _imported("samordna_engine")


def toulbar2(question: Question, limit: float) -> Answer:
    """pytoulbar2."""
    return _imported("pytoulbar2")


def rc2(question: Question, limit: float) -> Answer:
    """PySAT with RC2."""
    return _imported("pysat.examples.rc2")


def cpsat(question: Question, limit: float) -> Answer:
    """OR-Tools with CP-SAT."""
    return _imported("ortools.sat.python.cp_model")


def cpmpy(question: Question, limit: float) -> Answer:
    """CPMpy."""
    return _imported("cpmpy")


def _imported(module: str) -> Answer:
    _taken(f"import {module}")  # so that the files are at hand
    return Answer(status=Status.PROVED, seconds=max(_taken(f"import {module}") - _taken("pass"), 0.0))


def _taken(program: str) -> float:
    """Processor time of an interpreter that runs a program, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

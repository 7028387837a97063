"""The example documents, read once."""

from functools import cache
from pathlib import Path

from samordna_engine.documents import read_problem

EXAMPLES = Path(__file__).parents[1] / "examples"


@cache
def example(name):
    return read_problem((EXAMPLES / f"{name}.json").read_bytes())

"""The same question gives the same bytes in another process, where sets have another order and threads are more."""

import os
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAM = """
import sys
from pathlib import Path
from samordna_engine import Clash, cheapest_ways_out, settle
from samordna_engine.documents import read_problem, write_answer, write_outcome
from samordna_engine.pricing import condition_prices
from samordna_engine.takes_part import who_takes_part
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    problem = read_problem(path.read_bytes())
    outcome = settle(problem)
    print(write_outcome(outcome), write_answer(who_takes_part(problem)), condition_prices(problem))
    print(cheapest_ways_out(problem, outcome) if isinstance(outcome, Clash) else "")
"""


def said(hashing, threads):
    environment = os.environ | {"PYTHONHASHSEED": hashing, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-c", PROGRAM, str(EXAMPLES)]
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout


def test_same_question_gives_the_same_bytes_whatever_the_order_of_sets_and_the_threads():
    first = said("1", "1")
    assert len(first) > 10_000
    assert said("2", "2") == first

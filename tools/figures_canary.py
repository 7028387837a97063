"""`canary_requests:` and `canary_leaks:`: every address by every kind of actor, every byte of the answers looked at.

SAMORDNA_CANARY_REQUESTS says how many requests are drawn besides those of the published page (0 asks everything there is;
here 8,000 unless told otherwise), and SAMORDNA_CANARY_SEED repeats a run. Also prints how many questions the policy and its
oracle were compared on.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ("tests/access/canary/test_matrix.py", "tests/access/test_oracle_agrees.py")
FIGURE = re.compile(r"^\.*((?:canary|access)_\w+: \d+)$", re.MULTILINE)


def main() -> int:
    """Run the tests that count, and print their figures alone; a failure is printed whole."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *TESTS]
    environment = {"SAMORDNA_CANARY_REQUESTS": "8000", "SAMORDNA_CANARY_WHOLE": "1"} | os.environ
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    for figure in FIGURE.findall(finished.stdout):
        print(figure)
    if finished.returncode:
        sys.stderr.write(finished.stdout + finished.stderr)
    return finished.returncode


if __name__ == "__main__":
    sys.exit(main())

"""What tests in a browser count: presses and fields from the link in a mail to a submitted position, keys on large boards.

SAMORDNA_PARTICIPANTS says how many take part on the boards (290 unless told otherwise).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from figures_site import ROOT, say

TESTS = ("tests/journeys/test_representative.py",)
FIGURE = re.compile(r"^\.*(journey_\w+|keyboard_\w+): (\d+)$", re.MULTILINE)


def main() -> int:
    """Run the tests, and print what they counted; a failure is printed whole."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:randomly", *TESTS]
    environment = {"SAMORDNA_PARTICIPANTS": "290"} | os.environ
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    for name, value in FIGURE.findall(finished.stdout):
        say(name, value)
    if finished.returncode:
        sys.stderr.write(finished.stdout + finished.stderr)
    return finished.returncode


if __name__ == "__main__":
    sys.exit(main())

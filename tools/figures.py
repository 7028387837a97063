"""`make figures`: every figure we promise, each as a line `name: value`.

Runs the tools beside it one after the other. Each prints its own seed where chance is involved. Names after the command
(`python tools/figures.py start pages`) choose among start, pages, mitt, documents, journeys, what_if,
reorganisation, notices, search, times, minutes, pack, calendars and canary.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
NAMES = (
    "start",
    "pages",
    "mitt",
    "documents",
    "journeys",
    "what_if",
    "reorganisation",
    "notices",
    "search",
    "times",
    "minutes",
    "pack",
    "calendars",
    "canary",
)


def main(chosen: list[str]) -> int:
    """Run the named tools, or all; the exit code is the number of those that failed."""
    failed = 0
    for name in chosen or NAMES:
        began = time.monotonic()
        finished = subprocess.run([sys.executable, TOOLS / f"figures_{name}.py"], cwd=TOOLS.parent)
        sys.stdout.write(f"figures_{name}_seconds: {time.monotonic() - began:.0f}\n")
        sys.stdout.flush()
        failed += finished.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

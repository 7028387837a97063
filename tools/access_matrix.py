"""Writes docs/reference/access-matrix.md: every address × every kind of actor → the answer (`write`, or `check`)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEST = "tests/access/canary/test_matrix.py"


def main(wish: str) -> int:
    """The site is asked in a test database, so that nothing real is touched."""
    environment = os.environ | {"SAMORDNA_WRITE_ACCESS_MATRIX" if wish == "write" else "SAMORDNA_CANARY_WHOLE": "1"}
    return subprocess.run([sys.executable, "-m", "pytest", "-q", TEST], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "write"))

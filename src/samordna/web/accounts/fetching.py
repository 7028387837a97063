"""Asking a provider over HTTPS: one address, no redirects, some seconds, a bounded answer; all else is `Unreachable`."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from samordna.domain.admissions.providers import LOOPBACK

SECONDS = 5.0
LARGEST = 1_000_000  # bytes


class Unreachable(Exception):
    """The provider did not answer in time, or not with what it should."""


def ask(address: str, *, headers: Mapping[str, str] | None = None, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """GET, or POST of a form; the answer's JSON object."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise Unreachable("not https")
    secure = parts.scheme == "https"
    connection = (HTTPSConnection if secure else HTTPConnection)(parts.hostname or "", parts.port, timeout=SECONDS)
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    body = urlencode(form) if form is not None else None
    sent = {"Accept": "application/json", **(headers or {})}
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request("POST" if body is not None else "GET", target, body, sent)
        answer = connection.getresponse()
        text = _read(answer)
        if answer.status != 200:
            raise Unreachable(f"status {answer.status}")
        data = json.loads(text)
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        connection.close()
    if not isinstance(data, dict):
        raise Unreachable("no object")
    return data


def _read(answer: Any) -> bytes:
    """The body, if it comes in time: each piece is waited for, and the whole is too."""
    until, pieces, size = time.monotonic() + 2 * SECONDS, [], 0
    while piece := answer.read1(65_536):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST or time.monotonic() > until:
            raise Unreachable("too much, or too slow")
    return b"".join(pieces)

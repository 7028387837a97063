"""The log of the server: one JSON object per line, for machines, without a word about anybody.

A line of a request has its id, method, the address's pattern (`fragor/<matter_id>/`, never the address itself: it may hold
a one-time link), the status and the time it took. What any program says is kept as its pattern too, without the values that
were put into it. Of an exception its type and where it was raised are kept, not its message: that may quote what somebody
typed. What a person did is in the journal, where the people it concerns can read it.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
PERSONAL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+|\b\d{6}(?:\d{2})?[-+]?\d{4}\b|[A-Za-z0-9_=+/-]{24,}")
"""What could be an address for mail, a personal number or a secret, should a library put it into its own words."""
FRAMES = 6

request_id: ContextVar[str] = ContextVar("id of the request", default="")
log = logging.getLogger("samordna.request")


def requests(respond: Respond) -> Respond:
    """Give every request an id, which the answer carries too, and write one line about it."""

    def follow(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        known = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        token, begun = request_id.set(known), perf_counter()
        try:
            response = respond(request)
            if not request.path.startswith("/static/"):
                _write(request, response.status_code, perf_counter() - begun)
            response.headers["X-Request-ID"] = known
            return response
        finally:
            request_id.reset(token)

    return follow


def _write(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    about = {
        "method": request.method,
        "route": match.route if match else "",
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    log.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra={"about": about})


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": PERSONAL.sub("…", str(record.msg)[:500]),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= getattr(record, "about", {})
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-FRAMES:]
            line["where"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)

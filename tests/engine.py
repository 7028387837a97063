"""The engine, asked within the test's own process: the same frames, the same answers, and no process to start.

An installation asks it in a process of its own, which costs a third of a second of processor time each time: more than
most pages. Tests that are marked `engine_process` do so too: those of the processes themselves, of the command line, of P2,
and the journeys through the browser.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from samordna_engine.worker import answer_within_bounds, read_frame, write_frame


def ask_here(request: Mapping[str, Any]) -> dict[str, Any]:
    """What a worker would have answered: both ways as bytes, so that nothing passes that a pipe would not let through."""
    asked, answered = BytesIO(), BytesIO()
    write_frame(asked, dict(request))
    asked.seek(0)
    write_frame(answered, answer_within_bounds(asked, 0, 0))
    answered.seek(0)
    reply: dict[str, Any] = json.loads(read_frame(answered))
    return reply

"""A matter as a problem document of the engine: what the command line and other programs can calculate on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.decisions.problem import question_of
from samordna.domain.matters.access import matter_for
from samordna_engine.documents import problem_plain, write_problem


def problem_document(actor: Actor, matter_id: str, at: datetime) -> dict[str, Any]:
    """The question as plain data, over what the actor may read; conditions in prose are not in it."""
    matter = matter_for(actor, matter_id, "matter.read", at)
    document: dict[str, Any] = problem_plain(question_of(matter, at, reader=actor).problem)
    return document


def problem_text(actor: Actor, matter_id: str, at: datetime) -> str:
    """The same as text, indented for people."""
    matter = matter_for(actor, matter_id, "matter.read", at)
    return write_problem(question_of(matter, at, reader=actor).problem)

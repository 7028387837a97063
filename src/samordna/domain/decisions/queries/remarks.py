"""What is odd about what somebody has stated: told to its owner while it answers, and to the coordinator on the board.

Two kinds: conditions of one owner that nobody could meet together, and the same condition stated twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings

import samordna_engine as engine
from samordna.core.actor import Actor
from samordna.domain.decisions import solving
from samordna.domain.decisions.errands import AtWork
from samordna.domain.decisions.problem import Question, question_of
from samordna.domain.matters.models import Matter
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.queries.subjects import as_subjects

FEWEST = 2
"""One condition alone is never at odds with anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """`contradicts`: these cannot all be met by anybody; else they say the same. `owner` is "" for the coordination's."""

    contradicts: bool
    owner: str
    sentences: tuple[str, ...]
    condition_ids: tuple[str, ...]


def remarks_of(actor: Actor, matter: Matter, at: datetime, *, own: bool = False) -> tuple[Remark, ...]:
    """Everything odd in what the actor may read (`own`: in what its organisation has stated); the actor has the matter.

    Nothing where the engine has not answered in time: a contradiction then shows as a clash with a single owner.
    """
    question = question_of(matter, at, actor, actor.organisation_id or "")
    problem = _only(question.problem, actor.organisation_id) if own else question.problem
    if len(problem.conditions) < FEWEST:
        return ()
    queue = actor.organisation_id or ""
    try:
        reply = solving.ask({"do": "remarks"}, problem, queue=queue, patience=settings.PATIENCE_SECONDS)
    except AtWork:
        return ()
    return tuple(_remark(question, row) for row in reply.get("remarks", ()))


def _only(problem: engine.Problem, owner: str | None) -> engine.Problem:
    return replace(problem, conditions=tuple(c for c in problem.conditions if c.owner == owner), needs=())


def _remark(question: Question, row: Mapping[str, Any]) -> Remark:
    subjects = as_subjects(question.aspects.values())
    position = next((p for pk, p in question.positions.items() if pk == row["owner"]), None)
    return Remark(
        contradicts=row["kind"] == "contradicts_itself",
        owner=position.organisation.name if position else "",
        sentences=tuple(sentence_of(question.conditions[pk].rule, subjects) for pk in row["conditions"]),
        condition_ids=tuple(row["conditions"]),
    )

"""How much in detail to decide (O5): what is fixed without need, what is left open though conditions clash, what is right.

The engine tries every aspect shared in another way, all else as it is, over what the actor may read. What a proposal says
nothing of is left to each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings

from samordna.core.actor import Actor
from samordna.domain.decisions import solving
from samordna.domain.decisions.checking import as_left_open
from samordna.domain.decisions.models import FrameValue
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.queries.facts import Facts
from samordna.domain.decisions.queries.grounds import Because, because_of
from samordna.domain.matters.enums import Sharing


class Level(StrEnum):
    """Whether an aspect is decided at the right level. Everything but `RIGHT` and `CANNOT_SAY` calls for a choice."""

    NEEDLESSLY_FIXED = "needlessly_fixed"
    FIXED_AT_A_PRICE = "fixed_at_a_price"
    OPEN_THOUGH_CLASH = "open_though_clash"
    NEEDLESSLY_OPEN = "needlessly_open"
    RIGHT = "right"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectLevel:
    """What is said of one aspect. `clash`: the conditions that could not all be met if it were the same for all.

    `fewer` and `saved`: what the whole gains, in differences and in the matter's unit, if each could differ. `dearer`: what
    it would cost the whole to have it the same for all. The amounts are None where the actor may not read them.
    """

    aspect: str
    sharing: str
    sharing_label: str
    level: Level
    clash: tuple[Because, ...] = ()
    clashes_now: bool = False
    fewer: int = 0
    saved: int | None = None
    dearer: int | None = None

    @property
    def calls_for_a_choice(self) -> bool:
        """Is there something to do about it?"""
        return self.level not in {Level.RIGHT, Level.CANNOT_SAY}


def detail_of(
    actor: Actor, facts: Facts, at: datetime, proposal_id: str = "", *, patient: bool = False
) -> tuple[AspectLevel, ...]:
    """The report, aspect by aspect, for the matter or for one of its proposals; empty when not found in time.

    Raises as `solving.ask` does, also `AtWork` unless `patient`.
    """
    if not facts.topics:
        return ()
    problem = question_of(facts.matter, at, reader=actor).problem
    if proposal_id:
        frame = FrameValue.objects.filter(proposal_id=proposal_id).values_list("aspect_id", "option_id")
        problem = as_left_open(problem, dict(frame))
    queue = actor.organisation_id or ""
    patience = None if patient else settings.PATIENCE_SECONDS
    reply = solving.ask({"do": "detail"}, problem, queue=queue, patience=patience)
    labels = {topic.id: topic.label for topic in facts.topics}
    return tuple(_level(facts, labels[row["aspect"]], row) for row in reply.get("detail", ()))


def _level(facts: Facts, label: str, row: Mapping[str, Any]) -> AspectLevel:
    by = {alternative["sharing"]: alternative for alternative in row["alternatives"]}
    common = by.get(Sharing.COMMON, {})
    level = _named(row["level"], row["sharing"])
    changes = [a["change"] for a in by.values() if a.get("change")]
    return AspectLevel(
        aspect=label,
        sharing=row["sharing"],
        sharing_label=str(Sharing(row["sharing"]).label),
        level=level,
        clash=tuple(_reasons(facts, common)),
        clashes_now=level is Level.FIXED_AT_A_PRICE and not changes,
        fewer=max((-change["likeness"] for change in changes), default=0),
        saved=max((-change["cost"] for change in changes), default=0) if facts.leads else None,
        dearer=common["change"]["cost"] if facts.leads and common.get("change") else None,
    )


def _named(level: str, sharing: str) -> Level:
    """The same unless necessary is right: a difference there has its reason, and without one all are alike.

    What is left to each has no reasons, so there it matters whether conditions pull apart, or nobody needs the room.
    """
    match level:
        case "open_of_necessity" if sharing == Sharing.LOCAL:
            return Level.OPEN_THOUGH_CLASH
        case "needlessly_open" if sharing == Sharing.LOCAL:
            return Level.NEEDLESSLY_OPEN
        case "open_of_necessity" | "needlessly_open" | "open_at_a_gain":
            return Level.RIGHT
    return Level(level)


def _reasons(facts: Facts, common: Mapping[str, Any]) -> Iterable[Because]:
    for pk in common.get("conditions", ()):
        stated = facts.conditions.get(pk)
        yield because_of(facts, pk, stated.owner_id if stated else None)

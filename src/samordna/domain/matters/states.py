"""The stages of a matter as a table: which steps exist, what each is called in the journal, and which are a skip.

A step forward goes to the next stage of the loop. Going further is a skip, and a skip is a recorded act with a reason.
Going back is allowed where the table says so. Nothing goes past weighing without having been through gathering.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samordna.domain.matters.enums import MatterStage, PositionState

S = MatterStage

LOOP: Final = (S.DRAFT, S.GATHERING, S.WEIGHING, S.CONSULTATION, S.ADOPTION, S.IN_FORCE)
CLOSED: Final = frozenset({S.REPLACED, S.LET_BE, S.WITHDRAWN})
ANSWERABLE: Final = frozenset({S.GATHERING, S.WEIGHING, S.CONSULTATION, S.ADOPTION})
UNHEARD: Final = frozenset({PositionState.SILENT, PositionState.STARTED})
HEARD: Final = frozenset({PositionState.ANSWERED, PositionState.NO_CONDITIONS, PositionState.DECLINED})
SENT_IN: Final = frozenset({PositionState.ANSWERED, PositionState.NO_CONDITIONS})
"""Only what was sent in is somebody's word: a draft is shown as what it is, and counts nowhere (ADR 12)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way on: the journal's word for it, and whether it skips a stage and therefore needs a reason."""

    action: str
    skips: tuple[MatterStage, ...] = ()


TRANSITIONS: Final[dict[tuple[MatterStage, MatterStage], Step]] = {
    (S.DRAFT, S.GATHERING): Step(action="gathering_started"),
    (S.GATHERING, S.WEIGHING): Step(action="weighing_started"),
    (S.WEIGHING, S.GATHERING): Step(action="gathering_resumed"),
    (S.WEIGHING, S.CONSULTATION): Step(action="consultation_started"),
    (S.WEIGHING, S.ADOPTION): Step(action="adoption_started", skips=(S.CONSULTATION,)),
    (S.WEIGHING, S.IN_FORCE): Step(action="matter_settled", skips=(S.CONSULTATION, S.ADOPTION)),
    **{(stage, S.GATHERING): Step(action="gathering_resumed") for stage in (S.CONSULTATION, S.ADOPTION, S.IN_FORCE)},
    (S.CONSULTATION, S.WEIGHING): Step(action="weighing_resumed"),
    (S.CONSULTATION, S.ADOPTION): Step(action="adoption_started"),
    (S.CONSULTATION, S.IN_FORCE): Step(action="matter_settled", skips=(S.ADOPTION,)),
    (S.ADOPTION, S.WEIGHING): Step(action="weighing_resumed"),
    (S.ADOPTION, S.IN_FORCE): Step(action="matter_settled"),
    (S.IN_FORCE, S.WEIGHING): Step(action="weighing_resumed"),
    **{(stage, S.LET_BE): Step(action="matter_let_be") for stage in LOOP[1:5]},
    **{(stage, S.WITHDRAWN): Step(action="matter_withdrawn") for stage in LOOP},
    (S.LET_BE, S.GATHERING): Step(action="matter_reopened"),
    (S.IN_FORCE, S.REPLACED): Step(action="matter_replaced"),
}


def step(start: MatterStage, end: MatterStage) -> Step | None:
    """The step between two stages, if there is one."""
    return TRANSITIONS.get((start, end))


def ways_from(start: MatterStage) -> tuple[MatterStage, ...]:
    """Where one can go from a stage, in the order of the loop."""
    return tuple(end for begin, end in TRANSITIONS if begin == start)

"""The shapes of chains of change as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import BeforeValidator

from samordna.api.agreement_shapes import OwnRoutineIn
from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page

__all__ = ["Made", "ReasonIn"]

Sorted = Annotated[list[str], BeforeValidator(sorted)]
"""What has no order of its own, in the same order every time."""


class ChainAwaitedOut(Schema):
    """What a chain waits for: of whom, in what role, since when and by which day."""

    step: str
    what: str
    who: str
    role: str
    vacant: bool
    since: date
    by: date
    late: bool
    need_id: str
    change_id: str


class OpenChainOut(Schema):
    """One open chain, and the first thing that it waits for."""

    id: str
    title: str
    collaboration_id: str
    collaboration: str
    organisation_id: str | None
    owner: str
    shared: bool
    start_kind: str
    begun_on: date
    turn: int
    causes: list[str]
    needs: int
    changes: int
    waits: ChainAwaitedOut
    more: int


class OpenChainsOut(Page):
    """A page of open chains, those that are late first."""

    items: list[OpenChainOut]


class ChainStartOut(Schema):
    """What a turn began from; nothing of it where the reader may not read it."""

    kind: str
    title: str
    said: str
    hidden: bool
    corrected: bool


class ChainCauseOut(Schema):
    """One cause."""

    id: str
    kind: str
    text: str


class NeedPlacingOut(Schema):
    """One handing over of a change need, and the answer."""

    to: str
    words: str
    placed_on: date
    answer_by: date
    answer: str
    reason: str
    answered_on: date | None


class ChangeEffectOut(Schema):
    """What one came to when a change was measured again."""

    kind: str
    said: str
    on: date
    next_on: date | None


class ChangeThingOut(Schema):
    """What a change is made in, or seen by."""

    kind: str
    id: str
    title: str


class ChangeAgainOut(Schema):
    """What shows whether a change helped; `kind`: the effect that it speaks for, "" where that is not to be seen."""

    id: str
    text: str
    kind: str


class EarlierPlanOut(Schema):
    """How a change was planned until that day, and why it was planned anew."""

    role: str
    by: date
    measure_on: date
    reason: str
    until: date


class PlannedChangeOut(Schema):
    """One change."""

    id: str
    what: str
    for_the_individual: str
    convenience: str
    role: str
    role_organisation: str
    vacant: bool
    by: date
    target: ChangeThingOut | None
    target_hidden: bool
    measured: ChangeThingOut | None
    measure_text: str
    measure_on: date
    earlier: list[EarlierPlanOut]
    closed_on: date | None
    done: bool
    words: str
    effects: list[ChangeEffectOut]
    again: ChangeAgainOut | None


class ChangeNeedOut(Schema):
    """One change need, whose it is, and what is done about it. `acts`: what the reader may do with it."""

    id: str
    text: str
    cause: str
    state: str
    holder: str
    asked: str
    coordinated: bool
    placings: list[NeedPlacingOut]
    raised: list[ChangeThingOut]
    changes: list[PlannedChangeOut]
    ended_reason: str
    acts: Sorted


class ChainTurnOut(Schema):
    """One turn of a chain. `fingerprint`: of its finding, for whoever writes that anew."""

    number: int
    start: ChainStartOut
    begun_on: date
    analyse_by: date
    finding: str
    fingerprint: str
    causes: list[ChainCauseOut]
    needs: list[ChangeNeedOut]
    none_reason: str
    concluded_on: date | None
    outcome: str
    closed_on: date | None


class ChainOut(Schema):
    """One chain in full."""

    id: str
    title: str
    collaboration_id: str
    organisation_id: str | None
    owner: str
    shared: bool
    begun_on: date
    closed_on: date | None
    outcome: str
    turns: list[ChainTurnOut]
    waits: list[ChainAwaitedOut]
    acts: Sorted


class ChainTurnIn(Schema):
    """What a turn begins from: something seen (`said`), or a thing by its kind, id and where in it."""

    kind: str = "observed"
    thing_id: str = ""
    key: str = ""
    said: str = ""
    analyse_by: date | None = None


class ChainIn(ChainTurnIn):
    """A new chain."""

    title: str


class FindingIn(Schema):
    """What a result says. `seen`: the fingerprint of what one began from."""

    finding: str
    seen: str = ""


class CauseIn(Schema):
    """One cause."""

    kind: str
    text: str


class ChangeNeedIn(Schema):
    """What has to change, and the cause that it comes of."""

    text: str
    cause_id: str = ""


class ConclusionIn(Schema):
    """The analysis is done; why nothing has to change, if that is so."""

    none_reason: str = ""


class NeedPlacingIn(Schema):
    """Whose a change need is: an organisation's id, or `coordination`."""

    to: str
    words: str = ""
    answer_by: date | None = None


class NeedAnswerIn(Schema):
    """`taken`, `sent_back` or `refused`, the latter two with a reason."""

    answer: str
    reason: str = ""


class ChangePlanIn(Schema):
    """What is changed, by which role and day, in what, and how one will see whether it helped."""

    what: str
    for_the_individual: str
    convenience: str = ""
    role_id: str
    by: date
    target_kind: str = ""
    target_id: str = ""
    measure_kind: str = "words"
    measure_id: str = ""
    measure_text: str = ""
    measure_on: date


class RaisedDocumentIn(OwnRoutineIn):
    """A document to begin because of a change need: of the collaboration, or of one's own organisation."""


class RaisedVersionIn(Schema):
    """The document of which a version is begun because of a change need."""

    agreement_id: str


class RaisedRevisionIn(Schema):
    """The decision that is changed because of a change need, and why."""

    decision_id: str
    because: str


class ChangeReplanIn(Schema):
    """Another role or day, and why."""

    role_id: str
    by: date
    measure_on: date
    reason: str


class ChangeDoneIn(Schema):
    """How it went."""

    words: str = ""
    measure_on: date | None = None


class EffectIn(Schema):
    """`better`, `unchanged`, `worse` or `too_early`; the last with a day."""

    kind: str
    said: str
    next_on: date | None = None


class OutcomeIn(Schema):
    """What came of a chain."""

    outcome: str

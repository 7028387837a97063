"""A proposal reduced to its shape: the frame, and each participant's own values. Stored rows and engine answers alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from samordna.domain.decisions.models import Adaptation, FrameValue, Proposal
from samordna.domain.decisions.overtaking import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One participant's own value in one aspect. `local`: the aspect is left to each, so there is nothing to differ from.

    `because` are ids of conditions; `worth_it` is what following the frame would cost more than the likeness is worth.
    `needless`: the engine has found that nothing needs the difference. `withheld`: why is not for the reader to know.
    """

    option_id: str
    local: bool = False
    because: tuple[str, ...] = ()
    worth_it: int | None = None
    review_on: date | None = None
    needless: bool = False
    withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`frame` maps aspect → option; `own` maps (organisation, aspect) → own value, for adaptations and local values."""

    frame: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[tuple[str, str], Own] = field(default_factory=dict)

    def value(self, organisation_id: str, aspect_id: str) -> str:
        """What the participant would do in the aspect; "" where that is left open."""
        own = self.own.get((organisation_id, aspect_id))
        return own.option_id if own else self.frame.get(aspect_id, "")

    def values(self, organisation_id: str, aspects: Iterable[str]) -> dict[str, str]:
        """All the participant's values, of those that are given."""
        given = {aspect: self.value(organisation_id, aspect) for aspect in aspects}
        return {aspect: option for aspect, option in given.items() if option}

    @cached_property
    def differences(self) -> dict[tuple[str, str], Own]:
        """The own values that differ from the frame."""
        return {key: own for key, own in self.own.items() if not own.local}


EMPTY = Shape()
UNNECESSARY = "unnecessary"
"""The engine's word for a difference that could be undone at no loss."""


def sketch_fingerprint(proposal: Proposal) -> str:
    """A short name for a sketch exactly as it is stored now, to be handed back with a change of it; two queries."""
    proposal.refresh_from_db(fields=["title", "text"])
    return fingerprint(proposal)


def shape_of_proposal(proposal: Proposal) -> Shape:
    """The shape of a stored proposal, in three queries."""
    because: dict[str, list[str]] = defaultdict(list)
    through = Adaptation.because.through.objects.filter(adaptation__proposal=proposal)
    for adaptation_id, condition_id in through.order_by("pk").values_list("adaptation_id", "condition_id"):
        because[adaptation_id].append(condition_id)
    told = proposal.balance.get("adaptations", ())
    needless = {(row["organisation"], row["aspect"]) for row in told if row["necessity"] == UNNECESSARY}
    frame = FrameValue.objects.filter(proposal=proposal).values_list("aspect_id", "option_id")
    own = {
        (row.organisation_id, row.aspect_id): Own(
            option_id=row.option_id,
            local=row.local,
            because=tuple(because[row.pk]),
            worth_it=row.worth_it,
            review_on=row.review_on,
            needless=(row.organisation_id, row.aspect_id) in needless,
        )
        for row in Adaptation.objects.filter(proposal=proposal)
    }
    return Shape(frame=dict(frame), own=own)


def shape_of_document(proposal: Mapping[str, Any]) -> Shape:
    """The shape of a proposal in an outcome document of the engine."""
    own = {
        (row["participant"], row["aspect"]): Own(
            option_id=row["option"],
            because=tuple(row["because"]),
            worth_it=_worth(row),
            needless=row["necessity"] == UNNECESSARY,
        )
        for row in proposal["adaptations"]
    }
    for organisation_id, values in proposal["local"].items():
        own |= {(organisation_id, aspect): Own(option_id=option, local=True) for aspect, option in values.items()}
    return Shape(frame=dict(proposal["frame"]), own=own)


def _worth(row: Mapping[str, Any]) -> int | None:
    back = row.get("going_back")
    return int(back["cost"]) if row["necessity"] == "worth_it" and back else None

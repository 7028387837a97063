"""A version of a decision as the actor may see it: the coordinator as it was kept, others without what is not theirs.

What was decided is told to all. Why somebody differs, what it weighs and what was checked is told as far as the actor may
know it; see `seen`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.queries.facts import Facts
from samordna.domain.decisions.queries.seen import ProposalSeen, seen

Document = dict[str, Any]
WITHHELD = "withheld"


def content_seen(actor: Actor, facts: Facts, version: DecisionVersion, at: datetime, *, patient: bool = False) -> Document:
    """The version's content. `version.proposal` should be loaded with it."""
    content: Document = version.content
    if facts.leads:
        return content
    told = seen(actor, facts, version.proposal, at, patient=patient)
    return content | {
        "adaptations": [_adaptation(row, told) for row in content["adaptations"]],
        "local": [row for row in content["local"] if row["organisation"] == facts.own_id],
        "balance": told.balance,
    }


def _adaptation(row: Mapping[str, Any], told: ProposalSeen) -> Document:
    own = told.shape.own.get((row["organisation"], row["aspect"]))
    if own is None or own.withheld:
        return {**row, "because": [], "necessity": WITHHELD, "worth_it": None}
    because = [reason for reason in row["because"] if reason["condition"] in own.because]
    return {**row, "because": because, "worth_it": own.worth_it}


def certificate_seen(facts: Facts, certificate: Mapping[str, Any]) -> Document:
    """What was checked, of what the actor may read. The digest of the whole question would let anybody try guesses."""
    if facts.leads:
        return dict(certificate)
    return {
        **certificate,
        "conditions": [pk for pk in certificate["conditions"] if pk in facts.conditions],
        "prose": [row for row in certificate["prose"] if row["condition"] in facts.conditions],
        "problem_digest": "",
        "proved_best": None if certificate["proved_best"] is None else {},
    }

"""A collaboration's words by the names of the fields in which they are written (`core.overtaking`)."""

from __future__ import annotations

from collections.abc import Iterable

from samordna.core.overtaking import fingerprint
from samordna.domain.collaborations.models import Collaboration, TargetGroupCriterion
from samordna.domain.collaborations.phrases import criterion_sentence


def purpose_values(collaboration: Collaboration) -> dict[str, str]:
    """Name and purpose."""
    return {"name": collaboration.name, "purpose": collaboration.purpose}


def target_group_values(words: str, criteria: Iterable[TargetGroupCriterion]) -> dict[str, str]:
    """Whom it is for: the words, and the criteria as one value that is the same in every language."""
    rows = "\n".join(sorted(repr((row.kind, row.subject, row.operator, row.value)) for row in criteria))
    return {"target_group": words, "criteria": rows}


def criteria_told(criteria: Iterable[TargetGroupCriterion]) -> str:
    """The criteria read aloud, one after the other."""
    return " ".join(criterion_sentence(row.kind, row.subject, row.operator, row.value) for row in criteria)


def fingerprints_of(collaboration: Collaboration) -> dict[str, str]:
    """What a change of the purpose, and one of the target group, hands back to say what it began from."""
    target_group = target_group_values(collaboration.target_group, collaboration.criteria.all())
    return {"purpose": fingerprint(purpose_values(collaboration)), "target_group": fingerprint(target_group)}

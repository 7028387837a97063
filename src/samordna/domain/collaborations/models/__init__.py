"""Collaborations: purpose, target group, who takes part and when, subject areas, and mandates with their clauses."""

from samordna.domain.collaborations.models.carried import Carrying, CollaborationRole
from samordna.domain.collaborations.models.joined import (
    Area,
    Collaboration,
    DepthChange,
    Exemption,
    Participation,
    Party,
    TargetGroupCriterion,
)
from samordna.domain.collaborations.models.mandated import Clause, Mandate
from samordna.domain.collaborations.models.pictured import (
    EarlierPurpose,
    Goal,
    PartyNeed,
    PictureMark,
    PicturePoint,
    PurposeConfirmation,
)
from samordna.domain.collaborations.models.sponsored import Sponsorship

__all__ = [
    "Area",
    "Carrying",
    "Clause",
    "Collaboration",
    "CollaborationRole",
    "DepthChange",
    "EarlierPurpose",
    "Exemption",
    "Goal",
    "Mandate",
    "Participation",
    "Party",
    "PartyNeed",
    "PictureMark",
    "PicturePoint",
    "PurposeConfirmation",
    "Sponsorship",
    "TargetGroupCriterion",
]

"""Where proposals and decisions come from and how far they have come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class ProposalOrigin(models.TextChoices):
    """Who put the values together."""

    ENGINE = "engine", _p("proposal origin", "Engine")
    HAND = "hand", _p("proposal origin", "By hand")
    AMENDMENT = "amendment", _p("proposal origin", "Amendment")


class ProposalState(models.TextChoices):
    """A proposal is one participant's sketch until it is shared; one shared proposal is chosen."""

    SKETCH = "sketch", _p("proposal state", "Sketch")
    SHARED = "shared", _p("proposal state", "Shared")
    CHOSEN = "chosen", _p("proposal state", "Chosen")
    WITHDRAWN = "withdrawn", _p("proposal state", "Withdrawn")


class Verdict(models.TextChoices):
    """What the check said of a proposal."""

    UNCHECKED = "unchecked", _p("verdict", "Not checked")
    RESPECTS = "respects", _p("verdict", "Respects all conditions")
    BREAKS = "breaks", _p("verdict", "Breaks conditions")


class AttemptResult(models.TextChoices):
    """How an attempt of the engine ended."""

    SETTLED = "settled", _p("attempt", "Settled")
    CLASH = "clash", _p("attempt", "Conditions clash")
    UNFINISHED = "unfinished", _p("attempt", "Not finished")
    FAILED = "failed", _p("attempt", "Failed")


class ConsultationStance(models.TextChoices):
    """A participant's answer in the consultation. That one declines is recorded by the coordinator, with a reason."""

    SUPPORTS = "supports", _p("consultation", "Supports")
    SUPPORTS_WITH_COMMENT = "supports_with_comment", _p("consultation", "Supports, with a comment")
    OBJECTS = "objects", _p("consultation", "Objects")
    DECLINED = "declined", _p("consultation", "Declines to answer")


class DecisionState(models.TextChoices):
    """The chain that a decision's version walks; transitions are in `states.py`."""

    PREPARED = "prepared", _p("decision state", "Prepared")
    CONSULTATION = "consultation", _p("decision state", "On consultation")
    RECOMMENDED = "recommended", _p("decision state", "Recommended")
    IN_FORCE = "in_force", _p("decision state", "In force")
    REPLACED = "replaced", _p("decision state", "Replaced")
    WITHDRAWN = "withdrawn", _p("decision state", "Withdrawn")


class ComesIntoForce(models.TextChoices):
    """Whose adoption it takes."""

    ALL = "all", _("When all have adopted it")
    ADOPTERS = "adopters", _("Among those who have adopted it")


class AdoptionAnswer(models.TextChoices):
    """What an organisation's own body decided."""

    ADOPTED = "adopted", _p("adoption", "Adopted")
    REJECTED = "rejected", _p("adoption", "Rejected")

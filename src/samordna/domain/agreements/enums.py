"""Kinds of document, and what can be said of their versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class DocumentKind(models.TextChoices):
    """What kind of document it is; `SIGNED` says which kinds the parties sign."""

    DECLARATION = "declaration", _p("kind of document", "Declaration of intent")
    CHARTER = "charter", _p("kind of document", "Charter")
    AGREEMENT = "agreement", _p("kind of document", "Agreement")
    CONTRACT = "contract", _p("kind of document", "Collaboration agreement")
    ROUTINE = "routine", _p("kind of document", "Routine")
    GUIDELINE = "guideline", _p("kind of document", "Guideline")
    PLAN = "plan", _p("kind of document", "Plan and budget")
    ACTION_PLAN = "action_plan", _p("kind of document", "Action plan")


SIGNED = frozenset({DocumentKind.DECLARATION, DocumentKind.CHARTER, DocumentKind.AGREEMENT, DocumentKind.CONTRACT})
RESTING = frozenset({DocumentKind.ROUTINE, DocumentKind.GUIDELINE})
"""Kinds that rest on something else: an agreement or a decision."""


class Standing(models.TextChoices):
    """Where a version stands on a day; worked out from its facts, never stored."""

    DRAFT = "draft", _p("version", "Draft")
    SIGNING = "signing", _p("version", "Awaiting signatures")
    COMING = "coming", _p("version", "Coming into force")
    IN_FORCE = "in_force", _p("version", "In force")
    EXPIRED = "expired", _p("version", "Expired")
    REPLACED = "replaced", _p("version", "Replaced")
    REPEALED = "repealed", _p("version", "Repealed")
    WITHDRAWN = "withdrawn", _p("version", "Withdrawn")


class Ending(models.TextChoices):
    """How a version ended before its own last day."""

    REPLACED = "replaced", _p("ending", "replaced by a later version")
    REPEALED = "repealed", _p("ending", "repealed")
    WITHDRAWN = "withdrawn", _p("ending", "withdrawn before it was signed by all")


class BindsWhen(models.TextChoices):
    """When a signed version comes into force."""

    ALL = "all", _("when all parties have signed")
    SIGNERS = "signers", _("among those who have signed")


class SignatureAnswer(models.TextChoices):
    """What a party's authorised role has answered."""

    SIGNED = "signed", _p("signature", "Signed")
    DECLINED = "declined", _p("signature", "Declined")


class SignatureWay(models.TextChoices):
    """How it was signed."""

    HERE = "here", _p("signature", "here, signed in")
    ELSEWHERE = "elsewhere", _p("signature", "on paper or with another service")

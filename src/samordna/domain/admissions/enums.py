"""What becomes of an invitation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class InvitationState(models.TextChoices):
    """Where an invitation stands; worked out from its moments, never stored."""

    OPEN = "open", _p("invitation state", "Sent")
    EXPIRED = "expired", _p("invitation state", "Expired")
    ACCEPTED = "accepted", _p("invitation state", "Accepted")
    WITHDRAWN = "withdrawn", _p("invitation state", "Withdrawn")

"""The line about questions on the pages of proposals and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samordna.core import clock
from samordna.domain.matters.queries import inquiries_of
from samordna.web.door import Request

if TYPE_CHECKING:
    from samordna.domain.matters.models import Matter


def asked_about(request: Request, matter: Matter) -> dict[str, Any]:
    """The matter's questions, as the reader may read them, and where they stand."""
    asked = inquiries_of(request.actor, matter, clock.now())
    return {"inquiries": asked, "questions_url": reverse("inquiries", args=[matter.pk])}

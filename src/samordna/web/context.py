"""What every page's frame shows: who acts, as what, and the installation's own hue."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Values for `base.html`."""
    return {
        "acting_as": getattr(request, "holding", None),
        "other_roles": getattr(request, "holdings", []),
        "demo": settings.DEMO,
        "hue": settings.HUE,
    }

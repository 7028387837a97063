"""What a service says, as one list of fields: for reading what was typed, for versions, and for seeing what differs."""

from __future__ import annotations

from typing import Any

from samordna.domain.knowledge.models import Service

WORDS: tuple[tuple[str, int | None, bool], ...] = (
    ("name", 120, True),
    ("also", 300, False),
    ("description", None, True),
    ("unit", 200, False),
    ("for_whom", None, False),
    ("how_to_apply", None, False),
    ("cost", 300, False),
    ("languages", 200, False),
    ("schedule", 300, False),
    ("waiting", 120, False),
    ("closed", 300, False),
)
"""A service's fields of text: name, how long (None: running text), and whether it has to be there."""


def values_of(service: Service) -> dict[str, Any]:
    """What somebody who rewords the service may change, by the fields of the form."""
    values: dict[str, Any] = {name: getattr(service, name) for name, _longest, _required in WORDS}
    return values | {"contact_path_id": service.contact_path_id or "", "eligibility": service.eligibility}


def told_of(service: Service) -> dict[str, Any]:
    """Everything that a version keeps."""
    return values_of(service) | {
        "role": service.role_id,
        "waiting_on": service.waiting_on.isoformat() if service.waiting_on else "",
        "valid_from": service.valid_from.isoformat(),
        "valid_to": service.valid_to.isoformat() if service.valid_to else "",
    }

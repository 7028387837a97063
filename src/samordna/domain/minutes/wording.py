"""What the form of minutes begins with: a field for each item."""

from __future__ import annotations

from samordna.core.overtaking import fingerprint
from samordna.domain.minutes.record import Record


def fields_of(record: Record) -> dict[str, str]:
    """What is written of each item, by the name of its field."""
    return {f"text_{key}": text for key, text in record.texts.items()}


def fingerprint_of(record: Record) -> str:
    """What a change hands back to say what it began from."""
    return fingerprint(fields_of(record))

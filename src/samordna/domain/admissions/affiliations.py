"""Affiliations as Swedish e-identification writes them: `id@organisation number`, somebody's name within an organisation.

`*@number` is a rule's way of meaning everybody there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from samordna.domain.admissions.limits import LONGEST_AFFILIATION, MOST_AFFILIATIONS
from samordna.domain.organisations.number import fault, written

FORM = re.compile(r"([^@\s]{1,80})@([0-9-]{10,13})")


def tidied(affiliation: str) -> str:
    """In one spelling, `anna.k@212000-1397`; "" for what is no affiliation."""
    found = FORM.fullmatch(affiliation.strip())
    if found is None or len(affiliation) > LONGEST_AFFILIATION:
        return ""
    number = written(found[2])
    return "" if fault(number) else f"{found[1].lower()}@{number}"


def number_in(affiliation: str) -> str:
    """The number of the organisation that it names."""
    return affiliation.rpartition("@")[2]


def believed(told: Iterable[str]) -> list[str]:
    """What can be read of what a provider told, each once, in the order told."""
    return [each for each in dict.fromkeys(tidied(one) for one in told) if each][:MOST_AFFILIATIONS]


def meanings(affiliations: Iterable[str]) -> set[str]:
    """Every rule that these affiliations fit: each itself, and everybody at its organisation."""
    return {rule for each in affiliations for rule in (each, f"*@{number_in(each)}")}

"""The form of ids that others issue: an HSA-id begins with SE and an organisation number, orgAffiliation ends with one."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from samordna.domain.organisations.enums import ExternalIdKind
from samordna.domain.organisations.number import fault, written

HSA = re.compile(r"SE(\d{10})-[A-Z0-9]{1,18}")
AFFILIATION = re.compile(r"[^@\s]{1,80}@(\d{10})")


def kept_as(kind: str, value: str) -> str:
    """The id as it is kept and compared."""
    value = value.strip()
    return value if kind == ExternalIdKind.ORG_AFFILIATION else value.upper()


def wrong_with(kind: str, value: str, number: str) -> str:
    """What is wrong with an id as it is kept, as a sentence; "" when nothing is. `number`: the organisation's own or "".

    Both kinds name the organisation that they are used in, so that no organisation can bind another one's id to a person.
    """
    affiliation = kind == ExternalIdKind.ORG_AFFILIATION
    fits = (AFFILIATION if affiliation else HSA).fullmatch(value)
    if fits is None:
        return _("Write it as %(example)s.") % {"example": "ab12@2120000142" if affiliation else "SE2120000142-AB12"}
    own = written(fits.group(1))
    if sentence := fault(own):
        return sentence
    if not number:
        return _("The organisation's own number is needed first: the id has to name it. Whoever registered it can give it.")
    if own == number:
        return ""
    if affiliation:
        return _("The number after @ is another organisation's. This one has %(number)s.") % {"number": number}
    return _("The number after SE is another organisation's. This one has %(number)s.") % {"number": number}

"""One figure on its way into the results. Knows no way in: a form, a file and the API make the same."""

from __future__ import annotations

from dataclasses import dataclass

from samordna.domain.followup.figures import Figure
from samordna.domain.followup.models import IndicatorVersion
from samordna.domain.followup.periods import Period

Key = tuple[str, str, str]
"""Indicator, organisation, period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One figure for one indicator, organisation and period."""

    version: IndicatorVersion
    organisation_id: str
    period: Period
    figure: Figure

    @property
    def key(self) -> Key:
        """What it is a value of."""
        return self.version.indicator_id, self.organisation_id, self.period.key

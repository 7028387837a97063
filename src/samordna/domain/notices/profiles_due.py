"""Reminders of profiles: an organisation is asked, on the day and week after week, to look over what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from samordna.core import clock
from samordna.domain.knowledge.queries.waiting import profiles_due
from samordna.domain.notices.followup_due import WEEKS, notices_of
from samordna.domain.notices.kinds import ANSWERING
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import of_organisations


def profile_reviews_due(at: datetime) -> Iterator[Notice]:
    """The day's reminders; a week is used once, so that a day that was missed is made up for by one."""
    today = clock.day(at)
    rows = profiles_due(today).filter(review_on__gte=today - timedelta(weeks=WEEKS))
    for of, due in rows.values_list("organisation_id", "review_on"):
        holdings = of_organisations([of], ANSWERING, today)
        yield from notices_of("profile_due", of, holdings, due, (today - due).days // 7, at)

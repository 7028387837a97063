"""What of notices is touched when an organisation is succeeded: nothing; they tell what a holder was told, and stay."""

from __future__ import annotations

from samordna.domain.notices.models import Notice
from samordna.domain.organisations.carrying import stays

stays(Notice, "role")

"""Answers, feedback and thanks tell what an organisation said, so they stay with the one who said it."""

from __future__ import annotations

from samordna.domain.assessments.models import Feedback, OutsideGroup, Recognition, WaveReply
from samordna.domain.organisations.carrying import stays

stays(WaveReply, "organisation")
stays(OutsideGroup, "organisation")
stays(Feedback, "organisation")
stays(Recognition, "giver")
stays(Recognition, "receiver")

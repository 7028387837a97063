"""Establishing a decision signs the journal."""

from __future__ import annotations

import pytest

from samordna.core.models import Checkpoint, JournalEntry
from samordna.core.verification import verify
from tests.domain.decisions.chain import in_force
from tests.domain.decisions.world import build


@pytest.mark.django_db
def test_an_established_decision_is_covered_by_a_signed_checkpoint() -> None:
    in_force(build())
    established = JournalEntry.objects.get(action="decision_established")
    assert Checkpoint.objects.latest("size").size == established.sequence + 1
    assert verify().holds

"""S2: to take active part in the coordination: what each organisation has contributed, in time or not, is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.decisions import operations as do
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.spec.deciding import read

pytestmark = pytest.mark.django_db


def test_who_answered_in_time_who_late_and_who_not_at_all_is_shown():
    """The decision's page shows for each organisation its answer, whether it came late, and where there is none."""
    world = w.build()
    version, start = chain.prepared(world), clock.now() - timedelta(days=30)
    until = clock.day(start) + timedelta(days=10)
    do.open_consultation(actor=world.coordinator, version_id=version.pk, until=until, at=start)
    early, late = world.representative(world.region), world.representative(world.town)
    do.answer_consultation(actor=early, version_id=version.pk, stance="supports", at=start + timedelta(days=2))
    do.answer_consultation(actor=late, version_id=version.pk, stance="supports", at=start + timedelta(days=20))
    shown = read(world.representative(world.island), "decision", version.decision_id)
    assert "2 of 3 have answered" in shown
    assert "Region Fjärdsland Supports not recorded" in shown
    assert "Åstad Supports late" in shown
    assert "Holmö no answer" in shown

"""What is taken over by whoever was asked is carried by its app as what goes over by itself is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samordna.core import clock
from samordna.domain.adherence.models import OwnWork
from samordna.domain.organisations.carrying import KINDS, Way
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Carried
from samordna.domain.organisations.operations.carrying_out import take_over
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_work_under_way_that_is_taken_over_is_carried_by_its_app_too(monkeypatch):
    before, after = f.organisation("Ask"), f.organisation("Björk")
    chief = f.holding(before, RoleKind.MANAGER)
    words = {"what": "Ringer", "how": "Hem i tid", "stated_at": f.NOW, "stated_by": chief}
    together = f.collaboration(before)
    f.participation(together, after)
    work = OwnWork.objects.create(goal=f.goal(together), organisation=before, **words)
    kind, hands = KINDS["own_work"], []
    assert kind.way is Way.POINT
    assert kind.asks
    monkeypatch.setitem(KINDS, "own_work", replace(kind, carry=hands.append, sets={"how": "Med tolk"}))
    take_over(Carried(kind="own_work", thing_id=work.pk, of=before, to=after), clock.day(f.NOW), f.NOW)
    work.refresh_from_db()
    assert (work.organisation, work.how) == (after, "Med tolk")
    (hand,) = hands
    assert (hand.goes, hand.of) == ([(work.pk, after.pk)], {work.pk: before.pk})

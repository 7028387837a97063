"""O4: to put forward and explain common needs and conditions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.matters.models import Condition
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def test_the_coordination_states_its_own_conditions_in_the_same_form():
    """Common conditions are stated with a reason like all others, are owned by the coordination, and all can read them."""
    w = world()
    address = reverse("whole", args=[w.matter.pk, "forutsattningar"])
    typed = {
        "then-0-aspect": w.aspects["start"].pk,
        "then-0-is": "at_least",
        "then-0-option": w.option("start", "autumn"),
        "seen": "Start is at least autumn",
        "do": "save",
    }
    assert w.client().post(address, typed | {"reason": "R"}).status_code == 403
    assert w.lead().post(address, typed | {"reason": ""}).status_code == 422
    assert w.lead().post(address, typed | {"reason": "The invoices change then"}).status_code == 302
    assert Condition.objects.get().position is None
    read = w.client().get(reverse("matter", args=[w.matter.pk])).content.decode()
    assert "Stated by the coordination, for all" in read
    assert "Start is at least autumn." in read
    assert "The invoices change then" in read

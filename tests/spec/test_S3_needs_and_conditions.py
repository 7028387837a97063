"""S3: to put forward and explain one's own needs and conditions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.matters.models import Condition, Need
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def _typed(w, **more):
    line = {
        "then-0-aspect": w.aspects["days"].pk,
        "then-0-is": "at_least",
        "then-0-option": w.option("days", "3"),
        "confidence": "open",
        "weight": "1",
        "seen": "Free days is at least 3 days",
        "do": "save",
    }
    return line | more


@pytest.mark.parametrize(("step", "kept"), [("forutsattningar", Condition), ("behov", Need)])
def test_a_need_or_condition_without_a_reason_is_not_accepted(step, kept):
    """What a participant needs, and under what conditions, is accepted only with a reason; with one, all can read it."""
    w = world()
    address = f"{reverse('position', args=[w.matter.pk, w.positions[0].pk])}?steg={step}"
    refused = w.client().post(address, _typed(w, reason=" "))
    assert refused.status_code == 422
    assert not kept.objects.exists()
    assert w.client().post(address, _typed(w, reason="The ferry does not run in a storm")).status_code == 302
    stated = kept.objects.get()
    assert stated.position.organisation == w.positions[0].organisation
    assert stated.rule["then"][0]["options"] == [w.option("days", "3")]
    read = w.client(1).get(reverse("matter", args=[w.matter.pk])).content.decode()
    assert "Free days is at least 3 days." in read
    assert "The ferry does not run in a storm" in read

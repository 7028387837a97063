"""F7: every individual's need before what is easiest for the organisations."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.matters.models import Matter
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def test_a_matter_says_what_it_does_for_the_individual_and_whose_convenience_it_serves():
    """No matter is opened without saying what it does for the individual, and that is the first thing its page shows."""
    w = world(stage="draft")
    address = reverse("new_matter", args=[w.collaboration.pk])
    typed = {"kind": "other", "title": "One door", "purpose": "P", "area_id": w.matter.area_id, "for_the_individual": " "}
    refused = w.lead().post(address, typed | {"convenience": "The regional office's"})
    assert refused.status_code == 422
    assert "One door" in refused.content.decode()
    assert "The regional office&#x27;s" in refused.content.decode()
    assert Matter.objects.count() == 1
    typed |= {"for_the_individual": "I tell it once", "convenience": "Fewer invoices"}
    page = w.lead().post(address, typed, follow=True).content.decode()
    assert page.index("I tell it once") < page.index("Fewer invoices")

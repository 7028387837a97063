"""K1: cooperation costs, because there is more to take into account."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.reading import figures
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def test_what_adapting_costs_is_stated_per_participant_and_option():
    """Each participant says what each option would cost it, as a range; it and the coordinator read that, nobody else."""
    w = world()
    option = w.option("basis", "monthly average")
    address = reverse("position", args=[w.matter.pk, w.positions[0].pk])
    typed = {f"cost-{option}-low": "120", f"cost-{option}-likely": "150", f"cost-{option}-high": "190", "do": "next"}
    assert w.client().post(f"{address}?steg=kostnad", typed).status_code == 302
    api = f"/api/v1/positions/{w.positions[0].pk}"
    for reader in (w.client(0), w.lead()):
        assert reader.get(api).json()["costs"] == {option: {"low": 120, "likely": 150, "high": 190}}
    assert "150" in figures(w.lead().get(address))
    assert "costs" not in w.client(1).get(api).json()
    assert "Costs and gain" not in w.client(1).get(address).content.decode()

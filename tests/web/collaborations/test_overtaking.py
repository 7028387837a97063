"""Two coordinators at the purpose, and at the target group: the second sees what the first wrote and loses nothing."""

from __future__ import annotations

import re

import pytest

from samordna.domain.collaborations.models import Collaboration, EarlierPurpose
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def seen(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def twice(client, address, first, second):
    """Two open the same form; the first saves; the second is told, and what it typed then is saved on its second word."""
    opened = seen(client.get(address))
    assert client.post(address, first | {"seen": opened}).status_code == 302
    late = client.post(address, second | {"seen": opened})
    assert late.status_code == 422
    return late.content.decode(), client.post(address, second | {"seen": seen(late)}).status_code


def test_the_purpose_and_the_name():
    world = setting()
    client, address = client_of(world.coordinator), f"/samverkan/{world.collaboration.pk}/syfte/"
    mine = {"name": "Nära", "purpose": "Hem i tid", "why": "Vi menar tiden"}
    late, saved = twice(client, address, {"name": "Nära", "purpose": "Hem utan oro"}, mine)
    assert (late.count("Sparat under tiden: ”Hem utan oro”."), "Sparat under tiden: ”Nära”." in late) == (2, False)
    assert ("Hem i tid</textarea>" in late, "Vi menar tiden</textarea>" in late, saved) == (True, True, 302)
    assert Collaboration.objects.get(pk=world.collaboration.pk).purpose == "Hem i tid"
    assert "Hem utan oro" in EarlierPurpose.objects.values_list("text", flat=True)
    opened = seen(client.get(address))
    for _each in "ab":  # both wrote the same
        assert client.post(address, {"name": "Nära", "purpose": "Hem", "seen": opened}).status_code == 302


def test_the_target_group_and_criteria_that_one_had_no_row_for():
    world = setting()
    client, address = client_of(world.coordinator), f"/samverkan/{world.collaboration.pk}/malgrupp/"

    def typed(words, *rows):
        found = {"target_group": words, "rows": str(len(rows))}
        for place, (subject, value) in enumerate(rows):
            found |= {f"kind_{place}": "includes", f"operator_{place}": "is"}
            found |= {f"subject_{place}": subject, f"value_{place}": value}
        return found

    many = [("boende", f"ort {number}") for number in range(5)]
    late, saved = twice(client, address, typed("Äldre", *many), typed("Äldre", ("län", "norra")))
    assert "ort 4" in late
    assert late.count("Sparat under tiden") == 1
    assert ('value="norra"' in late, saved) == (True, 302)
    assert [row.value for row in world.collaboration.criteria.all()] == ["norra"]
    opened = seen(client.get(address))
    more = client.post(address, typed("Äldre", ("län", "södra")) | {"seen": opened, "more": "1"})
    assert seen(more) == opened


def test_over_json_the_second_is_told_in_sentences():
    world = setting()
    client, address = client_of(world.coordinator), f"/api/v1/collaborations/{world.collaboration.pk}"
    prints = client.get(address).json()["fingerprints"]
    calls = {
        "purpose": ({"name": "Nära", "purpose": "Hem utan oro"}, {"name": "Nära", "purpose": "Hem"}),
        "target-group": (
            {"target_group": "Äldre", "criteria": [{"kind": "includes", "subject": "län", "operator": "is", "value": "a"}]},
            {"target_group": "Äldre", "criteria": []},
        ),
    }
    told = {
        "purpose": {"field": "purpose", "sentence": "Sparat under tiden: ”Hem utan oro”.", "stored": "Hem utan oro"},
        "target-group": {
            "field": "criteria",
            "sentence": "Sparat under tiden: ”Omfattar dem vars län är a”.",
            "stored": "Omfattar dem vars län är a.",
        },
    }
    for name, (first, second) in calls.items():
        body = {"seen": prints[name.replace("-", "_")]}
        assert client.put(f"{address}/{name}", first | body, content_type="application/json").status_code == 200
        late = client.put(f"{address}/{name}", second | body, content_type="application/json")
        assert (late.status_code, late.json()["errors"]) == (409, [told[name]])
        assert client.put(f"{address}/{name}", second, content_type="application/json").status_code == 200

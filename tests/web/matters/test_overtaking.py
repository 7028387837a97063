"""Two people at one matter's draft, and at one answer: the second sees what the first wrote and loses nothing."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samordna.domain.matters.enums import MatterStage
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def _seen(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def _twice(client, url, first, second):
    """Two people open the same form; the first saves, then the second, who sees theirs and saves again."""
    opened = _seen(client.get(url))
    assert client.post(url, first | {"seen": opened}).status_code == 302
    late = client.post(url, second | {"seen": opened})
    assert late.status_code == 422
    return late.content.decode(), client.post(url, second | {"seen": _seen(late)})


def test_the_words_of_a_draft():
    w = world(stage=MatterStage.DRAFT)
    url = reverse("change_matter", args=[w.matter.pk])
    typed = {"title": "Mine", "purpose": "P", "for_the_individual": "I", "area_id": w.matter.area_id, "unit": "h"}
    late, saved = _twice(w.lead(), url, typed | {"title": "Theirs", "purpose": "Q"}, typed)
    assert "Stored meanwhile: “Theirs”" in late
    assert "Stored meanwhile: “Q”" in late
    assert 'value="Mine"' in late
    assert late.count("Stored meanwhile") == 4  # two fields, each at the field and in the summary
    assert saved.status_code == 302
    w.matter.refresh_from_db()
    assert w.matter.title == "Mine"


def test_an_aspect_of_a_draft():
    w = world(stage=MatterStage.DRAFT)
    aspect = w.aspects["basis"]
    url = reverse("change_aspect", args=[w.matter.pk, aspect.pk])
    typed = {"label": "Basis", "kind": "choice", "sharing": "framed", "weight": "1", "options": "individual\nby hand"}
    late, saved = _twice(w.lead(), url, typed | {"sharing": "local", "options": "a\nb"}, typed)
    assert "Stored meanwhile: “Each decides for itself”" in late
    assert "by hand" in late
    assert saved.status_code == 302
    assert [option.label for option in aspect.options.order_by("order")] == ["individual", "by hand"]
    same = w.lead().post(url, typed | {"seen": "0123456789abcdef"})
    assert same.status_code == 302  # both wrote the same


@pytest.mark.parametrize("step", ["idag", "kostnad"])
def test_one_answer_by_two_of_the_same_organisation(step):
    w = world()
    url = f"{reverse('position', args=[w.matter.pk, w.positions[0].pk])}?steg={step}"
    days = w.aspects["days"].pk
    mine, theirs = w.option("days", "2"), w.option("days", "4")
    forms = {
        "idag": ({f"today-{days}": theirs, "note": "N"}, {f"today-{days}": mine, "note": "N"}),
        "kostnad": ({"likely": "7", f"cost-{mine}-likely": "3"}, {"likely": "9", f"cost-{mine}-likely": "3"}),
    }
    late, saved = _twice(w.client(), url, *forms[step])
    assert {"idag": "Stored meanwhile: “4 days”", "kostnad": "Stored meanwhile: “7”"}[step] in late
    assert saved.status_code == 302
    position = w.positions[0]
    position.refresh_from_db()
    kept = {"idag": lambda: position.practices.get().option_id, "kostnad": lambda: position.benefit_likely}
    assert kept[step]() == {"idag": mine, "kostnad": 9}[step]


def test_over_json_the_second_is_told_with_409():
    w = world(stage=MatterStage.DRAFT)
    lead, url = w.lead(), f"/api/v1/matters/{w.matter.pk}"
    read = lead.get(url).json()
    body = {
        "title": "T",
        "purpose": "P",
        "for_the_individual": "I",
        "area_id": w.matter.area_id,
        "seen": read["fingerprint"],
    }
    assert lead.put(url, body, content_type="application/json").status_code == 200
    late = lead.put(url, body | {"title": "U"}, content_type="application/json")
    assert late.status_code == 409
    told = {"field": "title", "sentence": "Stored meanwhile: “T”.", "stored": "T"}
    assert late.json()["errors"] == [told]

"""O3: what is asked and what each answers can be gathered in a file: a matter goes out and comes in again, with answers."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from samordna.domain.matters import operations as do
from samordna.domain.matters.models import Matter, Position
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def _upload(client, url, content, name="matter.xlsx"):
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def _asks(lead, matter):
    """What a matter asks, as JSON, without its id."""
    return lead.get(f"/api/v1/matters/{matter}/outline").json()


@pytest.mark.parametrize("form", ["kalkylblad.xlsx", "tabell.csv"])
def test_a_matter_goes_out_with_its_answers_and_comes_in_as_another(form):
    """The file that the product writes opens a new draft that asks the same; sent out, it takes in the answers too."""
    w = world()
    lead = w.lead()
    rule = {"then": [{"aspect": w.aspects["days"].pk, "is": "at_least", "options": [w.option("days", "3")]}]}
    do.state_condition(actor=w.actor(), position_id=w.positions[0].pk, rule=rule, reason="The ferry")
    whole = lead.get(reverse("fetch_exchange", args=[w.matter.pk, form])).content
    url = reverse("new_from_file", args=[w.collaboration.pk])
    shown = _upload(lead, url, whole, form)
    assert "Free days" in shown.content.decode()
    assert Matter.objects.count() == 1  # nothing is kept before it is confirmed
    opened = lead.post(url, {"kept": shown.context["kept"]})
    matter = Matter.objects.exclude(pk=w.matter.pk).get()
    assert opened["Location"] == reverse("matter", args=[matter.pk])
    assert matter.stage == "draft"
    assert _asks(lead, matter.pk) == _asks(lead, w.matter.pk)
    do.start_gathering(actor=w.leader(), matter_id=matter.pk, answer_by=w.matter.answer_by)
    answers = reverse("exchange", args=[matter.pk])
    preview = _upload(lead, answers, whole, form)
    assert lead.post(answers, {"kept": preview.context["kept"]}).status_code == 302
    drafted = Position.objects.get(matter=matter, organisation=w.holdings[0].role.organisation)
    assert [condition.reason for condition in drafted.conditions.all()] == ["The ferry"]
    assert drafted.state == "started"


def test_what_is_wrong_is_told_and_nothing_is_kept():
    """A half-filled file tells each thing that is wrong, where, and what to do; a participant takes in no matter at all."""
    w = world()
    lead, url = w.lead(), reverse("new_from_file", args=[w.collaboration.pk])
    wrong = {"title": "T", "purpose": "", "for_the_individual": "I", "area": w.matter.area.name}
    wrong |= {"aspects": [{"label": "A", "options": ["x", "y"]}, {"label": "A", "options": ["x"]}]}
    shown = _upload(lead, url, json.dumps(wrong).encode(), "matter.json").content.decode()
    for words in ("The matter, row 4", "Nothing stands here.", "“A” stands there twice.", "fewer than two options"):
        assert words in shown
    assert Matter.objects.count() == 1
    assert _upload(w.client(), url, b"{}", "matter.json").status_code == 403
    for junk in (b"PK\x03\x04junk", b"\x00\xff", b"{", b""):
        assert _upload(lead, url, junk).status_code == 422


def test_programs_and_commands_do_the_same(tmp_path):
    """Over JSON a matter is read, checked and opened again; the command shows first and keeps only when told to."""
    w = world()
    lead, place = w.lead(), f"/api/v1/collaborations/{w.collaboration.pk}/outlines"
    body = {"document": "a program", "outline": _asks(lead, w.matter.pk)}
    checked = lead.post(f"{place}/check", body, content_type="application/json")
    assert checked.json() == {"faults": []}
    made = lead.post(place, body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert _asks(lead, made.json()["id"]) == body["outline"]
    wrong = body | {"outline": body["outline"] | {"area": "Nowhere"}}
    assert lead.post(place, wrong, content_type="application/json").status_code == 422
    assert w.client().post(place, body, content_type="application/json").status_code == 403
    file, out = tmp_path / "matter.json", StringIO()
    file.write_text(json.dumps(body["outline"]))
    given = {"holding": w.coordinator.pk, "language": "en", "stdout": out}
    call_command("import_matter", w.collaboration.pk, str(file), **given)
    assert "“Payment at discharge”, with 4 aspects." in out.getvalue()
    assert Matter.objects.count() == 2
    call_command("import_matter", w.collaboration.pk, str(file), keep=True, **given)
    assert Matter.objects.count() == 3

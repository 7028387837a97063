"""Preparing a matter: kind, words, aspects, sending out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.matters.enums import MatterKind
from samordna.domain.matters.models import Aspect, Matter
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def test_choosing_a_kind_shows_what_each_asks():
    w = world(stage="draft")
    html = w.lead().get(reverse("new_matter", args=[w.collaboration.pk])).content.decode()
    for kind in MatterKind:
        assert f"?slag={kind.value}" in html
    assert "Free days" in html


@pytest.mark.parametrize("kind", list(MatterKind))
def test_every_kind_opens_with_its_template_filled_in(kind):
    w = world(stage="draft")
    address = reverse("new_matter", args=[w.collaboration.pk])
    form = w.lead().get(f"{address}?slag={kind.value}")
    values = form.context["form"].initial
    typed = {"title": "T", "purpose": "P", "for_the_individual": "I"} | {k: v for k, v in values.items() if v}
    answer = w.lead().post(address, typed | {"kind": kind.value, "area_id": w.matter.area_id})
    assert answer.status_code == 302
    matter = Matter.objects.latest("number")
    assert matter.kind == kind
    aspects = matter.aspects.count()
    assert aspects == 0 if kind is MatterKind.OTHER else aspects >= 7
    assert all(aspect.options.count() >= 2 for aspect in matter.aspects.all())


def test_a_participant_cannot_open_a_matter():
    w = world(stage="draft")
    assert w.client().get(reverse("new_matter", args=[w.collaboration.pk])).status_code == 403


def test_an_aspect_is_added_changed_moved_and_taken_out():
    w = world(stage="draft")
    lead, matter = w.lead(), w.matter.pk
    typed = {"label": "Place", "kind": "choice", "options": "here\nthere", "sharing": "common", "weight": "2", "step": "1"}
    assert lead.post(reverse("new_aspect", args=[matter]), typed).status_code == 302
    aspect = Aspect.objects.get(label="Place")
    here = aspect.options.get(label="here").pk
    change = reverse("change_aspect", args=[matter, aspect.pk])
    assert "here\nthere" in lead.get(change).content.decode()
    assert lead.post(change, typed | {"options": "elsewhere\nhere"}).status_code == 302
    assert [(o.label, o.pk == here) for o in aspect.options.order_by("order")] == [("elsewhere", False), ("here", True)]
    lead.post(reverse("move_aspect", args=[matter, aspect.pk]))
    assert [a.label for a in w.matter.aspects.order_by("order")][-2] == "Place"
    assert lead.post(reverse("remove_aspect", args=[matter, aspect.pk])).status_code == 302
    assert not Aspect.objects.filter(pk=aspect.pk).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "choice", "options": "only one"}, "Name at least two options, one on each line."),
        ({"kind": "choice", "options": "same\nsame"}, "“same” stands there twice."),
        ({"kind": "range", "lowest": "5", "highest": "1"}, "The highest must be more than the lowest."),
        ({"kind": "range"}, "Write a whole number."),
        ({"kind": "range", "lowest": "0", "highest": "64"}, "An aspect has at most 64 options; this would be 65."),
        ({"kind": "yes_no", "label": "Basis"}, "There is already an aspect with this label."),
    ],
)
def test_an_aspect_that_cannot_be_used_says_why_and_keeps_what_was_typed(typed, sentence):
    w = world(stage="draft")
    typed = {"label": "Place", "explanation": "Half-typed", "sharing": "common", "weight": "1", "step": "1"} | typed
    answer = w.lead().post(reverse("new_aspect", args=[w.matter.pk]), typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Half-typed" in answer.content.decode()


def test_an_aspect_of_another_matter_is_not_there():
    w, other = world(stage="draft"), world(stage="draft")
    address = reverse("change_aspect", args=[w.matter.pk, other.aspects["basis"].pk])
    assert w.lead().get(address).status_code == 404


def test_changing_the_words_of_a_draft():
    w = world(stage="draft")
    address = reverse("change_matter", args=[w.matter.pk])
    assert "Payment at discharge" in w.lead().get(address).content.decode()
    typed = {"title": "New title", "purpose": "P", "for_the_individual": "I", "area_id": w.matter.area_id}
    assert w.lead().post(address, typed | {"title": ""}).status_code == 422
    assert w.lead().post(address, typed).status_code == 302
    w.matter.refresh_from_db()
    assert w.matter.title == "New title"


def test_sending_out_asks_everybody_and_refuses_a_day_that_has_passed():
    w = world(stage="draft")
    address = reverse("start_gathering", args=[w.matter.pk])
    assert w.lead().get(address).status_code == 200
    today = clock.day(clock.now())
    refused = w.lead().post(address, {"answer_by": today.isoformat()})
    assert refused.status_code == 422
    assert "Choose a day that lies ahead" in refused.content.decode()
    assert w.lead().post(address, {"answer_by": (today + timedelta(days=9)).isoformat()}).status_code == 302
    assert w.matter.positions.count() == 2
    again = w.lead().post(address, {})
    assert again.status_code == 422
    assert "The matter has been sent out" in again.content.decode()

"""The search page, the palette's list and the API: the same answers, what was typed comes back, favourites stay."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.domain.organisations.models import Organisation
from samordna.domain.search.index import rebuild
from tests import factories as f
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db


def _world() -> tuple[object, object]:
    own, matter = (
        f.organisation("Ekby kommun"),
        f.matter(title="Fastställda öppettider", purpose="Besluten <b>om</b> natten"),
    )
    f.participation(matter.collaboration, own)
    rebuild()
    return client_of(f.actor(own)), matter


def test_a_question_is_answered_alike_on_the_page_in_the_palette_and_in_the_api():
    client, matter = _world()
    page = client.get(reverse("search"), {"q": "fastställd beslut"}).content.decode()
    assert "<mark>Fastställda</mark>" in page
    assert "<mark>Besluten</mark> &lt;b&gt;om" in page
    assert 'value="fastställd beslut"' in page
    assert matter.collaboration.name in page
    assert reverse("matter", args=[matter.pk]) in client.get(reverse("suggestions"), {"q": "öppetti"}).content.decode()
    found = client.get("/api/v1/search", {"q": "fastställd"}).json()
    assert [(hit["kind"], hit["object_id"]) for hit in found["items"]] == [("matter", matter.pk)]
    assert found["counts"] == [{"kind": "matter", "label": "Frågor", "number": 1}]
    assert client.get("/api/v1/search", {"q": "ö" * 300}).status_code == 422
    for odd in ("\x00", "*", '"', "a" * 5000, "' OR 1=1 --", "title:x", "<script>", "🐻"):
        for address in (reverse("search"), reverse("suggestions")):
            answer = client.get(address, {"q": odd, "slag": "x" * 50, "sida": "0"})
            assert answer.status_code == 200
            assert b"<script>" not in answer.content.replace(b"<script src", b"").replace(b"<script defer", b"")


def test_favourites_are_kept_shown_and_let_go_of():
    client, matter = _world()
    keep, drop = (reverse(name, args=["matter", matter.pk]) for name in ("keep_favourite", "drop_favourite"))
    assert client.post(keep, {"next": "/sok/?q=natten"}).headers["Location"] == "/sok/?q=natten"
    for odd in ("https://elsewhere.example/", "abc", "//elsewhere.example", ""):
        assert client.post(keep, {"next": odd}).headers["Location"] == "/sok/"
        assert client.post(reverse("set_language"), {"next": odd, "language": "sv"}).headers["Location"] == "/"
    page = client.get(reverse("search")).content.decode()
    assert "Fastställda öppettider" in page
    assert 'aria-pressed="true"' in page
    assert [hit["object_id"] for hit in client.get("/api/v1/favourites").json()["items"]] == [matter.pk]
    assert client.post(reverse("keep_favourite", args=["matter", "finnsinte0000"])).status_code == 404
    assert client.post(drop).status_code == 302
    assert client.post(drop).status_code == 404
    assert "Fastställda" not in client.get(reverse("search")).content.decode()


def test_what_one_does_comes_back_as_what_one_last_worked_with():
    client, matter = _world()
    f.position(matter, Organisation.objects.get(name="Ekby kommun"))
    text = {"text": "Vad menas med natten?", "asked_of": "", "aspect_id": ""}
    assert client.post(reverse("inquiries", args=[matter.pk]), text).status_code == 302
    page = client.get(reverse("search")).content.decode()
    assert "Fastställda öppettider" in page.split('id="latest"')[1]
    assert client.get(reverse("search"), {"q": "menas natt"}).content.decode().count('<li class="hit">') == 1


def test_the_page_asks_as_many_questions_whatever_is_found():
    own, given = f.organisation(), f.collaboration()
    f.participation(given, own)
    area, client, counts = f.area(given), client_of(f.actor(own)), []
    for more in (1, 2, 297):
        for _ in range(more):
            f.matter(given, area=area, title="Samma ord")
        rebuild()
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("search"), {"q": "ord"}).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 16

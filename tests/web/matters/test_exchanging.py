"""The pages for positions as files: fetch, look, take in, for the coordinator and for a participant."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import Condition
from tests.web.matters.world import World, world


@pytest.fixture
def page(db: None) -> World:
    return world()


def url(name: str, *parts: str) -> str:
    return reverse(name, args=parts)


def rows(w: World, option: str = "individual") -> bytes:
    head = "#Conditions;Participant;Number;If or then;Aspect;Comparison;Options;In own words;Reason"
    lines = [f"Conditions;{p.organisation.name};1;;Basis;is;{option};;Because of staff" for p in w.positions]
    return "\r\n".join([head, *lines, ""]).encode()


def upload(client: Any, to: str, content: bytes, name: str = "svar.csv") -> Any:
    return client.post(to, {"file": SimpleUploadedFile(name, content)})


def kept_in(response: Any) -> str:
    return re.search(r'name="kept" value="([^"]+)"', response.content.decode()).group(1)


@pytest.mark.parametrize("name", ["kalkylblad.xlsx", "tabell.csv", "svar.json"])
def test_the_template_is_fetched(page: World, name: str) -> None:
    response = page.lead().get(url("fetch_exchange", page.matter.pk, name))
    assert response.status_code == 200
    assert f"payment-at-discharge.{name.rsplit('.', 1)[1]}" in response["Content-Disposition"]
    own = page.client().get(url("fetch_own_exchange", page.matter.pk, page.positions[0].pk, name))
    assert own.status_code == 200
    if name.endswith("json"):
        assert len(json.loads(own.content)["positions"]) == 1
        assert len(json.loads(response.content)["positions"]) == 2


def test_what_is_fetched_can_be_uploaded_and_says_nothing_new(page: World) -> None:
    client, to = page.lead(), url("exchange", page.matter.pk)
    content = client.get(url("fetch_exchange", page.matter.pk, "kalkylblad.xlsx")).content
    response = upload(client, to, content, "svar.xlsx")
    assert response.status_code == 200
    assert "There is nothing new in the file" in response.content.decode()


def test_nothing_is_kept_before_the_preview_is_confirmed(page: World) -> None:
    client, to = page.lead(), url("exchange", page.matter.pk)
    seen = upload(client, to, rows(page))
    assert seen.status_code == 200
    assert "Basis is individual" in seen.content.decode()
    assert not Condition.objects.exists()
    done = client.post(to, {"kept": kept_in(seen)}, follow=True)
    assert "2 drafts have been taken in" in done.content.decode()
    assert Condition.objects.count() == 2
    assert {p.state for p in page.matter.positions.all()} == {PositionState.STARTED}


def test_wrong_rows_are_told_and_right_ones_kept(page: World) -> None:
    client, to = page.lead(), url("exchange", page.matter.pk)
    wrong = rows(page).replace(b"Municipality 001;1;;Basis;is;individual", b"Municipality 001;1;;Basis;is;collective")
    seen = upload(client, to, wrong)
    text = seen.content.decode()
    assert "Conditions, row 3, Options" in text
    assert "“collective” is not an option of “Basis”." in text
    assert "Choose one of: individual, monthly average." in text
    assert "Take in what is right as drafts" in text
    client.post(to, {"kept": kept_in(seen)})
    assert Condition.objects.get().position == page.positions[0]


def test_a_participant_fills_in_its_own_and_sends_it_in_itself(page: World) -> None:
    client, to = page.client(), url("own_exchange", page.matter.pk, page.positions[0].pk)
    seen = upload(client, to, rows(page))
    assert "“Municipality 001” is not asked in this matter." in seen.content.decode()
    done = client.post(to, {"kept": kept_in(seen)})
    assert done["Location"] == url("position", page.matter.pk, page.positions[0].pk)
    page.positions[0].refresh_from_db()
    assert page.positions[0].state == PositionState.STARTED


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK nonsense", b"{]", b"\xff\xfe"])
def test_what_cannot_be_read_is_a_sentence_on_the_form(page: World, content: bytes) -> None:
    response = upload(page.lead(), url("exchange", page.matter.pk), content)
    assert response.status_code == 422
    assert "error" in response.content.decode()


def test_what_was_tampered_with_or_made_by_another_is_refused(page: World) -> None:
    to = url("exchange", page.matter.pk)
    kept = kept_in(upload(page.lead(), to, rows(page)))
    for sent in (kept[:-3] + "abc", "", "x" * 100):
        response = page.lead().post(to, {"kept": sent})
        assert response.status_code == 422
        assert "Choose the file again" in response.content.decode()
    own = url("own_exchange", page.matter.pk, page.positions[0].pk)
    assert page.client().post(own, {"kept": kept}).status_code == 422
    assert not Condition.objects.exists()


def test_nobody_else_comes_near(page: World) -> None:
    for name, parts in (("exchange", ()), ("fetch_exchange", ("svar.json",))):
        assert page.client().get(url(name, page.matter.pk, *parts)).status_code in (403, 404)
    own = url("own_exchange", page.matter.pk, page.positions[0].pk)
    assert page.client(1).get(own).status_code in (403, 404)
    assert page.lead().get(own).status_code in (403, 404)
    assert page.lead().get(url("fetch_exchange", page.matter.pk, "svar.exe")).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 290])
def test_the_preview_costs_the_same_number_of_queries_however_many_there_are(
    db: None, count: int, django_assert_max_num_queries: Any
) -> None:
    w = world(participants=count)
    client, to = w.lead(), url("exchange", w.matter.pk)
    client.get(to)
    with django_assert_max_num_queries(QUERIES):
        response = upload(client, to, rows(w))
    assert response.status_code == 200
    assert len(gzip.compress(response.content)) < 100_000


QUERIES = 43

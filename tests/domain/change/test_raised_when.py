"""When a change need may be taken further, what is said of it then, and in which documents."""

from __future__ import annotations

import json

import pytest

from samordna.core import clock
from samordna.core.errors import Invalid, Refused
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.change import operations as do
from samordna.domain.change.models import Raised
from samordna.domain.change.queries.raising import ways_of, words_of
from samordna.domain.matters.models import Matter
from tests.domain.change.going import analysed, taken
from tests.domain.change.test_raised import address
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db

WAYS = ([], ["arende"], ["dokument"], ["version"], ["beslut"])


def refused_everywhere(actor, given, need):
    """By operation, API and address, with what was typed kept."""
    words = {"title": "Skriven", "purpose": "x", "for_the_individual": "x", "area_id": given.area.pk}
    with pytest.raises(Refused, match=r"taken on|tar någon sig an"):
        do.raise_matter(actor=actor, need_id=need.pk, **words)
    with pytest.raises(Refused):
        do.raise_document(actor=actor, need_id=need.pk, name="x")
    client = client_of(actor)
    assert [client.get(address(need, *rest)).status_code for rest in WAYS] == [403] * len(WAYS)
    answer = client.post(address(need, "arende"), words | {"kind": "other"})
    assert (answer.status_code, "Skriven" in answer.content.decode()) == (422, True)
    asked = client.post(
        f"/api/v1/change-needs/{need.pk}/matters", json.dumps(words | {"kind": "other"}), content_type="application/json"
    )
    assert asked.status_code == 409
    assert (Raised.objects.count(), Matter.objects.count(), Agreement.objects.count()) == (0, 0, 0)


def test_what_nobody_has_taken_on_is_not_taken_further():
    given = setting()
    _chain, (need,) = analysed(given, given.coordinator)
    refused_everywhere(given.coordinator, given, need)
    taken(given.coordinator, need)
    assert client_of(given.coordinator).get(address(need)).status_code == 200


def test_what_somebody_is_asked_to_take_on_is_not_taken_further_meanwhile():
    given = setting()
    _chain, (need,) = analysed(given, given.coordinator)
    taken(given.coordinator, need)
    do.place_need(actor=given.coordinator, need_id=need.pk, to=given.own.pk, words="Hos er")
    refused_everywhere(given.coordinator, given, need)


def test_words_of_a_chain_that_is_not_shared_begin_nothing_that_others_read():
    given = setting()
    chain, (need,) = analysed(given, given.manager)
    taken(given.manager, need)
    assert not chain.shared
    page = client_of(given.manager).get(address(need, "dokument"))
    assert not page.context["form"]["name"].value()
    assert "läses av alla som deltar" in page.content.decode()
    assert (words_of(need).title, words_of(need).why) == ("", "")
    do.share_chain(actor=given.manager, chain_id=chain.pk)
    form = client_of(given.manager).get(address(need, "dokument")).context["form"]
    assert form["name"].value() == "Planera på fredagar 0"


def test_a_document_with_a_draft_is_tied_to_it_and_one_that_awaits_signatures_is_not_offered():
    given = setting()
    lead, now = given.coordinator, clock.now()
    _chain, needs = analysed(given, lead, needs=2)
    for need in needs:
        taken(lead, need)
    made = do.raise_document(actor=lead, need_id=needs[0].pk, name="Rutinen")
    draft = AgreementVersion.objects.get()
    assert [name for _pk, name in ways_of(lead, needs[1], now).documents] == ["Rutinen (fortsätt i utkastet som finns)"]
    answer = client_of(lead).post(address(needs[1], "version"), {"agreement_id": made.pk})
    assert answer["Location"].endswith(f"/{draft.number}/"), "one goes on in the draft there is"
    assert [one.thing_id for one in needs[1].raised.all()] == [made.pk]
    with pytest.raises(Refused):
        do.raise_version(actor=lead, need_id=needs[1].pk, agreement_id=made.pk)
    assert (needs[1].raised.count(), AgreementVersion.objects.count()) == (1, 1), "tied once"
    AgreementVersion.objects.update(sealed_at=now, sealed_by_id=lead.holding_id, content={})
    assert ways_of(lead, needs[1], now).documents == ()
    with pytest.raises(Invalid):
        do.raise_version(actor=lead, need_id=needs[1].pk, agreement_id=made.pk)

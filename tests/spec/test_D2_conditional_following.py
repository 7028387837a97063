"""D2: whoever chooses to take part must follow in full and must contribute; not doing so is shown as a breach."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.adherence.operations import answer_following
from samordna.domain.collaborations.enums import Duress
from tests import factories as f
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("follow", "breach"), [(Duress.MAY, False), (Duress.IF_IN, True)])
@pytest.mark.parametrize("kind", ["cannot", "will_not"])
def test_not_following_is_a_breach_where_following_is_a_condition(follow, breach, kind):
    """Under the conditional depth not following is a breach that all see; under the voluntary it is a choice."""
    world = followed(2, follow=follow)
    answer_following(actor=world.actor(0), version_id=world.version.pk, kind=kind, reason="Vakanser")
    seen = page_for(world.actor(1), world)
    assert ('data-kind="breach"' in seen) is breach


@pytest.mark.parametrize(("contribute", "named"), [(Duress.MAY, False), (Duress.IF_IN, True)])
def test_not_contributing_is_shown_where_contributing_is_a_condition(contribute, named):
    """An organisation that said nothing while the decision was prepared is named, if it had to contribute."""
    world = followed(2, contribute=contribute)
    quiet = world.organisations[1].name
    before = page_for(world.lead, world).count(quiet)
    world.version.content["participants"][1]["state"] = "silent"
    world.version.save()
    assert (page_for(world.lead, world).count(quiet) > before) is named


@pytest.mark.parametrize(("follow", "breach"), [(Duress.MAY, False), (Duress.IF_IN, True)])
def test_following_in_part_is_a_breach_in_that_part_where_following_is_in_full(follow, breach):
    """Who does not follow an aspect says so by pressing it; all read which, on the page and on the board."""
    world = followed(2, follow=follow)
    second = f.aspect(world.matter, "Transport", ("bus", "boat"))
    kept = {"aspect": second.pk, "label": second.label, "option": second.options.get(label="bus").pk, "value": "bus"}
    world.version.content["frame"].append(kept)
    world.version.save()
    actor, address = world.actor(0), reverse("following", args=[world.decision.pk])
    own, reader = browser_of(actor), browser_of(world.actor(1))
    said = {"kind": "cannot", "reason": "Bussen går inte", "aspect_ids": ["222222222222"]}
    refused = own.post(address, said)
    assert (refused.status_code, "Bussen går inte" in refused.content.decode()) == (422, True)
    assert own.post(address, said | {"aspect_ids": [second.pk]}).status_code == 302
    for page in (reader.get(address), reader.get(reverse("following_board"))):
        shown = page.content.decode()
        assert "Följer delvis, inte: Transport" in shown
        assert ('data-kind="breach"' in shown) is breach
    assert ("inte följa Transport är ett brott mot beslutet" in own.get(address).content.decode()) is breach
    path = f"/api/v1/decision-versions/{world.version.pk}/following-answers"
    sent = own.post(path, said | {"aspect_ids": [second.pk, world.aspect.pk]}, content_type="application/json")
    assert (sent.status_code, sent.json()["not_followed"]) == (201, [])
    assert own.post(path, said, content_type="application/json").json()["errors"][0]["field"] == "aspect_ids"
    assert "Följer delvis" not in reader.get(address).content.decode().split('id="alla"')[1].split("</tbody>")[0]

"""D2: whoever chooses to take part must follow in full and must contribute; not doing so is shown as a breach."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.adherence.operations import answer_following
from samordna.domain.collaborations.enums import Duress
from samordna.domain.decisions.models import ConsultationAnswer, Proposal
from tests import factories as f
from tests.domain.adherence.followed import BEFORE, followed
from tests.factories import NOW
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


@pytest.mark.parametrize(("contribute", "breach"), [(Duress.MAY, False), (Duress.IF_IN, True)])
@pytest.mark.parametrize("state", ["silent", "declined"])
def test_not_contributing_is_a_breach_where_contributing_is_a_condition(contribute, breach, state):
    """Who said nothing while the decision was prepared, and had to contribute, is in breach, however it follows now."""
    world = followed(3, contribute=contribute)
    quiet, address = world.organisations[1], reverse("following_board")
    world.version.content["participants"][1]["state"] = state
    world.version.save()
    answer_following(actor=world.actor(1), version_id=world.version.pk, kind="already_so")
    own, reader = browser_of(world.actor(1)), browser_of(world.actor(0))
    board, page, only = (
        reader.get(where).content.decode()
        for where in (address, reverse("following", args=[world.decision.pk]), f"{address}?visa=breach")
    )
    assert [shown.count("bidrog inte, ett brott") for shown in (board, page)] == [breach, breach]
    assert [quiet.name in only, world.organisations[2].name in only] == [breach, False]
    assert [board.count("Bryter mot ett beslut"), ">1</strong> Brott" in board] == [breach, breach]
    mine = own.get(reverse("following", args=[world.decision.pk])).content.decode()
    assert ("varken ställningstagande, förslag eller remissvar kom från er" in mine) is breach
    assert (
        f'href="{reverse("following", args=[world.decision.pk])}#svar"'
        not in own.get(address).content.decode().split("<table")[0]
    )
    told = reader.get(f"/api/v1/decisions/{world.decision.pk}/following").json()
    assert (told["not_contributing"], told["tally"]["breaches"]) == ([quiet.name] * breach, int(breach))
    rows = reader.get(f"/api/v1/collaborations/{world.collaboration.pk}/following").json()["rows"]
    said = {row["organisation"]: (row["urgency"], row["standings"][0]["not_contributing"]) for row in rows}
    assert said[quiet.name] == (("breach", True) if breach else ("following", False))


@pytest.mark.parametrize("way", ["position", "no_conditions", "proposal", "consultation"])
def test_whoever_took_part_in_making_the_decision_has_contributed(way):
    """A position, "no conditions" said aloud, a proposal or an answer to the consultation: each is to contribute."""
    world = followed(2, contribute=Duress.IF_IN)
    version, of = world.version, world.organisations[1]
    states = {"position": "answered", "no_conditions": "no_conditions"}
    version.content["participants"][1]["state"] = states.get(way, "declined")
    version.save()
    if way == "proposal":
        proposal = Proposal.objects.get(pk=version.proposal_id)
        proposal.pk, proposal.number, proposal.organisation, proposal.state = None, 2, of, "shared"
        proposal.made_by = f.holding(of)
        proposal.save(force_insert=True)
    if way == "consultation":
        ConsultationAnswer.objects.create(
            version=version, organisation=of, stance="accepts", answered_at=BEFORE, answered_by=f.holding(of)
        )
    assert "bidrog inte" not in page_for(world.lead, world)
    Proposal.objects.filter(organisation=of).update(state="sketch")
    ConsultationAnswer.objects.update(answered_at=NOW)
    assert ("bidrog inte" in page_for(world.lead, world)) is (way not in states)


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
    assert "Följer delvis" not in reader.get(address).content.decode().split('id="alla"')[1].split("</table>")[0]

"""The demonstration's nation: three questions among twenty-one regions, each of which ends as it says."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samordna.cli.demo.loader import load
from samordna.cli.demo.nation import load_more
from samordna.cli.demo.regions import EVERYBODY, REGIONS
from samordna.core import clock
from samordna.domain.adherence.queries.page import following_of
from samordna.domain.decisions.models import Attempt, DecisionVersion, Proposal
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.demo import demo_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings) -> None:
    settings.DEMO = True
    with translation.override("sv"):
        load()
        load_more(how_many=12)
        load_more(how_many=12)


@pytest.mark.usefixtures("world")
def test_twenty_one_regions_settle_clash_and_follow():
    """What is loaded a second time is what is not there yet, which is nothing."""
    places = {organisation: key.rpartition("-")[0] for key, (_, _, organisation) in demo_cast(clock.now()).items()}
    journal, listing = (Matter.objects.get(title__startswith=title) for title in ("Vad invånaren", "Listning"))
    assert journal.positions.count() == len(EVERYBODY) == 21

    proposal = Proposal.objects.get(matter=journal)
    adaptations = proposal.adaptations.filter(aspect__label="Uppgifter om tredje person")
    cannot_mark = {region.key for region in REGIONS if region.system == "gammal"}
    assert {places[row.organisation_id] for row in adaptations} == cannot_mark

    attempt = Attempt.objects.get(matter=listing)
    owners = {places[member["owner"]] for member in attempt.outcome["outcome"]["members"]}
    assert (attempt.result, owners) == ("clash", {"region", "fjallmark"})

    version = DecisionVersion.objects.get(decision__matter__title__startswith="Vårdförlopp")
    assert version.adoptions.filter(answer="adopted").count() == 17
    answers = [standing.answer.kind for standing in following_of(version, clock.now()) if standing.answer]
    assert {kind: answers.count(kind) for kind in answers} == {
        "already_so": 4,
        "will_change": 7,
        "cannot": 1,
        "will_not": 1,
    }

    guidelines = DecisionVersion.objects.get(decision__matter__title__startswith="Gemensamma riktlinjer")
    own = Proposal.objects.get(matter=guidelines.decision.matter).adaptations.values_list("organisation_id")
    assert sorted(guidelines.adoptions.values_list("answer", flat=True)) == ["adopted", "adopted", "rejected"]
    assert (guidelines.state, len(own)) == ("in_force", 1), "one of the two that cannot have it alike differs"

    services = Matter.objects.get(title__startswith="Gemensam e-tjänst")
    assert (services.positions.count(), services.stage) == (12, "weighing")
    assert Attempt.objects.get(matter=services).result == "settled"

    page = Client().get(reverse("account_login"), headers={"accept-language": "sv"}).content.decode()
    county, nation = page.split("<details", 1)
    assert "34 organisationer till" in nation
    assert "Region Fjärdsland" in county
    assert "Region Gotvik" in nation

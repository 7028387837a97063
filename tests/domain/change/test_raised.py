"""A change need is taken further as a matter, a document, a version or a revision, prefilled, and found from both sides."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.domain.agreements.models import Agreement
from samordna.domain.change import operations as do
from samordna.domain.change.limits import MOST_RAISED
from samordna.domain.change.models import Raised
from samordna.domain.change.queries.links import of_decision, of_target
from samordna.domain.change.queries.page import chain_page
from samordna.domain.decisions.models import Decision
from samordna.domain.matters.models import Matter
from tests import factories as f
from tests.domain.change.going import analysed, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db

NEED, CAUSE, FOUND = "Planera på fredagar 0", "Ingen planerar på fredagar", "Det väntas längst på fredagar"
FOR_WHOM = "Den som ska hem"


@pytest.fixture
def held():
    """A change need that the coordination has."""
    given = setting()
    chain, (need,) = analysed(given, given.coordinator)
    taken(given.coordinator, need)
    return SimpleNamespace(given=given, lead=given.coordinator, chain=chain, need=need)


def address(need, *rest):
    return "/".join(["/forandring/behov", need.pk, "ta-upp", *rest]) + "/"


def test_the_matter_begins_with_what_the_analysis_says_and_is_tied_to_the_need(held):
    client = client_of(held.lead)
    page = client.get(f"/forandring/{held.chain.pk}/").content.decode()
    assert address(held.need) in page
    ways = client.get(address(held.need)).content.decode()
    assert address(held.need, "arende") + "?slag=other" in ways
    form = client.get(address(held.need, "arende") + "?slag=other").context["form"]
    assert form["title"].value() == NEED
    assert form["purpose"].value() == f"{NEED}\n\n{FOUND}\n\n{CAUSE}"
    assert not form["for_the_individual"].value(), "the analysis does not say for whom"
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"area_id": held.given.area.pk, "for_the_individual": FOR_WHOM}
    answer = client.post(address(held.need, "arende"), said)
    matter = Matter.objects.get()
    assert answer["Location"] == f"/fragor/{matter.pk}/"
    assert (matter.title, matter.for_the_individual) == (NEED, FOR_WHOM)
    assert [one.title for one in chain_page(held.lead, held.chain.pk, clock.now()).now.needs[0].raised] == [NEED]
    assert f"/fragor/{matter.pk}/" in client.get(f"/forandring/{held.chain.pk}/").content.decode()
    assert f"/forandring/{held.chain.pk}/" in client.get(f"/fragor/{matter.pk}/").content.decode()
    planning = client.get(f"/forandring/behov/{held.need.pk}/andra/").context["form"]
    assert planning["target"].value() == f"matter:{matter.pk}"


def test_what_others_may_not_read_yet_is_not_there_for_them(held):
    do.raise_matter(
        actor=held.lead,
        need_id=held.need.pk,
        area_id=held.given.area.pk,
        title="Hemligt utkast",
        purpose="x",
        for_the_individual="x",
    )
    assert chain_page(held.given.manager, held.chain.pk, clock.now()).now.needs[0].raised == ()
    assert "Hemligt" not in client_of(held.given.manager).get(f"/forandring/{held.chain.pk}/").content.decode()


def test_what_is_wrong_keeps_what_was_typed_and_ties_nothing(held):
    answer = client_of(held.lead).post(address(held.need, "arende"), {"kind": "other", "title": "Skriven", "purpose": "x"})
    assert answer.status_code == 422
    assert "Skriven" in answer.content.decode()
    assert (Raised.objects.count(), Matter.objects.count()) == (0, 0)


def test_a_routine_of_the_collaboration_is_written_because_of_the_need(held):
    client = client_of(held.lead)
    form = client.get(address(held.need, "dokument")).context["form"]
    assert (form["name"].value(), form["kind"].value()) == (NEED, "routine")
    client.post(address(held.need, "dokument"), {"kind": "routine", "name": "Fredagsrutin", "language": "sv"})
    made = Agreement.objects.get()
    assert (made.name, made.organisation_id) == ("Fredagsrutin", None)
    linked = of_target(held.lead, "agreement", made.pk, clock.now())
    assert [(one.id, one.what) for one in linked.raised] == [(held.chain.pk, NEED)]
    assert "läses av alla" in client.get(address(held.need, "dokument")).content.decode()


def test_an_organisation_writes_a_routine_of_its_own_and_raises_no_matter():
    given = setting()
    own = given.manager
    chain, (need,) = analysed(given, own)
    taken(own, need)
    client = client_of(own)
    ways = client.get(address(need)).content.decode()
    assert address(need, "arende") not in ways
    client.post(address(need, "dokument"), {"kind": "routine", "name": "Vår rutin"})
    made = Agreement.objects.get()
    assert made.organisation_id == given.own.pk
    assert [one.id for one in of_target(own, "agreement", made.pk, clock.now()).raised] == [chain.pk]
    assert of_target(given.other_manager, "agreement", made.pk, clock.now()).raised == (), "the chain is not shared"
    with pytest.raises(Refused):
        do.raise_matter(actor=own, need_id=need.pk, area_id=given.area.pk, title="x", purpose="x", for_the_individual="x")
    assert client.post(address(need, "beslut"), {"decision_id": "x", "because": "x"}).status_code == 422


def test_a_need_is_taken_further_by_whoever_has_it_alone(held):
    for other, refused in ((held.given.manager, Forbidden), (f.actor(f.organisation("Utanför")), Absent)):
        with pytest.raises(refused):
            do.raise_document(actor=other, need_id=held.need.pk, name="x")
    assert client_of(held.given.manager).get(address(held.need)).status_code == 403


def test_what_is_not_there_to_change_is_not_chosen(held):
    with pytest.raises(Invalid) as wrong:
        do.raise_version(actor=held.lead, need_id=held.need.pk, agreement_id="finns-inte")
    assert set(wrong.value.fields) == {"agreement_id"}
    with pytest.raises(Invalid) as wrong:
        do.raise_revision(actor=held.lead, need_id=held.need.pk, decision_id="finns-inte", because="Därför")
    assert set(wrong.value.fields) == {"decision_id"}


def test_there_is_an_end_to_what_one_need_raises(held):
    rows = [Raised(need=held.need, kind="matter", thing_id="x", raised_at=clock.now()) for _n in range(MOST_RAISED)]
    Raised.objects.bulk_create(rows)
    with pytest.raises(TooLarge):
        do.raise_document(actor=held.lead, need_id=held.need.pk, name="x")


def test_a_decision_that_came_of_a_need_shows_it(held):
    matter = f.matter(held.given.collaboration, title="Fredagar")
    Raised.objects.create(need=held.need, kind="matter", thing_id=matter.pk, raised_at=clock.now())
    decision = Decision.objects.create(matter=matter, number=1)
    assert [one.id for one in of_decision(held.lead, decision.pk, clock.now()).raised] == [held.chain.pk]

"""P1: what is decided governs the matters that come after, in the same area and beneath it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.domain.decisions.models import DecisionVersion
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.decisions import chain
from tests.domain.decisions.world import build

pytestmark = pytest.mark.django_db


def test_a_later_matter_shows_what_already_governs_the_reader_there():
    """In the area and beneath it the decision stands with what it settles; nowhere else, for nobody else, not in itself."""
    world = build()
    chain.in_force(world)
    earlier, town = world.matter, world.manager(world.town)
    given, client = earlier.collaboration, client_of(town)
    same = f.matter(given, area=earlier.area, title="Nästa")
    beneath = f.matter(given, area=f.area(given, "Under", parent=earlier.area))
    elsewhere = f.matter(given, area=f.area(given, "Annat"))
    for later in (same, beneath):
        card = _card(client, later)
        assert earlier.title in card
        assert "average" in card
    for other in (elsewhere, earlier):
        assert not _card(client, other)
    newcomer = f.organisation("Nykomling")
    f.participation(given, newcomer)
    assert not _card(client_of(f.actor(newcomer)), same)
    address = f"/api/v1/organisations/{world.town.pk}/governing-conditions"
    assert [row["title"] for row in client.get(address, {"area_id": beneath.area_id}).json()["items"]] == [earlier.title]
    assert client.get(address, {"area_id": elsewhere.area_id}).json()["items"] == []
    assert client.get(address, {"area_id": "nosucharea12"}).status_code == 404


def test_many_decisions_cost_no_more_questions_than_one():
    """Twelve decisions in the area: ten stand on the page and the rest in the register, for the same queries."""
    world = build()
    version = chain.in_force(world)
    given, client = world.matter.collaboration, client_of(world.manager(world.town))
    later = f.matter(given, area=world.matter.area)
    _card(client, later)
    one = _queries(client, later)
    for number in range(2, 13):
        _copy(version, f.matter(given, area=world.matter.area), number)
    assert _queries(client, later) == one
    assert "Alla 12" in _card(client, later)


def _copy(version, matter, number) -> None:
    """The same decision in another matter."""
    kept = DecisionVersion.objects.select_related("decision", "proposal").get(pk=version.pk)
    answers = list(kept.adoptions.all())
    kept.decision.matter, kept.proposal.matter, kept.decision.number = matter, matter, number
    for row in (kept.decision, kept.proposal, kept, *answers):
        row.pk, row._state.adding = None, True
    kept.decision.save()
    kept.proposal.save()
    kept.decision, kept.proposal = kept.decision, kept.proposal
    kept.save()
    for answer in answers:
        answer.version = kept
        answer.save()


def _queries(client, matter) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _card(client, matter)
    return len(asked)


def _card(client, matter) -> str:
    page = client.get(f"/fragor/{matter.pk}/")
    assert page.status_code == 200
    _before, found, after = page.content.decode().partition('id="redan-beslutat"')
    return after.split("</section>")[0] if found else ""

"""More chains than a page shows: how many there are is told, and the rest is found on the board, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.models import Chain, Change, EarlierPlan
from samordna.domain.change.queries import board, links
from samordna.domain.change.queries.page import chain_page
from tests import factories as f
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def test_the_cut_is_told_with_a_way_to_the_rest(monkeypatch):
    monkeypatch.setattr(links, "MOST", 2)
    given = setting()
    lead, matter = given.coordinator, f.matter(given.collaboration, title="Fredagar")
    for n in range(3):
        _chain, (need,) = analysed(given, lead, title=f"Kedja {n}")
        taken(lead, need)
        planned(lead, need, target_kind="matter", target_id=matter.pk)
    found = links.of_target(lead, "matter", matter.pk, clock.now())
    assert (found.shown, found.of_all) == (2, 3)
    client = client_of(lead)
    assert "2 av 3 visas" in client.get(f"/fragor/{matter.pk}/").content.decode()
    begun(given, lead, title="Något annat")
    rest = client.get("/forandring/", {"om": f"matter:{matter.pk}"}).content.decode()
    assert all(f"Kedja {n}" in rest for n in range(3))
    assert "Något annat" not in rest
    assert "Något annat" in client.get("/forandring/").content.decode()


@pytest.mark.parametrize("about", ["matter:finns-inte", "x:y", "result:", "goal:1", "wave:1", "matter"])
def test_what_one_may_not_read_is_not_there_to_ask_about(about):
    given = setting()
    assert client_of(given.manager).get("/forandring/", {"om": about}).status_code == 404


def test_closed_chains_are_shown_page_by_page(monkeypatch):
    monkeypatch.setattr(board, "SHOWN", 2)
    given = setting()
    for n in range(3):
        begun(given, given.coordinator, title=f"Stängd {n}")
    Chain.objects.update(closed_at=clock.now(), outcome="Bättre")
    client = client_of(given.coordinator)
    first, second = (client.get("/forandring/", {"stangda": n}).content.decode() for n in (1, 2))
    assert [first.count("Stängd "), second.count("Stängd ")] == [2, 1]
    assert "stangda=2" in first
    assert "stangda=1" in second


def test_what_was_planned_before_stands_on_the_page_with_its_day_role_and_reason():
    given = setting()
    own, colleague = given.manager, f.actor(given.own)
    chain, (need,) = analysed(given, own)
    taken(own, need)
    change = planned(own, need)
    first, today = Change.objects.get(pk=change.pk), clock.day(clock.now())
    for n, role in ((1, colleague.role_id), (2, own.role_id)):
        do.replan_change(
            actor=own,
            change_id=change.pk,
            role_id=role,
            by=first.by + timedelta(days=n),
            measure_on=first.measure_on + timedelta(days=n),
            reason=f"Skäl {n}",
        )
    seen = chain_page(own, chain.pk, clock.now()).change(change.pk)
    assert [(one.by, one.measure_on, one.reason, one.until) for one in seen.earlier] == [
        (first.by, first.measure_on, "Skäl 1", today),
        (first.by + timedelta(days=1), first.measure_on + timedelta(days=1), "Skäl 2", today),
    ]
    assert [row.role_id for row in EarlierPlan.objects.order_by("by")] == [own.role_id, colleague.role_id]
    text = client_of(own).get(f"/forandring/{chain.pk}/").content.decode()
    assert "Skäl 1" in text
    assert "Skäl 2" in text

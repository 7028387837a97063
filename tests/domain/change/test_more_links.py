"""More chains than a page shows: how many there are is told, and the rest is found on the board, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.adherence.models import Experience
from samordna.domain.assessments.operations import give_feedback
from samordna.domain.change import operations as do
from samordna.domain.change.models import Chain, Change, EarlierPlan
from samordna.domain.change.queries import board, links
from samordna.domain.change.queries.page import chain_page
from tests import factories as f
from tests.domain.adherence.followed import followed
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


def test_the_cut_is_told_beside_each_feedback_with_a_way_to_the_rest(monkeypatch):
    monkeypatch.setattr(links, "MOST", 2)
    given = setting()
    lead = given.coordinator
    said = {"collaboration_id": given.collaboration.pk, "decision_id": ""}
    late, early = (give_feedback(actor=given.manager, text=f"För {how} kallelser", **said) for how in ("sena", "tidiga"))
    for n, feedback in enumerate([late, late, late, early]):
        begun(given, lead, kind="feedback", thing_id=feedback.pk, said="", title=f"Kedja {n}")
    client = client_of(lead)
    page = client.get(f"/enkater/samverkan/{given.collaboration.pk}/aterkoppling/").content.decode()
    assert page.count("2 av 3 visas") == 1
    assert f"?om=feedback:{late.pk}" in page
    assert f"?om=feedback:{early.pk}" not in page
    rest = client.get("/forandring/", {"om": f"feedback:{late.pk}"}).content.decode()
    assert [f"Kedja {n}" in rest for n in range(4)] == [True, True, True, False]
    assert "För sena kallelser" in rest


def test_the_cut_is_told_beside_each_experience_and_how_a_decision_is_followed(monkeypatch):
    monkeypatch.setattr(links, "MOST", 2)
    met = followed(1)
    lead, by = met.lead, f.holding(met.organisations[0])
    said = {"tone": "hinders", "text": "För kort tid", "shared_at": clock.now(), "shared_by": by}
    told = Experience.objects.create(version=met.version, organisation=met.organisations[0], **said)
    where = {"actor": lead, "collaboration_id": met.collaboration.pk, "said": ""}
    for n in range(3):
        do.begin_chain(kind="experience", thing_id=told.pk, title=f"Kedja {n}", **where)
        do.begin_chain(kind="following", thing_id=met.version.decision_id, title=f"Följs {n}", **where)
    client = client_of(lead)
    page = client.get(f"/foljs/{met.version.decision_id}/").content.decode()
    assert page.count("2 av 3 visas") == 2
    for about, mine, other in (
        (f"experience:{told.pk}", "Kedja", "Följs"),
        (f"following:{met.version.decision_id}", "Följs", "Kedja"),
    ):
        assert f"?om={about}" in page
        rest = client.get("/forandring/", {"om": about}).content.decode()
        assert [[f"{name} {n}" in rest for n in range(3)] for name in (mine, other)] == [[True] * 3, [False] * 3]


@pytest.mark.parametrize(
    "about",
    ["matter:finns-inte", "x:y", "result:", "goal:1", "wave:1", "matter", "feedback:1", "experience:1", "following:1"],
)
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

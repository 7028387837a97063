"""Chains of change, annual reports and introduction programmes are found by those who may open them, and by nobody else;
and an upgrade reads the index anew by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock, tasks
from samordna.core.models import Task
from samordna.core.reading import only_reading
from samordna.domain.change import operations as change
from samordna.domain.change.access import visible_chains
from samordna.domain.introductions import operations as introductions
from samordna.domain.introductions.access import visible_programmes
from samordna.domain.reports import operations as reports
from samordna.domain.reports.access import visible_annual_reports
from samordna.domain.search import index
from samordna.domain.search.access import findable
from samordna.domain.search.enums import Kind
from samordna.domain.search.index import bring_up_to_date, rebuild
from samordna.domain.search.models import Entry
from samordna.domain.search.queries import find
from tests import factories as f
from tests.domain.change.going import analysed, planned, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db
NEW = (Kind.CHAIN, Kind.ANNUAL_REPORT, Kind.INTRODUCTION)


def found(actor, text):
    """What somebody finds, and that it is within what its lists have."""
    at = clock.now()
    hits = find(actor, at, text).hits
    listed = {
        Kind.CHAIN: visible_chains(actor, at),
        Kind.ANNUAL_REPORT: visible_annual_reports(actor, at),
        Kind.INTRODUCTION: visible_programmes(actor, at),
    }
    for kind, things in listed.items():
        assert set(findable(actor, at)[kind].values_list("pk", flat=True)) == set(things.values_list("pk", flat=True))
        assert {hit.object_id for hit in hits if hit.kind == kind} <= {thing.pk for thing in things}
    return {(hit.kind, hit.object_id) for hit in hits}


def test_a_chain_is_found_by_its_organisation_alone_until_it_is_shared():
    given = setting()
    chain, (need,) = analysed(given, given.manager, said="Vildsvinsrapporten")
    taken(given.manager, need)
    planned(given.manager, need, what="Ugglevakten ringer")
    other, outside, here = f.actor(given.other), f.actor(f.organisation()), (Kind.CHAIN, chain.pk)
    rebuild()  # what was made without operations
    for text in ("hemgång", "längst på fredagar", "ugglevakten", "räkna de som väntar"):
        assert found(given.manager, text) == {here}, text
        assert found(other, text) == found(given.coordinator, text) == found(outside, text) == set()
    page = client_of(given.manager).get("/sok/?q=ugglevakten").content.decode()
    assert f'href="{reverse("chain", args=[chain.pk])}"' in page
    assert "Ugglevakten" not in client_of(other).get("/sok/?q=ugglevakten").content.decode()
    assert found(given.manager, "vildsvinsrapporten") == set(), "what it began from is not for all who read the chain"
    change.share_chain(actor=given.manager, chain_id=chain.pk)
    assert found(other, "ugglevakten") == found(given.coordinator, "ugglevakten") == {here}
    assert found(outside, "ugglevakten") == set()
    assert rebuild() == 0, "what followed what was written is what a whole new index says"


def test_an_annual_report_is_found_by_whoever_leads_until_it_is_adopted():
    given = setting()
    lead, party, outside = given.coordinator, given.manager, f.actor(f.organisation())
    rebuild()
    made = reports.begin_annual_report(actor=lead, collaboration_id=given.collaboration.pk, year=2025)
    chapter, left = made.chapters.order_by("place")[:2]
    for each, text in ((chapter, "Storkåret"), (left, "Storkåret som ströks")):
        reports.write_chapter(actor=lead, chapter_id=each.pk, text=text)
    reports.leave_chapter_out(actor=lead, chapter_id=left.pk, left_out=True)
    here = {(Kind.ANNUAL_REPORT, made.pk)}
    assert (found(lead, "storkåret"), found(lead, "årsrapport 2025"), found(lead, "ströks")) == (here, here, set())
    assert found(party, "storkåret") == found(outside, "storkåret") == set()
    reports.adopt_report(actor=lead, annual_report_id=made.pk, how="På mötet i Björkvallen")
    assert found(party, "storkåret") == found(party, "björkvallen") == here
    assert found(outside, "storkåret") == set()
    assert f'href="/rapporter/ar/{made.pk}/"' in client_of(party).get("/sok/?q=storkåret").content.decode()
    assert rebuild() == 0


def test_a_programme_is_found_by_those_whose_it_is_for():
    given = setting()
    own = {"organisation_id": given.own.pk, "name": "Ny hos oss", "why": "Veta", "for_whom": ["everybody"]}
    joint = {"collaboration_id": given.collaboration.pk, "name": "Ny i samverkan", "why": "Veta", "for_whom": ["everybody"]}
    step = {"kind": "read", "what": "Läs lathunden", "words": "Den om gråsuggor", "by_days": 10}
    made, other, outside = {}, f.actor(given.other), f.actor(f.organisation())
    rebuild()
    for key, actor, said in (("own", given.manager, own), ("joint", given.coordinator, joint)):
        programme = introductions.begin_programme(actor=actor, **said)
        introductions.add_step(actor=actor, programme_id=programme.pk, **step)
        made[key] = (Kind.INTRODUCTION, programme.pk)
    assert found(given.manager, "gråsuggor") == {made["own"]}
    assert found(given.coordinator, "gråsuggor") == {made["joint"]}
    assert found(other, "gråsuggor") == found(outside, "gråsuggor") == set()
    introductions.publish_programme(actor=given.coordinator, programme_id=made["joint"][1])
    assert found(given.manager, "gråsuggor") == {made["own"], made["joint"]}
    assert found(other, "gråsuggor") == {made["joint"]}
    assert found(outside, "gråsuggor") == set()
    assert f'href="/introduktioner/{made["own"][1]}/"' in client_of(given.manager).get("/sok/?q=lathunden").content.decode()
    assert rebuild() == 0


@pytest.mark.parametrize("many", [1, 3, 30])
def test_as_many_queries_however_many_of_them_are_found(many):
    given = setting()
    for number in range(many):
        analysed(given, given.manager, title=f"Samma ord {number}")
    with only_reading(), CaptureQueriesContext(connection) as seen:
        assert find(given.manager, clock.now(), "samma ord").everything == many
    assert len(seen) <= 7, [query["sql"][:90] for query in seen]


def test_an_upgrade_finds_new_kinds_at_once_and_reads_the_others_anew_in_the_background(monkeypatch):
    given = setting()
    goal = f.goal(given.collaboration, what="Färre väntar")
    chain, _needs = analysed(given, given.manager)
    rebuild()
    Entry.objects.filter(kind__in=NEW).delete()  # as it was before there was such a kind
    Entry.objects.filter(kind=Kind.GOAL).update(body="")  # as it was when less was read in one
    monkeypatch.setattr(index, "PART", 2)
    at = clock.now()
    bring_up_to_date(at)
    assert found(given.manager, "hemgång") == {(Kind.CHAIN, chain.pk)}
    assert Entry.objects.get(kind=Kind.GOAL, object_id=goal.pk).body == ""
    while tasks.work_once(at + timedelta(minutes=1)):
        pass
    assert Entry.objects.get(kind=Kind.GOAL, object_id=goal.pk).body == goal.indicator
    assert rebuild() == 0
    queued = Task.objects.filter(name=index.REREAD).count()
    assert queued > len(Kind)
    bring_up_to_date(at)
    assert Task.objects.filter(name=index.REREAD).count() == queued, "once for each edition"
    monkeypatch.setattr(index, "EDITION", "2027-01-01")
    bring_up_to_date(at)
    assert Task.objects.filter(name=index.REREAD).count() == queued + 1


def test_a_new_installation_has_nothing_to_read_anew():
    bring_up_to_date(clock.now())
    assert not Task.objects.filter(name=index.REREAD).exists()

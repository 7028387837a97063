"""Searching: the same question has the same answers on both databases, those of a plain reference in Python."""

from __future__ import annotations

import random
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.reading import only_reading
from samordna.core.words import asked, stems
from samordna.domain.assessments import operations as assessments
from samordna.domain.events.operations import plan_event
from samordna.domain.followup import operations as followup
from samordna.domain.forums.operations import change_meeting
from samordna.domain.matters.enums import Confidence, MatterStage
from samordna.domain.matters.models import Condition
from samordna.domain.minutes.operations import draft_minutes, send_minutes_out
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath, Holding
from samordna.domain.search.access import findable, readable
from samordna.domain.search.enums import Kind
from samordna.domain.search.index import rebuild, refresh
from samordna.domain.search.models import Entry
from samordna.domain.search.operations import drop_favourite, keep_favourite
from samordna.domain.search.queries import favourites, find, first_few, question_of, snippet
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.minutes.world import BY, noted

pytestmark = pytest.mark.django_db
SEED = 20261122
WORDS = [
    "samordnad",
    "samordnade",
    "samordning",
    "besluten",
    "beslutet",
    "fastställda",
    "fastställd",
    "kontaktvägar",
    "överenskommelser",
    "kommun",
    "kommunernas",
    "utskrivning",
    "utskrivningar",
    "betalningsansvar",
    "dagar",
    "dag",
    "förutsättningar",
    "förutsättning",
    "behov",
    "é",
    "ÅTERKOMMA",
    "it-stöd",
    "IT",
    "it",
    "e-tjänst",
    "2026",
    "§",
    "14",
    "14",
    "plan",
    "planer",
    "planering",
    "öppettider",
    "natt",
    "nattliga",
    "x'",
    '"citat"',
    "*",
    "AND",
    "OR",
    "NOT",
    "title:",
    "NEAR",
    "(parentes)",
    "-minus",
    "under_streck",
    "ﬁn",
    "Straße",
    "½",
    "三",
    "a1b2",
    "1e5",
    "0x1f",
    "10.5",
    "æ",
]


def _reference(actor: Any, text: str) -> list[tuple[str, str]]:
    """What ought to be found, in order: by reading every entry that may be read, in Python."""
    question = asked(text)[:12]
    found = []
    for entry in readable(actor, f.NOW):
        title, body = stems(entry.title), stems(entry.body)
        if question and all(any(stem.startswith(each) for stem in (*title, *body)) for each in question):
            in_title = all(any(stem.startswith(each) for stem in title) for each in question)
            found.append((not in_title, -entry.on.toordinal(), entry.kind, entry.object_id))
    return [(kind, object_id) for _rank, _on, kind, object_id in sorted(found)]


def _world(rng: random.Random) -> tuple[Any, Any]:
    """Two collaborations full of words, one of which the reader takes part in; the reader, and its coordinator."""
    mine = f.collaboration(name="Vårdsamverkan", purpose="Samordnade utskrivningar")
    own = f.organisation("Ekby kommun")
    f.participation(mine, own)
    for given in (mine, f.collaboration(name="Annan samverkan")):
        for number in range(12):
            stage = MatterStage.DRAFT if number % 5 == 0 else MatterStage.GATHERING
            texts = [" ".join(rng.choices(WORDS, k=rng.randint(1, 7))) for _ in range(3)]
            matter = f.matter(given, title=texts[0], purpose=texts[1], for_the_individual=texts[2], stage=stage)
            aspect = f.aspect(matter, label=rng.choice(WORDS), options=("1", "2"))
            said = {"matter": matter, "form": "prose", "reason": rng.choice(WORDS), "stated_at": f.NOW}
            secret = Confidence.COORDINATOR if number % 2 else Confidence.OPEN
            position = f.position(matter, f.organisation() if number % 3 else own)
            Condition.objects.create(prose=rng.choice(WORDS), position=position, confidence=secret, **said)
            assert aspect.pk
    f.area(mine, "Samordnad planering")
    rebuild()
    return f.actor(own), f.coordinator_of(mine)


def test_random_questions_have_the_answers_of_the_reference():
    """Inside one reading, as a page asks, so that what never changes meanwhile is asked once."""
    rng = random.Random(SEED)
    readers = _world(rng)
    with only_reading():
        assert sum(_compare(rng, readers) for _ in range(60)) > 25


def _compare(rng: random.Random, readers: tuple[Any, Any]) -> bool:
    """One question, drawn and often cut short, asked by both; was anything found?"""
    text = " ".join(rng.choices(WORDS, k=rng.choice((1, 1, 2, 3))))
    if rng.random() < 0.4:
        text = text[: rng.randint(1, len(text))]
    for reader in readers:
        wanted = _reference(reader, text)
        found = find(reader, f.NOW, text, size=8)
        assert [(hit.kind, hit.object_id) for hit in found.hits] == wanted[:8], text
        assert found.everything == len(wanted) == sum(number for _kind, _label, number in found.counts)
        assert [hit.object_id for hit in first_few(reader, f.NOW, text)] == [key for _kind, key in wanted[:8]]
    return bool(wanted)


def test_words_are_found_in_their_other_forms():
    matter = f.matter(title="Samordnade besluten om kontaktvägar", purpose="Fastställda överenskommelser, mötesprotokoll")
    lead = f.coordinator_of(matter.collaboration)
    rebuild()
    for text in ("samordnad", "beslut", "kontaktväg", "fastställd överenskommelse", "överenskom", "SAMORDNA möte"):
        assert [hit.object_id for hit in find(lead, f.NOW, text, "matter").hits] == [matter.pk], text
    assert find(lead, f.NOW, "samordnad vägledning").everything == 0
    assert question_of("vem och hur") == ("vem", "och", "hur")


def test_a_contact_is_found_by_its_other_words_and_nobody_by_a_role_never_held():
    own = f.organisation("Havsnäs")
    role = f.role(own, name="Vårdsamordnare")
    f.holding(own, role=role, person=f.person("Maja Ek"))
    taken_back = f.holding(own, role=role, person=f.person("Kerstin Aldrig"), valid_to=f.START)
    deputy = {"kind": "deputy", "deputy_of": taken_back, "valid_from": f.START, "valid_to": clock.day(f.NOW)}
    Holding.objects.create(role=role, person=f.person("Rolf Ersättare"), **deputy)
    topic = {"topic": "Utskrivning", "also": "hemgång, palliativ", "how": "Ring", "valid_from": f.START}
    path = ContactPath.objects.create(to_role=role, **topic)
    rebuild()
    reader = f.actor(own)
    assert [hit.object_id for hit in find(reader, f.NOW, "palliativ").hits] == [path.pk]
    assert [hit.object_id for hit in find(reader, f.NOW, "Maja").hits] == [role.pk]
    assert find(reader, f.NOW, "Kerstin").everything == find(reader, f.NOW, "Rolf").everything == 0


def test_what_is_hidden_is_in_no_count_and_comes_when_it_is_shown():
    own, matter = f.organisation(), f.matter(title="Ledig dag", stage=MatterStage.DRAFT)
    reader = f.actor(own)
    f.participation(matter.collaboration, own)
    rebuild()
    assert find(reader, f.NOW, "ledig").everything == 0
    assert find(f.coordinator_of(matter.collaboration), f.NOW, "ledig").everything == 1
    matter.stage = MatterStage.GATHERING
    matter.save()
    assert find(reader, f.NOW, "ledig").everything == 1  # nothing in the index says who may read
    assert set(findable(reader, f.NOW)) == set(Kind)


def test_rebuilding_corrects_what_is_wrong_and_only_that():
    f.matter(title="Första")
    assert rebuild() > 0
    assert rebuild() == 0
    entry = Entry.objects.get(kind="matter")
    Entry.objects.filter(pk=entry.pk).update(title="Annat")
    Entry.objects.create(kind="goal", object_id="bortaborta00", place_id="x", title="Borta", on=f.START)
    assert rebuild() == 2
    assert refresh(Kind.MATTER, [entry.object_id]) == 0
    assert Entry.objects.get(kind="matter").title == "Första"


def test_favourites_are_ones_own_and_give_no_right():
    own, matter = f.organisation(), f.matter(title="Ledig dag")
    participation = f.participation(matter.collaboration, own)
    reader, other = f.actor(own), f.actor(own)
    rebuild()
    for _ in range(2):
        keep_favourite(actor=reader, kind="matter", object_id=matter.pk)
    assert [hit.name for hit in favourites(reader, f.NOW)] == ["Ledig dag"]
    assert favourites(other, f.NOW) == ()
    participation.left_on = f.START.replace(month=2)
    participation.save()
    assert favourites(reader, f.NOW) == ()
    drop_favourite(actor=reader, kind="matter", object_id=matter.pk)


@pytest.mark.parametrize("matters", [1, 3, 300])
def test_as_many_queries_whatever_is_found(matters):
    own, given = f.organisation(), f.collaboration()
    f.participation(given, own)
    area = f.area(given)
    for _ in range(matters):
        f.matter(given, area=area, title="Samma ord")
    rebuild()
    reader = f.actor(own, RoleKind.MANAGER)
    with only_reading(), CaptureQueriesContext(connection) as seen:
        assert find(reader, f.NOW, "ord").everything == matters
    assert len(seen) == 6, [query["sql"][:90] for query in seen]


def test_a_snippet_is_cut_around_the_word():
    body = "Inledning " * 40 + "här står besluten om ersättning " + "fortsättning " * 40
    pieces = snippet(body, question_of("beslutet"))
    text = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.found] == ["besluten"]
    assert (text[:2], text[-2:]) == ("… ", " …")
    assert len(text) < 320
    assert snippet("", question_of("x")) == ()


def test_what_meetings_and_events_said_is_found_as_it_is_written_and_by_readers_of_the_forum_alone():
    """By the operations themselves, so that the index follows; a draft of minutes is nobody's find."""
    made, stranger = noted(), f.actor(f.organisation())
    rebuild()

    def kinds(who: Actor, text: str) -> set[str]:
        return {hit.kind for hit in find(who, f.NOW, text).hits}

    draft_minutes(actor=made.secretary, **made.about)
    assert kinds(made.secretary, "köer") == {Kind.ITEM, Kind.OUTCOME}
    send_minutes_out(actor=made.secretary, **made.about, role_ids=[made.chair.role_id or ""], adjust_by=BY)
    assert kinds(made.member, "köer") == {Kind.ITEM, Kind.OUTCOME, Kind.MINUTES}
    assert kinds(made.member, "räkna köerna") == {Kind.MINUTES}
    assert [hit.name for hit in find(made.member, f.NOW, "2026:1", Kind.OUTCOME).hits] == ["2026:1 Köerna till vården"]
    assert Kind.MEETING in kinds(made.member, made.met.forum.name)
    when = {"actor": made.met.coordinator, "on": date(2027, 2, 3), "begins": time(9), "ends": time(15), "at": f.NOW}
    told = {"title": "Fyrbesök", "kind": "study_visit", "why": "Se hur de gör", "programme": "Kattunge"}
    event = plan_event(forum_id=made.met.forum.pk, **when, **told)
    assert kinds(made.member, "kattunge") == kinds(made.member, "fyrbesök") == {Kind.EVENT}
    change_meeting(meeting_id=event.meeting_id, title="Båkbesök", **when)
    assert (kinds(made.member, "fyrbesök"), kinds(made.member, "båkbesök")) == (set(), {Kind.EVENT})
    for text in ("köer", "räkna", "båkbesök", made.met.forum.name):
        assert kinds(stranger, text) == set()
    assert rebuild() == 0, "what followed what was written is what a whole new index says"


def test_goals_are_found_by_what_measures_them_and_questionnaires_by_what_they_ask():
    given = setting()
    goal = f.goal(given.collaboration, what="Färre väntar")
    begin = {"name": "Dagar efter utskrivningsklar", "frequency": "month", "unit": "dagar"}
    followup.start_indicator(actor=given.coordinator, goal_id=goal.pk, **begin)
    asked = assessments.take_questionnaire(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, key="pulse", at=f.NOW
    )
    client = client_of(given.manager)
    page = client.get("/sok/?q=utskrivningsklar").content.decode()
    assert f'href="/uppfoljning/mal/{goal.pk}/"' in page
    hits = find(given.manager, clock.now(), "lyssnade", "questionnaire").hits
    assert [hit.object_id for hit in hits] == [asked.pk]
    assert f'href="/enkater/enkat/{asked.pk}/"' in client.get("/sok/?q=lyssnade").content.decode()
    outside = f.actor(f.organisation("Utanför"))
    assert (
        find(outside, clock.now(), "utskrivningsklar").everything == find(outside, clock.now(), "lyssnade").everything == 0
    )

"""One decision's page: the honest answer, experiences, the next turn."""

from __future__ import annotations

import gzip
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.models import Experience, FollowingAnswer
from samordna.domain.adherence.operations import answer_following, share_experience
from samordna.domain.adherence.queries import page as page_queries
from samordna.domain.collaborations.enums import Duress
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Person
from tests import factories as f
from tests.domain.adherence.followed import Followed, followed, organisations

pytestmark = pytest.mark.django_db
LATER = clock.day(clock.now()) + timedelta(days=60)


@pytest.fixture
def world() -> Followed:
    return followed()


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def at(world: Followed, name: str = "following") -> str:
    return reverse(name, args=[world.decision.pk])


def text_of(response) -> str:
    return response.content.decode()


def test_an_answer_is_given_and_shown_to_all(world):
    client = client_of(world.actor())
    given = {"kind": "will_change", "by": LATER.isoformat(), "actions": "Nytt schema"}
    assert client.post(at(world), given).status_code == 302
    assert "Nytt schema" in text_of(client_of(world.actor(1)).get(at(world)))
    assert FollowingAnswer.objects.get().kind == "will_change"


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "cannot", "actions": "Det jag skrev"},
        {"kind": "will_change", "by": "2020-01-01", "actions": "Det jag skrev"},
        {"kind": "will_change", "by": "i morgon", "actions": "Det jag skrev"},
        {"actions": "Det jag skrev"},
    ],
)
def test_an_answer_that_cannot_be_used_keeps_what_was_typed(world, given):
    response = client_of(world.actor()).post(at(world), given)
    assert response.status_code == 422
    assert "Det jag skrev" in text_of(response)
    assert "error-summary" in text_of(response)
    assert not FollowingAnswer.objects.exists()


def test_a_refusal_is_a_sentence_on_the_disabled_control(world):
    response = text_of(client_of(world.actor(0, RoleKind.OFFICER)).get(at(world)))
    assert 'aria-disabled="true"' in response
    assert 'name="kind"' not in response


def test_a_breach_is_said_to_the_one_who_is_in_breach():
    world = followed(2, follow=Duress.IF_IN)
    actor = world.actor()
    answer_following(actor=actor, version_id=world.version.pk, kind="cannot", reason="Vakanser")
    assert 'data-tone="bad"' in text_of(client_of(actor).get(at(world)))
    assert 'data-kind="breach"' in text_of(client_of(world.actor(1)).get(at(world)))


def test_an_experience_is_shared_by_aspect(world):
    given = {"tone": "hinders", "text": "Färjan", "aspect_id": world.aspect.pk, "effect": "Får vänta"}
    response = client_of(world.actor()).post(at(world, "share_experience"), given, follow=True)
    assert ("Färjan" in text_of(response), "Får vänta" in text_of(response)) == (True, True)
    assert Experience.objects.get().aspect == world.aspect


def test_an_experience_that_cannot_be_used_keeps_what_was_typed(world):
    response = client_of(world.actor()).post(at(world, "share_experience"), {"text": "Det jag skrev"})
    assert (response.status_code, "Det jag skrev" in text_of(response)) == (422, True)
    assert not Experience.objects.exists()


def test_the_coordinator_starts_the_next_turn_from_an_experience(world):
    actor = world.actor()
    experience = share_experience(actor=actor, version_id=world.version.pk, tone="hinders", text="Färjan")
    address = reverse("start_next_turn", args=[experience.pk])
    assert client_of(actor).post(address).status_code == 403
    assert client_of(world.lead).post(address).status_code == 302
    assert Matter.objects.get(previous=world.matter).occasions.get().text == "Färjan"
    assert Matter.objects.get(previous=world.matter).title in text_of(client_of(world.lead).get(at(world)))


def test_whoever_has_no_part_in_it_meets_nothing(world):
    stranger = client_of(f.actor(f.organisation()))
    assert stranger.get(reverse("following", args=["222222222222"])).status_code == 404
    assert stranger.get(at(world)).status_code == 404
    assert stranger.post(at(world, "share_experience"), {}).status_code == 404


def test_a_decision_that_never_was_in_force_says_so(world):
    DecisionVersion.objects.update(state="recommended", established_at=None, established_by=None)
    client = client_of(world.actor())
    assert client.get(at(world)).status_code == 200
    assert client.post(at(world, "share_experience"), {}).status_code == 200


def test_no_query_is_added_by_more_organisations():
    def cost(count: int) -> int:
        given = f.collaboration()
        world = followed(of=organisations(count, given), given=given)
        for index in range(min(count, 5)):
            answer_following(actor=world.actor(index), version_id=world.version.pk, kind="already_so")
            share_experience(actor=world.actor(index), version_id=world.version.pk, tone="hinders", text="Färjan")
        client = client_of(world.actor())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(world)).status_code == 200
        return len(asked)

    assert cost(1) == cost(3) == cost(300)


def test_the_answers_are_in_groups_narrowed_and_paged_as_on_the_board(monkeypatch):
    """Those who need somebody first, the settled by name alone, one's own on top; the address says what is asked for."""
    world = followed(16, given=f.collaboration(follow="if_in"))
    say = {"cannot": {"reason": "Vakanser"}}
    for index, kind in enumerate(["cannot", *["already_so"] * 13]):
        answer_following(actor=world.actor(index), version_id=world.version.pk, kind=kind, **say.get(kind, {}))
    names = [one.name for one in world.organisations]
    reader = client_of(world.actor(15))

    def shown(query: str = "") -> str:
        return text_of(reader.get(at(world) + query)).split('id="alla"')[1]

    whole = shown()
    places = [whole.index(name) for name in (names[15], names[0], names[14], ", ".join(names[1:14]))]
    assert places == sorted(places)
    assert "Bryter mot ett beslut" in whole[places[0] : places[1]]
    only = shown("?visa=cannot")
    assert [name in only for name in names[:3]] == [True, False, False]
    found = shown(f"?sok={names[7]}")
    assert (f'row">{names[7]}' in found, names[8] in found) == (True, False)
    assert "Ingen passar in" in shown("?visa=will_not")
    monkeypatch.setattr(page_queries, "ROWS", 2)
    assert ("sok=zzz" not in whole, 'sida=2#alla" rel="next"' in shown()) == (True, True)
    assert (names[15] in shown("?sida=2").split("</table>")[0], names[14] in shown("?sida=2")) == (False, True)
    assert reader.get(f"{at(world)}?visa=nonsense&sida=x").status_code == 200
    refused = reader.post(f"{at(world)}?visa=cannot", {"kind": "cannot"})
    assert refused.status_code == 422


def test_290_answers_weigh_little_and_cost_the_same_number_of_queries():
    """At 290 with long words the page stays under 100 KB compressed; nothing is asked for one organisation at a time."""

    def cost(count: int) -> int:
        world = followed(count, given=f.collaboration(follow="if_in", contribute="if_in"))
        by = f.holding(world.organisations[0])
        draw = Random(count)
        FollowingAnswer.objects.bulk_create(
            FollowingAnswer(
                version=world.version,
                organisation=one,
                kind="cannot",
                reason=" ".join("".join(draw.choices("abcdefghij", k=7)) for _ in range(60)),
                must=True,
                answered_at=clock.now(),
                answered_by=by,
            )
            for one in world.organisations[1:]
        )
        client = client_of(world.actor())
        with CaptureQueriesContext(connection) as asked:
            page = client.get(at(world))
        assert len(gzip.compress(page.content)) < 100_000
        return len(asked)

    assert cost(3) == cost(290)

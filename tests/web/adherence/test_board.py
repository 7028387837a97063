"""The following board."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core.actor import Actor
from samordna.domain.adherence.operations import answer_following
from samordna.domain.adherence.queries import board as board_queries
from samordna.domain.organisations.models import Person
from tests import factories as f
from tests.domain.adherence.followed import followed, organisations

pytestmark = pytest.mark.django_db


def page(actor: Actor, query: str = "") -> str:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    response = client.get(reverse("following_board") + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_board_shows_every_organisations_answer_and_silence():
    world = followed(2)
    answer_following(actor=world.actor(), version_id=world.version.pk, kind="already_so")
    shown = page(world.lead)
    assert [name in shown for name in (one.name for one in world.organisations)] == [True, True]
    assert (shown.count('data-kind="already_so"'), shown.count('data-kind="silent"')) == (2, 2)


def test_only_those_from_whom_something_is_missing():
    world = followed(2)
    answer_following(actor=world.actor(), version_id=world.version.pk, kind="already_so")
    shown = page(world.lead, "?visa=wanting")
    assert [one.name in shown for one in world.organisations] == [False, True]
    answer_following(actor=world.actor(1), version_id=world.version.pk, kind="already_so")
    assert world.organisations[1].name not in page(world.lead, "?visa=wanting")


def test_one_chooses_among_ones_own_collaborations_and_no_others():
    world, other = followed(1), followed(1)
    f.participation(other.collaboration, world.organisations[0])
    actor = world.actor()
    assert other.matter.collaboration.name in page(actor, f"?samverkan={other.collaboration.pk}")
    hidden = followed(1)
    assert hidden.collaboration.name not in page(actor, f"?samverkan={hidden.collaboration.pk}")


def test_a_board_without_decisions_says_what_comes_here():
    given = f.collaboration()
    f.participation(given, of := f.organisation())
    assert 'class="empty"' in page(f.actor(of))
    assert 'class="empty"' in page(f.actor(f.organisation()))


def test_older_decisions_are_listed_beneath(monkeypatch):
    monkeypatch.setattr(board_queries, "MOST_COLUMNS", 1)
    world = followed(1)
    second = followed(given=world.collaboration, of=world.organisations)
    shown = page(world.lead)
    assert [reverse("following", args=[one.decision.pk]) in shown for one in (world, second)] == [True, True]


def test_many_organisations_are_paged_and_ones_own_comes_first(monkeypatch):
    monkeypatch.setattr(board_queries, "ROWS", 2)
    world = followed(3)
    names = [one.name for one in world.organisations]
    actor = world.actor(2)
    pages = [page(actor, query) for query in ("", "?sida=2", "?sida=två", "?sida=²")]
    held = [[f"{name}</th>" in shown or f"{name} <span" in shown for name in names] for shown in pages]
    assert held == [[True, False, True], [False, True, False], [True, False, True], [True, False, True]]
    assert ('rel="next"' in pages[0], 'rel="prev"' in pages[1]) == (True, True)


def test_no_query_is_added_by_more_organisations():
    def cost(count: int) -> int:
        given = f.collaboration()
        world = followed(of=organisations(count, given), given=given)
        followed(of=world.organisations, given=given)
        actor = world.actor()
        with CaptureQueriesContext(connection) as asked:
            shown = page(actor)
        assert len(gzip.compress(shown.encode())) < 20_000
        return len(asked)

    assert cost(1) == cost(10) == cost(300)


def rows(shown: str, names: list[str]) -> list[bool]:
    return [f"{name}</th>" in shown or f"{name} <span" in shown for name in names]


def test_the_board_is_narrowed_by_what_is_answered_and_by_name():
    world = followed(3)
    answer_following(actor=world.actor(0), version_id=world.version.pk, kind="cannot", reason="Vakanser")
    answer_following(actor=world.actor(1), version_id=world.version.pk, kind="already_so")
    names = [one.name for one in world.organisations]
    asked = {"cannot": [True, False, False], "silent": [False, False, True], "already_so": [False, True, False]}
    for what, expected in asked.items():
        assert rows(page(world.lead, f"?visa={what}"), names) == expected
    assert rows(page(world.lead, f"?sok={names[2][-3:]}"), names) == [False, False, True]
    nobody = page(world.lead, "?visa=already_so&sok=nobody+at+all")
    assert rows(nobody, names) == [False] * 3
    assert 'value="nobody at all"' in nobody
    assert rows(page(world.lead, "?visa=nonsense"), names) == [True] * 3


def test_what_is_asked_for_is_kept_from_page_to_page(monkeypatch):
    monkeypatch.setattr(board_queries, "ROWS", 1)
    world = followed(3)
    shown = page(world.lead, "?visa=silent&sok=00")
    assert "visa=silent&amp;sok=00&amp;sida=2" in shown


def test_those_who_need_somebody_come_first_and_the_settled_are_told_by_name():
    world = followed(15, given=f.collaboration(follow="if_in"))
    reasons = {"cannot": {"reason": "Vakanser"}, "will_change": {"by": date(2099, 1, 1), "actions": "Ny rutin"}}
    for index, kind in enumerate(["cannot", "will_change", *["already_so"] * 12]):
        given = reasons.get(kind, {})
        answer_following(actor=world.actor(index), version_id=world.version.pk, kind=kind, **given)
    shown = page(world.actor(14))
    names = [one.name for one in world.organisations]
    places = [
        shown.index(f"{name}{end}") for name, end in ((names[14], " <span"), (names[0], "</th>"), (names[1], "</th>"))
    ]
    assert places == sorted(places)
    assert "Bryter mot ett beslut" in shown[places[0] : places[1]]
    settled = [f"{name}</th>" in shown for name in names[2:14]]
    assert settled == [False] * 12
    assert ", ".join(names[2:14]) in shown
    assert f"{names[13]}</th>" in page(world.lead, f"?sok={names[13]}")


def test_the_board_is_narrowed_by_duty_by_day_and_by_area():
    given = f.collaboration(follow="if_in")
    world = followed(3, given=given)
    other = followed(given=given, of=world.organisations)
    promise = {"kind": "will_change", "actions": "Ny rutin"}
    for index, by in ((0, date(2099, 1, 1)), (1, date(2099, 6, 1))):
        answer_following(actor=world.actor(index), version_id=world.version.pk, by=by, **promise)
    names = [one.name for one in world.organisations]
    assert rows(page(world.lead, "?senast=2099-03-01"), names) == [True, False, False]
    assert rows(page(world.lead, "?senast=2099-13-01"), names) == [True, True, True]
    assert rows(page(world.lead, "?plikt=must&visa=silent&senast="), names) == [True, True, True]
    assert rows(page(world.lead, "?plikt=may"), names) == [False, False, False]
    shown = page(world.lead, f"?omrade={other.matter.area_id}&visa=will_change")
    assert rows(shown, names) == [False, False, False]
    assert f'<option value="{other.matter.area_id}" selected>' in shown

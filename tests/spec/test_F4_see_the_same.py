"""F4: the participants see alike on problems, needs and what should be done, or know where they do not."""

import pytest

from tests.domain.collaborations.setting import client_of
from tests.spec.picturing import forming, picture, tell

pytestmark = pytest.mark.django_db


def test_everybody_is_asked_how_it_sees_each_problem_need_and_measure():
    """A participant adds a point of each kind; from then on everybody is asked how it sees it."""
    world, _point = forming()
    client, address = client_of(world.manager), f"/samverkan/{world.collaboration.pk}/bild/ny/"
    for kind, text in (("problem", "Båten går för tidigt"), ("need", "Besked tre dagar före"), ("measure", "Ett nummer")):
        assert client.post(address, {"kind": kind, "text": text}).status_code == 302
    asked = client_of(world.other_manager).get(f"/samverkan/{world.collaboration.pk}/var-syn/").content.decode()
    for word in ("Båten går för tidigt", "Besked tre dagar före", "Ett nummer", "Vad som behöver göras"):
        assert word in asked


def test_who_sees_it_differently_says_how_and_loses_nothing_that_was_typed():
    """Seeing it differently without saying how is not accepted, since it cannot be understood; all that was typed stays."""
    world, point = forming()
    sent = tell(world.manager, world, own_words="Hem utan oro", **{f"mark_{point.pk}": "differs"})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Förklara hur ni ser det i stället" in page
    assert "Hem utan oro</textarea>" in page
    assert "Hem utan oro" not in picture(world.other_manager, world)


def test_a_view_that_changes_is_the_one_that_counts():
    """Somebody who comes to see it as the others do says so, and the difference is gone."""
    world, point = forming()
    tell(world.manager, world, **{f"mark_{point.pk}": "differs", f"why_{point.pk}": "Det är båten"})
    tell(world.manager, world, **{f"mark_{point.pk}": "agrees"})
    assert "Det är båten" not in picture(world.other_manager, world)


def test_a_point_is_taken_away_by_the_one_who_added_it_and_kept_with_the_reason():
    """Nobody else's point is taken away but by the coordinator, and what was taken away can still be read."""
    world, point = forming()
    address = f"/samverkan/bild/{point.pk}/ta-bort/"
    assert client_of(world.manager).post(address, {"reason": "Fel"}).status_code == 403
    assert client_of(world.coordinator).post(address, {"reason": ""}).status_code == 422
    assert client_of(world.coordinator).post(address, {"reason": "Löst i våras"}).status_code == 302
    assert "Löst i våras" in picture(world.other_manager, world)

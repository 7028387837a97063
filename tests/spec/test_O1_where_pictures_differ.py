"""O1: the coordination understands the purpose, contributes to the picture of it, and shows where the pictures differ."""

import pytest

from tests.domain.collaborations.setting import client_of
from tests.spec.picturing import forming, picture, tell

pytestmark = pytest.mark.django_db


def test_the_coordination_says_how_it_sees_the_purpose_beside_the_participants():
    """The coordinator tells the coordination's view on the same page as the participants, and it stands among theirs."""
    world, point = forming()
    assert tell(world.coordinator, world, own_words="Vi håller ihop", **{f"mark_{point.pk}": "agrees"}).status_code == 302
    seen = picture(world.manager, world)
    assert "<dt>Samordningen</dt><dd>Vi håller ihop" in seen


def test_where_the_pictures_differ_is_shown_side_by_side_with_why():
    """A point that one sees and another does not shows both sides, whose they are, and how it is seen instead."""
    world, point = forming()
    tell(world.coordinator, world, **{f"mark_{point.pk}": "agrees"})
    tell(world.manager, world, **{f"mark_{point.pk}": "differs", f"why_{point.pk}": "Det är båten som saknas"})
    seen = picture(world.other_manager, world)
    assert "1 ser det så" in seen
    assert "<strong>Havsnäs</strong>: Det är båten som saknas" in seen
    assert "1 har inte sagt: Storstad." in seen
    answer = client_of(world.coordinator).get(f"/api/v1/collaborations/{world.collaboration.pk}/picture").json()
    assert answer["differences"] == 1
    assert answer["points"][0]["differing"] == [{"name": "Havsnäs", "why": "Det är båten som saknas"}]

"""C2, K3 and N4: better together than each alone, or let it be; and what each part gives for the whole."""

from __future__ import annotations

import pytest

from samordna.domain.decisions import operations as do
from samordna.domain.matters.models import Matter
from tests.domain.decisions import world as w
from tests.factories import NOW
from tests.spec.deciding import press, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return w.build()


def proposed(world):
    return do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW).proposals.get()


def costs(world, *, benefits):
    """The town would rather be counted by individual, the others by average; each gains so much from being alike."""
    for organisation, dear in ((world.region, "individual"), (world.town, "average"), (world.island, "individual")):
        w.cost(world.position(organisation), world.basis, dear, 40, 50, 60)
        w.benefit(world.position(organisation), *benefits)


def test_c2_the_whole_is_shown_against_the_sum_of_each_alone(world):
    """The balance sets what all gain together against what each would have had alone, and says that it is worth it."""
    costs(world, benefits=(90, 100, 110))
    whole = proposed(world).balance["whole"]
    assert (whole["own_best_cost"], whole["given_up"]["likely"], whole["net"]["likely"]) == (0, 50, 250)
    assert whole["verdict"] == "worth_it"
    assert "worth" in read(world.coordinator, "board", world.matter.pk).lower()


def test_k3_the_system_says_in_plain_words_that_it_is_not_worth_it(world):
    """When coordinating costs more than it gives, the board says so, and the matter can be let be with a reason."""
    costs(world, benefits=(1, 2, 3))
    assert proposed(world).balance["whole"]["verdict"] == "not_worth_it"
    assert "let it be" in read(world.coordinator, "board", world.matter.pk).lower()
    press(world.coordinator, "let_be", world.matter.pk, reason="It costs more than it gives")
    assert Matter.objects.get(pk=world.matter.pk).stage == "let_be"


def test_k3_when_the_estimates_cannot_say_nobody_pretends(world):
    """With estimates that span gain and loss the answer is that it cannot be said."""
    costs(world, benefits=(0, 20, 90))
    assert proposed(world).balance["whole"]["verdict"] == "cannot_say"


def test_n4_each_participants_own_best_stands_beside_what_it_gives_for_the_whole(world):
    """For every participant: what it would choose alone, what it gives up, and whether it is worse off than without."""
    costs(world, benefits=(20, 25, 30))
    balance = proposed(world).balance
    town, region = (balance["participants"][organisation.pk] for organisation in (world.town, world.region))
    assert (town["own_best_cost"], town["given_up"]["likely"], town["verdict"]) == (0, 50, "not_worth_it")
    assert (region["given_up"]["likely"], region["verdict"]) == (0, "worth_it")
    assert "Åstad" in read(world.coordinator, "board", world.matter.pk)

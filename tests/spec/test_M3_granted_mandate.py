"""M3: somebody above all participants gives the mandate, and its wording settles how far it goes."""

import pytest

from samordna.domain.collaborations.authority import Decider
from samordna.domain.collaborations.operations import give_mandate
from samordna.domain.collaborations.phrases import missing_clause_sentence
from samordna.domain.collaborations.queries.rulings import facts_of, rulings
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def grant(world, **clause):
    clauses = [{"area_id": world.area.pk} | clause]
    return give_mandate(
        actor=world.superior_manager,
        collaboration_id=world.collaboration.pk,
        form="granted",
        wording="Samordnaren beslutar om utskrivning.",
        source="Regeringsbeslut 4",
        clauses=clauses,
        at=NOW,
    )


def test_the_clauses_settle_what_coordination_decides_and_for_whom():
    """A grant lets coordination decide for every participant in its areas and those beneath, and in no other."""
    world = setting()
    elsewhere = f.area(world.collaboration, "Transport")
    grant(world)
    within = rulings(world.collaboration, world.beneath.pk, NOW).values()
    outside = rulings(world.collaboration, elsewhere.pk, NOW).values()
    assert {ruling.decides for ruling in within} == {Decider.COORDINATION}
    assert {ruling.decides for ruling in outside} == {Decider.ORGANISATION}


@pytest.mark.parametrize("no_longer", [True, False])
def test_the_clauses_settle_what_participants_no_longer_decide(no_longer):
    """Participants keep deciding by themselves as well, unless the clause says that they no longer do."""
    world = setting()
    grant(world, participants_no_longer_decide=no_longer)
    assert rulings(world.collaboration, world.area.pk, NOW)[world.own.pk].may_decide_itself is not no_longer


@pytest.mark.parametrize("following", ["must", "may"])
def test_the_clauses_settle_what_must_be_followed_and_what_may(following):
    """What the clause says must be followed must be; what it says may be, each one can choose not to follow."""
    world = setting()
    grant(world, following=following)
    assert rulings(world.collaboration, world.area.pk, NOW)[world.own.pk].following == following


def test_what_the_superior_keeps_neither_coordination_nor_participants_decide():
    """A clause that takes the deciding from participants and does not give it to coordination leaves it above."""
    world = setting()
    grant(world, coordination_decides=False, participants_no_longer_decide=True)
    ruled = rulings(world.collaboration, world.area.pk, NOW)[world.own.pk]
    assert ruled.decides is Decider.SUPERIOR
    assert not ruled.can_take_effect(adopted=True)


def test_a_missing_clause_is_named_with_those_who_could_give_it():
    """Outside the mandate, the sentence names the area, the participant who could lend and the superior who could grant."""
    world = setting()
    facts = facts_of(world.collaboration)
    sentence = missing_clause_sentence(rulings(world.collaboration, world.area.pk, NOW)[world.own.pk], facts)
    assert all(word in sentence for word in ("Utskrivning", "Havsnäs", "Länsstyrelsen"))


def test_who_decides_for_whom_must_they_follow_and_why_is_answered_over_the_api():
    """The API answers the four questions for any area, organisation and day, with the reasons as sentences."""
    world = setting()
    mandate = grant(world)
    address = f"/api/v1/collaborations/{world.collaboration.pk}/areas/{world.beneath.pk}/rulings/{world.own.pk}"
    answer = client_of(world.other_manager).get(address).json()
    assert answer["ruling"]["decides"] == "coordination"
    assert answer["ruling"]["following"] == "must"
    assert answer["ruling"]["mandates"] == [mandate.pk]
    assert "Regeringsbeslut 4" in str(answer["why"])

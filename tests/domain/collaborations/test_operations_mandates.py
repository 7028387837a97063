from datetime import date, timedelta

import pytest

from samordna.core.errors import Absent, Invalid, Refused, TooLarge
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.authority import Decider
from samordna.domain.collaborations.models import Mandate
from samordna.domain.collaborations.operations import give_mandate, revoke_mandate
from samordna.domain.collaborations.queries.rulings import rulings
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import Setting, setting
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def give(world: Setting, **changes):
    given = {
        "actor": world.manager,
        "collaboration_id": world.collaboration.pk,
        "form": "lent",
        "wording": "Samordningen beslutar om utskrivning.",
        "source": "KS 2026-02-03 § 12",
        "clauses": [{"area_id": world.area.pk}],
        "at": NOW,
    }
    return give_mandate(**given | changes)


def test_lent_mandate_lets_coordination_decide_beneath_its_area_for_the_giver_alone():
    world = setting()
    mandate = give(world)
    ruled = rulings(world.collaboration, world.beneath.pk, NOW)
    assert ruled[world.own.pk].decides is Decider.COORDINATION
    assert ruled[world.own.pk].mandate_ids == (mandate.pk,)
    assert ruled[world.other.pk].decides is Decider.ORGANISATION
    assert mandate.holder_role_id == world.collaboration.coordinator_role_id


def test_giving_writes_wording_and_clauses_in_the_journal():
    world = setting()
    mandate = give(world)
    entry = JournalEntry.objects.get(action="mandate_given")
    assert entry.subject_id == mandate.pk
    assert entry.collaboration_id == world.collaboration.pk


def test_only_the_giver_gives_in_its_name():
    world = setting()
    with pytest.raises(Refused, match=r"another organisation|annan organisation"):
        give(world, giver_id=world.other.pk)
    with pytest.raises(Refused):
        give(world, actor=world.coordinator)
    with pytest.raises(Refused):
        give(world, actor=f.actor(world.own, RoleKind.REPRESENTATIVE))
    with pytest.raises(Absent):
        give(world, actor=f.actor(f.organisation(), RoleKind.MANAGER))
    assert not Mandate.objects.exists()


def test_only_the_superior_grants_and_only_a_participant_lends():
    world = setting()
    with pytest.raises(Refused):
        give(world, form="granted")
    with pytest.raises(Refused):
        give(world, actor=world.superior_manager)
    granted = give(world, actor=world.superior_manager, form="granted")
    ruled = rulings(world.collaboration, world.area.pk, NOW)
    assert {ruling.mandate_ids for ruling in ruled.values()} == {(granted.pk,)}


def test_duty_to_agree_may_come_from_a_participant_or_from_above():
    world = setting()
    clause = [{"area_id": world.area.pk, "coordination_decides": False}]
    give(world, form="duty_to_agree", clauses=clause)
    give(world, actor=world.superior_manager, form="duty_to_agree", clauses=clause)
    ruled = rulings(world.collaboration, world.area.pk, NOW)
    assert {ruling.decides for ruling in ruled.values()} == {Decider.NOBODY_YET}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("wording", {"wording": " "}),
        ("source", {"source": ""}),
        ("form", {"form": "stolen"}),
        ("clauses", {"clauses": []}),
        ("clauses", {"clauses": [{"area_id": "nowhere"}]}),
        ("notice_days", {"notice_days": -1}),
        ("holder_role_id", {"holder_role_id": "nobody"}),
        ("valid_to", {"valid_from": date(2026, 5, 1), "valid_to": date(2026, 5, 1)}),
    ],
)
def test_what_cannot_be_used_is_said_by_field(field, changes):
    world = setting()
    with pytest.raises(Invalid) as invalid:
        give(world, **changes)
    assert list(invalid.value.fields) == [field]
    assert not Mandate.objects.exists()


def test_clauses_that_contradict_the_form_are_refused_with_their_number():
    world = setting()
    fine = {"area_id": world.area.pk, "coordination_decides": False}
    with pytest.raises(Invalid, match="2"):
        give(world, form="own", clauses=[fine, {"area_id": world.beneath.pk, "coordination_decides": True}])
    with pytest.raises(Invalid):
        give(world, clauses=[fine | {"participants_no_longer_decide": True}])
    with pytest.raises(Invalid):
        give(world, clauses=[fine | {"following": "maybe"}])
    with pytest.raises(Invalid, match="Utskrivning"):
        give(world, clauses=[fine, fine])


def test_too_many_clauses_name_the_limit():
    world = setting()
    with pytest.raises(TooLarge, match="60"):
        give(world, clauses=[{"area_id": world.area.pk}] * 61)


def test_area_of_another_collaboration_cannot_be_used():
    world = setting()
    with pytest.raises(Invalid):
        give(world, clauses=[{"area_id": f.area(f.collaboration()).pk}])


def test_revoking_bites_at_once_and_leaves_the_time_before_alone():
    world = setting()
    mandate = give(world, valid_from=date(2026, 1, 1), notice_days=180)
    revoke_mandate(actor=world.manager, mandate_id=mandate.pk, reason="Nytt fullmäktige", at=NOW)
    before = rulings(world.collaboration, world.area.pk, NOW - timedelta(seconds=1))[world.own.pk]
    after = rulings(world.collaboration, world.area.pk, NOW)[world.own.pk]
    assert (before.decides, after.decides) == (Decider.COORDINATION, Decider.ORGANISATION)


def test_only_the_giver_revokes_and_only_once():
    world = setting()
    mandate = give(world)
    for stranger in (world.other_manager, world.coordinator, world.superior_manager):
        with pytest.raises(Refused):
            revoke_mandate(actor=stranger, mandate_id=mandate.pk, at=NOW)
    with pytest.raises(Absent):
        revoke_mandate(actor=f.actor(f.organisation(), RoleKind.MANAGER), mandate_id=mandate.pk, at=NOW)
    revoke_mandate(actor=world.manager, mandate_id=mandate.pk, at=NOW)
    with pytest.raises(Refused):
        revoke_mandate(actor=world.manager, mandate_id=mandate.pk, at=NOW)


def test_no_mandate_is_given_in_a_closed_collaboration():
    world = setting(state="closed")
    with pytest.raises(Refused):
        give(world)

from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid, Refused
from samordna.domain.collaborations.models import Participation, Party
from samordna.domain.collaborations.operations import (
    end_participation,
    exempt_party,
    leave_collaboration,
    let_in,
    set_party_depth,
)
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import setting
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)
MANDATORY = {"join": "must", "contribute": "must", "follow": "must"}


def test_several_organisations_can_form_one_party():
    world = setting()
    joint = [f.organisation().pk, f.organisation().pk]
    given = {"actor": world.coordinator, "collaboration_id": world.collaboration.pk, "at": NOW}
    with pytest.raises(Invalid) as invalid:
        let_in(organisation_ids=joint, **given)
    assert list(invalid.value.fields) == ["party_name"]
    party = let_in(organisation_ids=joint, party_name="Kommunerna", **given)
    let_in(organisation_ids=[f.organisation().pk], party_id=party.pk, **given)
    assert party.participations.count() == 3


def test_letting_in_refuses_those_who_are_in_and_those_who_do_not_exist():
    world = setting()
    given = {"actor": world.coordinator, "collaboration_id": world.collaboration.pk, "at": NOW}
    for ids, word in (([world.own.pk], "Havsnäs"), (["nobody"], r"\."), ([], r"\.")):
        with pytest.raises(Invalid, match=word):
            let_in(organisation_ids=ids, **given)
    gone = f.organisation("Nedlagd", valid_to=date(2026, 3, 1))
    with pytest.raises(Invalid, match="Nedlagd"):
        let_in(organisation_ids=[gone.pk], **given)
    with pytest.raises(Invalid):
        let_in(organisation_ids=[f.organisation().pk], party_id="nowhere", **given)
    assert Participation.objects.count() == 2


def test_an_organisation_leaves_today_or_with_notice_and_can_come_back():
    world = setting()
    later = TODAY + timedelta(days=30)
    left = leave_collaboration(
        actor=world.manager, participation_id=world.own_part.pk, left_on=later, reason="Annat arbete", at=NOW
    )
    assert left.left_on == later
    again = {"actor": world.coordinator, "collaboration_id": world.collaboration.pk, "organisation_ids": [world.own.pk]}
    with pytest.raises(Invalid):
        let_in(**again, at=NOW)
    let_in(**again, joined_on=later, at=NOW)


def test_leaving_needs_a_reason_and_cannot_be_backdated():
    world = setting()
    given = {"actor": world.manager, "participation_id": world.own_part.pk, "at": NOW}
    with pytest.raises(Invalid) as invalid:
        leave_collaboration(reason=" ", left_on=TODAY - timedelta(days=1), **given)
    assert set(invalid.value.fields) == {"reason", "left_on"}
    leave_collaboration(reason="Klart", **given)
    # Who has left sees the collaboration no more, so it is not there to leave.
    with pytest.raises(Absent):
        leave_collaboration(reason="Klart", **given)


def test_only_the_organisation_itself_leaves_and_only_the_coordinator_ends():
    world = setting()
    given = {"participation_id": world.own_part.pk, "reason": "Skäl", "at": NOW}
    with pytest.raises(Refused):
        leave_collaboration(actor=world.other_manager, **given)
    with pytest.raises(Refused):
        end_participation(actor=world.manager, **given)
    with pytest.raises(Absent):
        leave_collaboration(actor=f.actor(f.organisation(), RoleKind.MANAGER), **given)
    end_participation(actor=world.coordinator, **given)
    with pytest.raises(Refused):
        end_participation(actor=world.coordinator, **given)


def test_nobody_leaves_under_mandatory_depth_until_the_superior_exempts_the_party():
    world = setting(**MANDATORY)
    given = {"participation_id": world.own_part.pk, "reason": "Skäl", "at": NOW}
    for operation, actor in ((leave_collaboration, world.manager), (end_participation, world.coordinator)):
        with pytest.raises(Refused, match="Länsstyrelsen"):
            operation(actor=actor, **given)
    party = {"party_id": world.own_part.party_id, "join": "may", "at": NOW}
    with pytest.raises(Refused, match="Länsstyrelsen"):
        set_party_depth(actor=world.coordinator, **party)
    exemption = party | {"reason": "Skäl", "review_on": TODAY + timedelta(days=90)}
    with pytest.raises(Refused):
        exempt_party(actor=world.manager, **exemption)
    for amiss in ({"join": ""}, {"reason": ""}, {"review_on": None}, {"review_on": TODAY}, {"ends_on": TODAY}):
        with pytest.raises(Invalid):
            exempt_party(actor=world.superior_manager, **exemption | amiss)
    first = exempt_party(actor=world.superior_manager, **exemption)
    exempt_party(actor=world.superior_manager, **exemption)
    first.refresh_from_db()
    assert first.ends_on == TODAY
    leave_collaboration(actor=world.manager, **given)
    assert Participation.objects.get(pk=world.own_part.pk).left_on == TODAY


def test_coordinator_sets_a_partys_own_depth():
    world = setting()
    party = {"party_id": world.own_part.party_id, "at": NOW}
    set_party_depth(actor=world.coordinator, join="must", **party)
    assert Party.objects.get(pk=world.own_part.party_id).join == "must"
    with pytest.raises(Refused):
        leave_collaboration(actor=world.manager, participation_id=world.own_part.pk, reason="Skäl", at=NOW)
    with pytest.raises(Invalid):
        set_party_depth(actor=world.coordinator, join="sometimes", **party)
    with pytest.raises(Refused):
        set_party_depth(actor=world.manager, **party)


def test_without_a_superior_there_is_nobody_to_exempt():
    world = setting(superior=None)
    party = {"party_id": world.own_part.party_id, "join": "may", "at": NOW, "reason": "Skäl"}
    with pytest.raises(Refused):
        exempt_party(actor=Actor.command("test"), **party)
    with pytest.raises(Absent):
        exempt_party(actor=world.superior_manager, **party)

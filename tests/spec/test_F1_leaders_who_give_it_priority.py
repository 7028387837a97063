"""F1: leaders who give collaboration priority: each participant says who stands behind it; where nobody does, it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import clock
from samordna.domain.collaborations import operations as do
from samordna.domain.decisions import operations as decisions
from samordna.domain.forums.models import Forum, Meeting, Ownership, Seat
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Person
from samordna.domain.proceedings.models import Attendance
from tests import factories as f
from tests.domain.decisions import world as w
from tests.domain.decisions.chain import in_force, proposed
from tests.spec.deciding import press, read

pytestmark = pytest.mark.django_db

ASKED = "Say which manager's role stands behind your taking part"


def test_a_participant_names_its_own_sponsor_and_where_there_is_none_the_collaboration_is_at_risk():
    """The manager is asked on Mitt and names a role; a vacant or ended role, or none, shows as at risk with why."""
    given = f.collaboration()
    lead, town, island = f.coordinator_of(given), f.organisation("Åstad"), f.organisation("Holmö")
    for one in (town, island):
        f.participation(given, one)
    held = f.holding(town, RoleKind.MANAGER)
    manager, representative = actor_of(held), f.actor(town)
    assert ASKED in read(manager, "home")
    assert ASKED not in read(representative, "home")
    assert "at risk: no sponsor at 2" in read(lead, "collaboration", given.pk)
    assert press(representative, "name_sponsor", given.pk, role_id=held.role_id)[0] == 403
    theirs = f.holding(island, RoleKind.MANAGER)
    status, said = press(manager, "name_sponsor", given.pk, role_id=theirs.role_id)
    assert (status, "is not one of the available choices" in said) == (422, True)
    assert press(manager, "name_sponsor", given.pk, role_id=held.role_id)[0] == 302
    assert ASKED not in read(manager, "home")
    shown = read(lead, "collaboration", given.pk)
    assert "at risk: no sponsor at 1" in shown
    assert f"Åstad {held.role.name} · {held.person.name}" in shown
    held.valid_to = clock.day(f.NOW)
    held.save()
    again = f.actor(town, RoleKind.MANAGER)
    assert f"Åstad The role is vacant · {held.role.name}" in read(lead, "collaboration", given.pk)
    assert ASKED in read(again, "home")
    assert press(again, "name_sponsor", given.pk, role_id=again.role_id)[0] == 302
    assert press(again, "end_sponsor", given.pk)[0] == 302
    assert "Åstad None named" in read(lead, "collaboration", given.pk)


def test_the_sponsor_is_named_and_read_by_the_api_too(client):
    given = f.collaboration()
    held = f.holding(f.organisation(), RoleKind.MANAGER)
    f.participation(given, held.role.organisation)
    client.force_login(held.person)
    rows = reverse("api:read_sponsors", args=(given.pk,))
    assert [row["state"] for row in client.get(rows).json()] == ["none"]
    do.name_sponsor(actor=actor_of(held), collaboration_id=given.pk, role_id=held.role_id)
    (row,) = client.get(rows).json()
    assert (row["state"], row["at_risk"], row["holders"]) == ("active", False, [held.person.name])
    assert client.post(reverse("api:end_sponsorship", args=(given.pk,))).status_code == 200
    assert client.post(reverse("api:end_sponsorship", args=(given.pk,))).status_code == 409
    body = {"role_id": held.role_id}
    made = client.post(reverse("api:name_sponsor", args=(given.pk,)), body, content_type="application/json")
    assert made.status_code == 201


def test_a_leader_sees_what_is_lent_binds_is_followed_owed_paid_gained_and_waits(client):
    """One page of the own organisation's, together and by collaboration; each figure leads to what it is made of."""
    world = w.build()
    w.lend(world, world.town)
    w.cost(world.position(world.town), world.basis, "average", 20, 30, 40)
    w.benefit(world.position(world.town), 50, 80, 120)
    shared = proposed(world)
    decisions.check_proposal(actor=world.coordinator, proposal_id=shared.pk, at=f.NOW)
    version = in_force(world, proposal=shared)
    leader, decision = world.manager(world.town), version.decision_id
    said = read(leader, "leading")
    assert "Lent 1 mandate" in said
    assert "Binds us 1 decision 1 has to be followed" in said
    assert "1 without our word" in said
    assert "We owe 0 promises" in said
    assert "Costs 30 tkr per år (between 20 and 40)" in said
    assert "Gives 80 tkr per år (between 50 and 120)" in said
    assert "Is left 50 tkr per år (between 10 and 100)" in said
    assert "Nobody stands behind our taking part" in said
    assert "Tell how you follow the decision" in said
    promised = {"kind": "will_change", "by": "2027-03-01", "actions": "New contracts"}
    assert press(leader, "following", decision, **promised)[0] == 302
    said = read(leader, "leading")
    assert "We owe 1 promise" in said
    assert "New contracts" in said
    client.force_login(Person.objects.get(pk=leader.person_id))
    page = client.get(reverse("leading")).content.decode()
    leads = (("decision", decision), ("following", decision), ("balance", world.matter.pk))
    assert [name for name, key in leads if reverse(name, args=(key,)) not in page] == []
    told = client.get(reverse("api:read_leading")).json()
    (within,) = told["within"]
    assert [row["net"] for row in within["sums"]] == [{"low": 10, "likely": 50, "high": 100}]
    assert "Lent 0 mandates" in read(world.manager(world.island), "leading")
    _what_meetings_take_is_taken_off(client, world, leader)


def _what_meetings_take_is_taken_off(client, world, leader):
    """K2 and K3: meetings are a cost of the collaboration, and when it is larger than the gain the page says let it be."""
    where, now = world.matter.collaboration, clock.now()
    assert "cannot be weighed" not in read(leader, "collaboration", where.pk)
    forum = Forum.objects.create(
        name="Board", purpose="p", power="decides", prepares_id=world.coordinator.role_id, started_at=now
    )
    Ownership.objects.create(forum=forum, collaboration=where, asked_at=now, accepted_at=now)
    seat = Seat.objects.create(forum=forum, role_id=leader.role_id, task="member", valid_from=f.START)
    held = {"forum": forum, "starts_at": now - timedelta(days=3), "ends_at": now - timedelta(days=3) + timedelta(hours=11)}
    meeting = Meeting.objects.create(**held, planned_at=now, held_at=now, state="held")
    Attendance.objects.create(meeting=meeting, seat=seat, holding_id=leader.holding_id, since=meeting.starts_at)
    boss = f.actor(world.town, RoleKind.ADMINISTRATOR)
    worth = reverse("api:read_worth_of_collaboration", args=(where.pk,))
    for rate, verdict, said in ((1_000, "worth_it", ""), (6_000, "not_likely", "Hardly"), (10_000, "dont", "Not worth it")):
        decisions.set_hourly_rate(actor=boss, organisation_id=world.town.pk, amount=rate)
        told = client.get(worth).json()
        assert (told["whole"], told["left"]["verdict"], told["left"]["meetings"]) == (False, verdict, rate * 11)
        assert told["left"]["after"] == {key: told["left"]["net"][key] - rate * 11 for key in ("low", "likely", "high")}
        for page in (read(leader, "collaboration", where.pk), read(leader, "leading")):
            assert said in page
            assert "11.0 hours of ours" in page
    other = world.manager(world.island)
    shown = read(other, "collaboration", where.pk)
    assert ("110,000" in shown, "11.0 hours together" in shown) == (False, True), "another's price of an hour is not told"
    assert "11.0 hours together, 110,000 kr" in read(world.coordinator, "collaboration", where.pk)


def test_the_leaders_page_asks_as_much_for_many_collaborations_as_for_one(client):
    """A constant number of questions."""
    held = f.holding(f.organisation(), RoleKind.MANAGER)
    client.force_login(held.person)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("leading")).status_code == 200
        return len(captured)

    f.participation(f.collaboration(), held.role.organisation)
    few = asked()
    for _number in range(5):
        f.participation(f.collaboration(), held.role.organisation)
    assert asked() == few

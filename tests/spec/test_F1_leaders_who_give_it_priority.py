"""F1: leaders who give collaboration priority: each participant says who stands behind it; where nobody does, it shows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.collaborations import operations as do
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
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
    held.valid_to = f.NOW.date()
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

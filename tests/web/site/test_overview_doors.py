"""The pages across the steps, for those who may not see them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.organisations.enums import RoleKind
from tests import factories as f

pytestmark = pytest.mark.django_db
PAGES = ("participating", "name_sponsor", "api:read_participation", "api:read_sponsors")


@pytest.mark.parametrize("kind", [RoleKind.MANAGER, RoleKind.COORDINATOR, RoleKind.ADMINISTRATOR])
def test_whoever_takes_no_part_is_told_that_there_is_nothing(client, kind):
    """Not there, as if it did not exist; and one's own pages tell of nobody else's."""
    matter = f.matter(title="Betalningsansvar", answer_by=f.START)
    position = f.position(matter, f.organisation("Almby"))
    assert client.get(reverse("coordinating")).status_code == 302
    client.force_login(f.holding(f.organisation(), kind).person)
    asked = [reverse(name, args=(matter.collaboration_id,)) for name in PAGES]
    assert [client.get(address).status_code for address in asked] == [404] * len(PAGES)
    assert client.post(reverse("end_sponsor", args=(matter.collaboration_id,))).status_code == 404
    for name in ("coordinating", "leading", "api:read_coordinating", "api:read_leading", "api:read_waiting", "home"):
        said = client.get(reverse(name)).content.decode()
        assert [word for word in (matter.title, position.organisation.name) if word in said] == [], name

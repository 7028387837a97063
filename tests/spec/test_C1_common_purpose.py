"""C1: to work together for a common purpose."""

import pytest

from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db


def test_a_collaboration_states_its_common_purpose_and_cannot_begin_without_one():
    """Without a common purpose nothing is even prepared, and what was typed is kept; with one, the page shows it."""
    client = client_of(f.actor(f.organisation(), RoleKind.COORDINATOR))
    empty = client.post("/samverkan/ny/", {"name": "Nära vård", "purpose": " ", "depth": "voluntary"})
    assert empty.status_code == 422
    assert 'value="Nära vård"' in empty.content.decode()
    assert not Collaboration.objects.exists()
    made = client.post(
        "/samverkan/ny/", {"name": "Nära vård", "purpose": "Trygg hemgång", "depth": "voluntary"}, follow=True
    )
    assert "Trygg hemgång" in made.content.decode()

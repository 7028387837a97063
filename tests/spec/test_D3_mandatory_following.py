"""D3: under the mandatory depth a participant must follow, and only the superior can exempt it."""

from __future__ import annotations

import pytest

from samordna.domain.adherence.models import FollowingAnswer
from samordna.domain.adherence.operations import answer_following
from samordna.domain.collaborations.enums import Duress
from tests import factories as f
from tests.domain.adherence.followed import followed
from tests.spec.following import page_for

pytestmark = pytest.mark.django_db


def test_not_following_is_a_breach_that_only_the_superior_can_lift():
    """Not following is shown as a breach, and the organisation is told that only the superior can exempt it."""
    superior = f.organisation("Tillsynsmyndigheten")
    world = followed(2, join=Duress.MUST, contribute=Duress.MUST, follow=Duress.MUST, superior=superior)
    actor = world.actor(0)
    answer_following(actor=actor, version_id=world.version.pk, kind="will_not", reason="Ingen nytta hos oss")
    assert FollowingAnswer.objects.get().must is True
    assert 'data-kind="breach"' in page_for(world.lead, world)
    assert "Tillsynsmyndigheten" in page_for(actor, world)
    assert "Tillsynsmyndigheten" not in page_for(world.actor(1), world)

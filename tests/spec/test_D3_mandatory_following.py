"""D3: under the mandatory depth a participant must follow, and only the superior can exempt it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import pgettext

from samordna.core import clock
from samordna.domain.adherence.models import FollowingAnswer
from samordna.domain.adherence.operations import answer_following
from samordna.domain.collaborations.enums import Duress
from samordna.domain.collaborations.models import Participation
from samordna.domain.collaborations.operations import exempt_party
from samordna.domain.organisations.enums import RoleKind
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


def test_the_superior_exempts_and_then_not_following_is_a_choice():
    """The superior sets one party free; from then on its not following is no breach, and the others stay bound."""
    superior = f.organisation("Tillsynsmyndigheten")
    world = followed(2, join=Duress.MUST, contribute=Duress.MUST, follow=Duress.MUST, superior=superior)
    for index in (0, 1):
        answer_following(actor=world.actor(index), version_id=world.version.pk, kind="cannot", reason="Vakanser")
    assert page_for(world.lead, world).count('data-kind="breach"') == 3
    party = Participation.objects.get(organisation=world.organisations[0]).party_id
    given = {"reason": "Nytt journalsystem införs", "ends_on": clock.day(clock.now()) + timedelta(days=90)}
    exempted = exempt_party(actor=f.actor(superior, RoleKind.MANAGER), party_id=party, follow="may", **given)
    own = page_for(world.actor(0), world)
    assert "Nytt journalsystem införs" in own
    assert "Undantaget upphör den" in own
    seen = page_for(world.lead, world)
    assert (seen.count('data-kind="breach"'), seen.count(pgettext("following", "exempted"))) == (2, 1)
    answer_following(actor=world.actor(0), version_id=world.version.pk, kind="cannot", reason="Vakanser")
    assert FollowingAnswer.objects.latest("answered_at").must is False
    exempted.ends_on = clock.day(clock.now())
    exempted.save()
    assert page_for(world.lead, world).count('data-kind="breach"') == 3

"""D2: whoever chooses to take part must follow in full and must contribute; not doing so is shown as a breach."""

from __future__ import annotations

import pytest

from samordna.domain.adherence.operations import answer_following
from samordna.domain.collaborations.enums import Duress
from tests.domain.adherence.followed import followed
from tests.spec.following import page_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("follow", "breach"), [(Duress.MAY, False), (Duress.IF_IN, True)])
@pytest.mark.parametrize("kind", ["cannot", "will_not"])
def test_not_following_is_a_breach_where_following_is_a_condition(follow, breach, kind):
    """Under the conditional depth not following is a breach that all see; under the voluntary it is a choice."""
    world = followed(2, follow=follow)
    answer_following(actor=world.actor(0), version_id=world.version.pk, kind=kind, reason="Vakanser")
    seen = page_for(world.actor(1), world)
    assert ('data-kind="breach"' in seen) is breach


@pytest.mark.parametrize(("contribute", "named"), [(Duress.MAY, False), (Duress.IF_IN, True)])
def test_not_contributing_is_shown_where_contributing_is_a_condition(contribute, named):
    """An organisation that said nothing while the decision was prepared is named, if it had to contribute."""
    world = followed(2, contribute=contribute)
    quiet = world.organisations[1].name
    before = page_for(world.lead, world).count(quiet)
    world.version.content["participants"][1]["state"] = "silent"
    world.version.save()
    assert (page_for(world.lead, world).count(quiet) > before) is named

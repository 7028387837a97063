"""R4: the coordination follows up coordinated work and drives change, in its own responsibility and the participants'."""

from __future__ import annotations

import pytest

from samordna.core import clock
from samordna.domain.change.models import Chain, ChangeNeed
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from tests.domain.collaborations.setting import client_of, setting
from tests.spec.test_R3_own_follow_up import words

pytestmark = pytest.mark.django_db


def test_r4_the_coordinator_hands_a_change_need_to_a_participant_who_answers():
    """The whole is followed up in the open; a need is handed to a participant, its silence shows, and it answers."""
    given = setting()
    own, other, coordinator = (client_of(who) for who in (given.manager, given.other_manager, given.coordinator))
    begin = f"/forandring/ny/{given.collaboration.pk}/"
    chain = coordinator.post(begin, {"title": "Olika svarstider", "said": "Två av tre svarar i tid"}).headers["Location"]
    coordinator.post(f"{chain}vad/", {"finding": "Storstad svarar sent"})
    coordinator.post(f"{chain}orsak/", {"kind": "resources", "text": "En person svarar för alla"})
    coordinator.post(f"{chain}behov/", {"text": "Fler som kan svara"})
    coordinator.post(f"{chain}analyserad/", {})
    need = ChangeNeed.objects.get()
    hand = f"/forandring/behov/{need.pk}/vems/"
    assert own.post(hand, {"to": given.other.pk}).status_code == 403, "nobody decides over another"
    assert coordinator.post(hand, {"to": given.superior.pk}).status_code == 422, "only those who take part"
    assert coordinator.post(hand, {"to": given.other.pk, "words": "Er svarsgrupp"}).status_code == 302
    assert "tyst, ska besvaras senast" in words(own.get(chain)), "silence is visible to all"
    while spread(clock.now()):
        pass
    told = Notice.objects.filter(kind="need_handed", about_id=Chain.objects.get().pk)
    assert set(told.values_list("person_id", flat=True)) == {given.other_manager.person_id}

    answer = f"/forandring/behov/{need.pk}/svara/"
    assert own.post(answer, {"answer": "taken"}).status_code == 403
    assert other.post(answer, {"answer": "refused", "reason": "Inte i år"}).status_code == 302
    page = words(coordinator.get(chain))
    assert "Inte i år" in page
    coordinator.post(hand, {"to": given.other.pk, "words": "Nästa år, då?"})
    assert other.post(answer, {"answer": "taken"}).status_code == 302
    assert f"/forandring/behov/{need.pk}/andra/" in other.get(chain).content.decode(), "now it is theirs to plan"
    assert f"/forandring/behov/{need.pk}/andra/" not in coordinator.get(chain).content.decode()

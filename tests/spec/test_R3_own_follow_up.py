"""R3: those who collaborate follow up their own work and drive change, within their own responsibility and coordinated."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.change.models import Chain, ChangeNeed
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_r3_a_change_need_of_ones_own_is_placed_in_own_or_coordinated_responsibility_and_travels_there():
    """From what was seen to two change needs: one is kept and changed, the other travels to the coordinator."""
    given = setting()
    own, other, coordinator = (client_of(who) for who in (given.manager, given.other_manager, given.coordinator))
    begin = f"/forandring/ny/{given.collaboration.pk}/"
    assert own.post(begin, {"title": "Väntan", "said": ""}).status_code == 422
    chain = own.post(begin, {"title": "Väntan på hemgång", "said": "Tolv väntade i mars"}).headers["Location"]
    assert chain == f"/forandring/{Chain.objects.get().pk}/"
    assert other.get(chain).status_code == coordinator.get(chain).status_code == 404, "it is its own"
    assert chain in own.get("/").content.decode(), "Mitt asks for the analysis"

    own.post(f"{chain}vad/", {"finding": "Det är längst på fredagar"})
    own.post(f"{chain}orsak/", {"kind": "organisation", "text": "Ingen planerar på fredagar"})
    own.post(f"{chain}behov/", {"text": "Fredagar planeras hos oss"})
    own.post(f"{chain}behov/", {"text": "Regionen ringer före tolv"})
    lacking = own.post(f"{chain}analyserad/", {"none_reason": "Inget"})
    assert (lacking.status_code, "Det finns förändringsbehov" in words(lacking)) == (422, True)
    assert own.post(f"{chain}analyserad/", {}).status_code == 302
    kept, given_away = ChangeNeed.objects.order_by("added_at")
    own.post(f"/forandring/behov/{kept.pk}/vems/", {"to": given.own.pk})
    assert coordinator.get(chain).status_code == 404, "what is kept stays one's own"
    own.post(f"/forandring/behov/{given_away.pk}/vems/", {"to": "coordination", "words": "Vi når inte dit själva"})
    assert "Vi når inte dit själva" in words(coordinator.get(chain))
    assert chain in coordinator.get("/").content.decode(), "it waits for the coordinator"
    sent = coordinator.post(f"/forandring/behov/{given_away.pk}/svara/", {"answer": "sent_back"})
    assert (sent.status_code, "Skäl" in words(sent)) == (422, True)
    coordinator.post(f"/forandring/behov/{given_away.pk}/svara/", {"answer": "sent_back", "reason": "Vilka dagar?"})
    assert "Vilka dagar?" in words(own.get(chain))

    today = clock.day(clock.now())
    change = {
        "what": "En fredagsansvarig",
        "for_the_individual": "Hem före helgen",
        "role_id": given.manager.role_id,
        "by": (today + timedelta(days=10)).isoformat(),
        "measure": "words:",
        "measure_text": "Räkna de som väntar",
        "measure_on": (today + timedelta(days=40)).isoformat(),
    }
    wrong = own.post(f"/forandring/behov/{kept.pk}/andra/", change | {"by": "2001-01-01"})
    assert (wrong.status_code, "En fredagsansvarig" in words(wrong)) == (422, True), "what was typed is kept"
    assert own.post(f"/forandring/behov/{kept.pk}/andra/", change).status_code == 302
    made = kept.changes.get()
    own.post(f"/forandring/andring/{made.pk}/klar/", {"words": "Igång"})
    own.post(f"/forandring/andring/{made.pk}/effekt/", {"kind": "better", "said": "Fyra väntade i maj"})
    assert "Fyra väntade i maj" in words(own.get(chain))
    refused = own.post(f"{chain}stang/", {"outcome": "Bättre"})
    assert (refused.status_code, "väntar fortfarande" in words(refused)) == (422, True)
    own.post(f"/forandring/behov/{given_away.pk}/slapp/", {"reason": "Löst på annat sätt"})
    assert own.post(f"{chain}stang/", {"outcome": "Färre väntar"}).status_code == 302
    assert "Färre väntar" in words(own.get("/forandring/"))
    assert chain not in own.get("/").content.decode()

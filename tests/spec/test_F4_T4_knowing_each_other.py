"""F4 and T4: knowledge of each other's missions, legal frames and toolboxes, side by side and found in one search."""

import pytest

from samordna.domain.collaborations.models import Participation
from samordna.domain.knowledge.models import Meaning, ProfileVersion
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.api.test_collaborations import get, post
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db


def test_organisations_say_what_they_are_and_what_differs_is_read_side_by_side():
    """Each writes its own profile with its legal frame as dated rows; a wrong row is told by its number, nothing is lost;
    both are read side by side, and mission, law and toolbox are found by one search."""
    clinic, office = f.organisation("Vårdcentralen Näset"), f.organisation("Arbetskontoret")
    doctor, clerk = f.actor(clinic), f.actor(office, RoleKind.MANAGER)
    typed = {"mission": "Vi utreder och behandlar sjukdom.", "cannot": "Vi kan inte bevilja ersättning.", "rows": "1"}
    typed |= {"law_0": "Hälso- och sjukvårdslagen", "chapter_0": "5", "paragraph_0": "1", "says_0": "god vård"}
    address = f"/verktygslador/profil/{clinic.pk}/skriv/"
    wrong = client_of(doctor).post(address, typed | {"valid_from_0": "2026-01-01", "valid_to_0": "2025-01-01"})
    assert wrong.status_code == 422
    assert "Hänvisning 1 (Hälso- och sjukvårdslagen)" in wrong.content.decode()
    assert "Vi utreder och behandlar sjukdom." in wrong.content.decode()
    more = client_of(doctor).post(address, typed | {"more": "1"}).content.decode()
    assert 'name="law_2"' in more
    assert "god vård" in more
    assert client_of(doctor).post(address, typed | {"valid_from_0": "2017-04-01"}).status_code == 302
    mine = {
        "mission": "Vi hjälper den som söker arbete.",
        "legal": [{"law": "Förordning om arbete", "valid_to": "2020-01-01"}],
    }
    body = client_of(clerk).put(f"/api/v1/organisations/{office.pk}/profile", mine, content_type="application/json")
    assert body.status_code == 200

    both = client_of(clerk).get(f"/verktygslador/sida-vid-sida/?med={clinic.pk}&med={office.pk}").content.decode()
    for said in ("utreder och behandlar", "hjälper den som söker", "bevilja ersättning", "5 kap. 1 §", "gäller inte i dag"):
        assert said in both
    assert [row["number"] for row in get(client_of(clerk), f"/profiles?organisation_ids={clinic.pk},{office.pk}")] == [1, 1]

    wording = {"name": "Smärtskolan", "description": "Kurs i åtta veckor om långvarig värk."}
    post(client_of(doctor), f"/roles/{doctor.role_id}/services", {"wording": wording}, 201)
    hits = {item["kind"] for item in get(client_of(clerk), "/search?q=värk")["items"]}
    assert hits == {"service"}
    assert [item["kind"] for item in get(client_of(clerk), "/search?q=sjukvårdslagen")["items"]] == ["profile"]

    assert client_of(clerk).post(address, typed).status_code == 403  # nobody says what another organisation is
    changed = client_of(doctor).post(address, typed | {"mission": "Vi utreder, behandlar och förebygger."})
    assert changed.status_code == 302
    assert "utreder och behandlar" in client_of(clerk).get(f"/verktygslador/profil/{clinic.pk}/?version=1").content.decode()
    assert ProfileVersion.objects.count() == 3


def test_a_word_means_what_each_says_and_differences_are_shown():
    """The three words of coordination stand defined; a participant says what a word means to it, the coordinator what it is
    to all; that they differ is shown, and each takes away its own alone."""
    given = f.collaboration()
    own = f.organisation("Havsnäs kommun")
    f.participation(given, own)
    member, lead = client_of(f.actor(own)), client_of(f.coordinator_of(given))
    address = f"/verktygslador/ord/{given.pk}/"
    page = lead.get(address).content.decode()
    assert "Att samarbeta för att tillsammans bli bättre än summan av var och en." in page
    assert lead.post(address, {"word": "Utskrivningsklar", "text": "När läkaren säger det."}).status_code == 302
    assert member.post(address, {"word": "utskrivningsklar", "text": "När hemmet är ordnat."}).status_code == 302
    assert "betyder olika saker" in member.get(address).content.decode()
    common = Meaning.objects.get(organisation=None)
    assert member.post(f"/verktygslador/betydelse/{common.pk}/ta-bort/").status_code == 403
    assert lead.post(f"/verktygslador/betydelse/{common.pk}/ta-bort/").status_code == 302
    assert [len(row["meanings"]) for row in get(member, f"/collaborations/{given.pk}/words")] == [1]
    Participation.objects.all().delete()
    assert member.get(address).status_code == 404

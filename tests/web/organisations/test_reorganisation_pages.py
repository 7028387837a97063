import re
from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Carried, Organisation, Reorganisation
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    """Two towns in one collaboration, with a manager each."""
    town, island = f.organisation("Strandsala"), f.organisation("Holmö")
    together = f.collaboration(name="Vårdsamverkan")
    for one in (town, island):
        f.participation(together, one)
    return f.holding(town, RoleKind.MANAGER), f.holding(island, RoleKind.MANAGER)


def plan(client, holding, **typed):
    address = reverse("plan_reorganisation", args=[holding.role.organisation_id])
    defaults = {"kind": "merge", "happens_on": clock.day(clock.now()).isoformat(), "ground": "Fullmäktige § 12"}
    return client.post(address, defaults | typed)


def test_two_organisations_become_one_from_plan_to_before_and_after(client, two):
    chief, other = two
    client.force_login(chief.person)
    town, island = chief.role.organisation, other.role.organisation
    made = plan(client, chief, others=[island.pk], begin="Strandsala och Holmö")
    assert made.status_code == 302
    page = client.get(made.url).content.decode()
    assert "Har inte godkänt ännu: Holmö." in page
    assert "Deltagande i samverkan" in page
    planned = Reorganisation.objects.get()
    things = client.get(reverse("place_things", args=[planned.pk, "participation"])).content.decode()
    assert "Vårdsamverkan" in things
    assert "till berör en annan organisation" not in things
    assert "Det som hör till Holmö räknas in här när" in page
    refused = client.post(reverse("carry_out_reorganisation", args=[planned.pk]), follow=True).content.decode()
    assert "Har inte godkänt ännu" in refused
    client.force_login(other.person)
    assert "Läs den planerade omorganisationen" in client.get(reverse("home")).content.decode()
    agreeing, seen = reverse("agree_to_reorganisation", args=[planned.pk]), {"seen": "what was there before"}
    assert "Planen ändrades efter att du öppnade den" in client.post(agreeing, seen, follow=True).content.decode()
    seen = dict(re.findall(r'name="(seen)" value="(\w+)"', client.get(made.url).content.decode()))
    assert "Er organisation har godkänt." in client.post(agreeing, seen, follow=True).content.decode()
    things = client.get(reverse("place_things", args=[planned.pk, "participation"])).content.decode()
    assert "1 till berör en annan organisation" in things
    done = client.post(reverse("carry_out_reorganisation", args=[planned.pk]), follow=True).content.decode()
    assert "Inget blev kvar utan ägare" in done
    new = Organisation.objects.get(name="Strandsala och Holmö")
    old = client.get(reverse("organisation", args=[town.pk])).content.decode()
    assert "Strandsala och Holmö" in old
    assert "är det en annan organisation" in old
    assert "Strandsala" in client.get(reverse("organisation", args=[new.pk])).content.decode()


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(client, two):
    chief, _other = two
    client.force_login(chief.person)
    day = clock.day(clock.now()) - timedelta(days=1)
    refused = plan(client, chief, happens_on=day.isoformat(), ground="Nämnden § 3", kind="split", begin="Ensam")
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Den dagen har varit" in text
    assert "minst två organisationer" in text
    assert "Nämnden § 3" in text
    assert not Reorganisation.objects.exists()


def test_what_a_split_leaves_without_a_place_is_placed_kind_by_kind(client, two):
    chief, _other = two
    client.force_login(chief.person)
    made = plan(client, chief, kind="split", begin="Norra Strandsala\nSödra Strandsala")
    page = client.get(made.url).content.decode()
    assert "saknar plats" in page
    assert "Först måste allt ha fått en plats" in page, "the button that carries it out says why it cannot be pressed"
    planned = Reorganisation.objects.get()
    north = planned.sides.get(name="Norra Strandsala").pk
    for kind in ("role", "participation"):
        answer = client.post(reverse("place_things", args=[planned.pk, kind]), {"whole": f"goes:{north}"})
        assert answer.status_code == 302
    assert "Allt har sin plats" in client.get(made.url).content.decode()
    wrong = client.post(reverse("place_things", args=[planned.pk, "role"]), {"whole": "goes:nowhere"})
    assert wrong.status_code == 422


def test_the_page_asks_as_many_questions_for_three_hundred_things_as_for_one(client, two, django_assert_max_num_queries):
    chief, other = two
    client.force_login(chief.person)
    made = plan(client, chief, others=[other.role.organisation_id], begin="Strandsala och Holmö")
    counts = []
    for more in (0, 2, 297):
        for number in range(more):
            f.role(chief.role.organisation, RoleKind.OFFICER, name=f"Handläggare {number}")
        with django_assert_max_num_queries(200) as asked:
            page = client.get(made.url)
        assert page.status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    assert not Carried.objects.exists()

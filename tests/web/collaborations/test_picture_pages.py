import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.domain.collaborations.models import PartyNeed, PictureMark, PicturePoint, PurposeConfirmation
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.spec.picturing import tell

pytestmark = pytest.mark.django_db


def crowd(world, count: int) -> None:
    """So many more participants, who have all said how they see it."""
    point = PicturePoint.objects.create(collaboration=world.collaboration, kind="need", text="Besked", added_at=f.NOW)
    for number in range(count):
        member = f.organisation()
        f.participation(world.collaboration, member)
        f.party_need(world.collaboration, member)
        said = {"collaboration": world.collaboration, "number": 1, "own_words": f"Hem {number}", "confirmed_at": f.NOW}
        PurposeConfirmation.objects.create(organisation=member, **said)
        why = "" if number % 3 else "Vi ser det annorlunda"
        PictureMark.objects.create(point=point, organisation=member, agrees=not why, why=why, marked_at=f.NOW)


@pytest.mark.parametrize("page", ["bild/", "var-syn/", "mal/", ""])
def test_pages_ask_the_database_as_often_for_one_as_for_three_hundred(page):
    counts = []
    for size in (1, 3, 300):
        world = setting()
        crowd(world, size)
        for _ in range(min(size, 30)):
            f.goal(world.collaboration)
        client = client_of(world.manager)
        client.get(f"/samverkan/{world.collaboration.pk}/{page}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/samverkan/{world.collaboration.pk}/{page}").status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_a_picture_that_changed_meanwhile_is_said_and_nothing_is_lost():
    world = setting()
    gone = PicturePoint.objects.create(collaboration=world.collaboration, kind="need", text="Besked", added_at=f.NOW)
    gone.removed_at = f.NOW
    gone.save()
    sent = tell(world.manager, world, own_words="Hem", **{f"mark_{gone.pk}": "agrees"})
    assert sent.status_code == 302
    assert not PictureMark.objects.exists()


def test_needs_are_restated_whole_and_the_old_ones_are_kept_as_withdrawn():
    world = setting()
    tell(world.manager, world, need_0="Besked", reason_0="Bemanning", need_1="Tid", reason_1="Avstånd")
    tell(world.manager, world, need_0="Besked", reason_0="Bemanning", need_1="", reason_1="")
    rows = PartyNeed.objects.order_by("text").values_list("text", "withdrawn_at")
    assert [(text, withdrawn is None) for text, withdrawn in rows] == [("Besked", True), ("Tid", False)]


def test_an_empty_view_is_refused_with_what_can_be_said():
    world = setting()
    sent = tell(world.coordinator, world, own_words=" ")
    assert sent.status_code == 422
    assert "Beskriv syftet med egna ord" in sent.content.decode()


def test_the_picture_can_be_read_with_290_participants():
    """Each group is counted and its first twelve named; all of them on asking; one's own is always there."""
    world = setting()
    crowd(world, 290)
    client, address = client_of(world.manager), f"/samverkan/{world.collaboration.pk}/bild/"
    tell(world.manager, world, own_words="Hem utan oro")
    page = client.get(address)
    shown = page.content.decode()
    assert len(gzip.compress(page.content)) < 40_000
    assert "Hem utan oro" in shown
    assert shown.count("visa alla ") == 4
    point = PicturePoint.objects.first()
    whole = client.get(f"{address}?visa={point.pk}").content.decode()
    names = [member.name for member in Organisation.objects.filter(participations__collaboration=world.collaboration)]
    assert sum(f"{name}," in whole or f"{name}<" in whole for name in names) > 280
    assert sum(f"{name}," in shown or f"{name}<" in shown for name in names) < 60

"""D1, D2, D3: leaving is free, owes the others notice, or is not allowed, as the depth says."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.models import Participation
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db
NOTICE = 90


def left_on(world):
    return Participation.objects.get(pk=world.own_part.pk).left_on


@pytest.mark.parametrize(("contribute", "owed"), [("may", 0), ("if_in", NOTICE)])
def test_who_leaves_owes_notice_where_anything_is_more_than_voluntary(contribute, owed):
    """Where all is voluntary one leaves at once; where one must contribute while in, the notice agreed has to run out."""
    world = setting(contribute=contribute, notice_days=NOTICE)
    address = f"/samverkan/deltagande/{world.own_part.pk}/avsluta/"
    assert client_of(world.manager).post(address, {"reason": "Vi hinner inte"}).status_code == 302
    assert left_on(world) == clock.day(clock.now()) + timedelta(days=owed)


def test_leaving_before_the_notice_has_run_out_is_refused_with_the_day_that_is_possible():
    """An earlier day is refused in a sentence that says which day is the first; what was typed stays."""
    world = setting(follow="if_in", notice_days=NOTICE)
    address = f"/samverkan/deltagande/{world.own_part.pk}/avsluta/"
    client = client_of(world.manager)
    assert "tidigaste dag att lämna är" in client.get(address).content.decode()
    early = client.post(address, {"left_on": clock.day(clock.now()).isoformat(), "reason": "Vi hinner inte"})
    assert early.status_code == 422
    assert "Uppsägningstiden är 90 dagar" in early.content.decode()
    assert "Vi hinner inte</textarea>" in early.content.decode()
    assert left_on(world) is None


def test_the_page_says_beforehand_who_may_leave_and_how():
    """The participants' list says that leaving is not allowed and who can exempt, or with how much notice it is."""
    mandatory = setting(join="must")
    page = client_of(mandatory.manager).get(f"/samverkan/{mandatory.collaboration.pk}/").content.decode()
    assert "Ni får inte lämna: djupet är tvingande. Länsstyrelsen kan ge er undantag." in page
    noticed = setting(follow="if_in", notice_days=NOTICE)
    page = client_of(noticed.manager).get(f"/samverkan/{noticed.collaboration.pk}/").content.decode()
    assert "med 90 dagars uppsägningstid" in page

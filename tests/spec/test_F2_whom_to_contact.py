"""F2: whom to contact about what is answered in one search, by role; and where nobody answers, somebody is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.models import Area
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath
from tests import factories as f
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db


def test_one_question_in_plain_words_is_answered_with_role_holder_and_how():
    own = f.organisation("Storstads kommun")
    held = f.holding(own, RoleKind.MANAGER, person=f.person("Maja Ek"))
    ContactPath.objects.create(
        topic="Utskrivning på helgen", to_role=held.role, how="010-100 20 30", when_not="Nattetid", valid_from=f.START
    )
    client = client_of(f.actor(f.organisation("Kansliet")))
    page = client.get(
        "/kontakter/", {"fraga": "vem kontaktar jag om utskrivningar på helger hos storstad"}
    ).content.decode()
    answer = page.split('class="answer"')[1].split("</article>")[0]
    assert all(said in answer for said in ("Maja Ek", "010-100 20 30", "Nattetid", str(held.role)))


def test_when_the_holder_is_away_the_deputy_the_holder_appointed_answers():
    own, today = f.organisation("Storstads kommun"), clock.day(clock.now())
    held, colleague = f.holding(own, RoleKind.MANAGER, person=f.person("Maja Ek")), f.person("Bo Ås")
    f.holding(own, person=colleague)
    ContactPath.objects.create(topic="Utskrivning", to_role=held.role, how="Ring", valid_from=f.START)
    holder = client_of(f.actor(f.organisation()))
    holder.force_login(held.person)
    until = (today + timedelta(days=5)).isoformat()
    appointed = holder.post(f"/organisationer/innehav/{held.pk}/ersattare/", {"person_id": colleague.pk, "valid_to": until})
    assert appointed.status_code == 302
    page = holder.get("/kontakter/", {"fraga": "utskrivning"}).content.decode()
    assert "Bo Ås, som ersätter Maja Ek till" in page


def test_a_gap_and_a_path_to_nobody_are_shown_with_who_can_mend_them():
    given, own = f.collaboration(), f.organisation("Storstads kommun")
    f.participation(given, own)
    Area.objects.create(collaboration=given, name="Läkemedel")
    ContactPath.objects.create(topic="Utskrivning", to_role=f.role(own, name="Bakjour"), how="Ring", valid_from=f.START)
    administrator = f.holding(own, RoleKind.ADMINISTRATOR, person=f.person("Ada Min"))
    client = client_of(f.actor(own))
    page = client.get(f"/samverkan/{given.pk}/kontakter/").content.decode()
    assert "Ada Min" in page.split('id="aterstand"')[1].split("</table>")[0]
    assert "saknar kontaktväg för det" in page.split('id="omraden"')[1]
    client.force_login(administrator.person)
    assert "Laga en kontaktväg som inte leder till någon" in client.get("/").content.decode()

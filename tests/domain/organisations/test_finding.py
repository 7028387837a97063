"""Whom do I contact about X at Y, in plain words; and what an organisation has to see to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.actor import Duty
from samordna.domain.organisations.attention import attention_of, waiting_in
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.finding import LONGEST_QUESTION, covers, find_contacts
from samordna.domain.organisations.models import ContactPath, Holding
from samordna.domain.organisations.queries import organisation_page
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = clock.day(NOW)


def path(topic, to, **fields):
    return ContactPath.objects.create(topic=topic, to_role=to, how="010-100 20 30", **{"valid_from": f.START} | fields)


@pytest.fixture
def county():
    """Two municipalities and a region, with some paths; the one who asks is somebody else."""
    made = {name: f.organisation(name) for name in ("Storstads kommun", "Lillvikens kommun", "Region Havet", "Kansliet")}
    roles = {}
    for name, organisation in made.items():
        roles[name] = f.holding(organisation, RoleKind.MANAGER, person=f.person(f"Chef i {name}")).role
    path("Utskrivning på helgen", roles["Storstads kommun"], also="hemgång, utskrivningsklara")
    path("Utskrivning på helgen", roles["Region Havet"])
    path("Samordnad individuell plan (SIP)", roles["Lillvikens kommun"])
    path("Hjälpmedel i hemmet", roles["Region Havet"], from_whom="arbetsterapeuter")
    return made, roles, f.actor(made["Kansliet"])


@pytest.mark.parametrize(
    ("question", "topic", "place"),
    [
        ("Vem kontaktar jag om utskrivning på helgen hos Storstad?", "Utskrivning på helgen", "Storstads kommun"),
        ("utskrivningar i helger region havet", "Utskrivning på helgen", "Region Havet"),
        ("hemgången storstads", "Utskrivning på helgen", "Storstads kommun"),
        ("utskrvining storstad", "Utskrivning på helgen", "Storstads kommun"),
        ("hjalpmedel", "Hjälpmedel i hemmet", "Region Havet"),
        ("sip", "Samordnad individuell plan (SIP)", "Lillvikens kommun"),
        ("individuella planer i Lillviken", "Samordnad individuell plan (SIP)", "Lillvikens kommun"),
        ("arbetsterapeut", "Hjälpmedel i hemmet", "Region Havet"),
        ("lillviken", "Samordnad individuell plan (SIP)", "Lillvikens kommun"),
    ],
)
def test_the_first_answer_is_the_one_that_was_meant(county, question, topic, place):
    _made, _roles, reader = county
    first = find_contacts(reader, question, NOW).paths[0]
    assert (first.topic, first.organisation) == (topic, place)
    assert first.answering.present == (f"Chef i {place}",)


def test_a_place_narrows_and_words_that_fit_nothing_are_told(county):
    _made, _roles, reader = county
    assert {each.organisation for each in find_contacts(reader, "utskrivning storstad", NOW).paths} == {"Storstads kommun"}
    assert {each.organisation for each in find_contacts(reader, "utskrivning", NOW).paths} == {
        "Storstads kommun",
        "Region Havet",
    }
    told = find_contacts(reader, "utskrivning xylofon", NOW)
    assert told.paths
    assert len(told.unknown) == 1
    assert find_contacts(reader, "  \x00 ", NOW).paths == ()
    assert len(find_contacts(reader, "x" * 5000, NOW).question) == LONGEST_QUESTION
    assert find_contacts(f.actor_of(f.holding(f.organisation(), valid_to=TODAY)), "utskrivning", NOW).paths == ()


def test_a_deputy_answers_for_a_holder_who_is_away(county):
    _made, roles, reader = county
    held = roles["Region Havet"].holdings.get()
    until = TODAY + timedelta(days=4)
    Holding.objects.create(
        role=held.role, person=f.person("Bo Ås"), kind="deputy", deputy_of=held, valid_from=TODAY, valid_to=until
    )
    who = find_contacts(reader, "hjälpmedel", NOW).paths[0].answering
    assert who.present == ()
    assert [(each.name, each.stands_in_for, each.until) for each in who.stand_ins] == [
        ("Bo Ås", "Chef i Region Havet", until)
    ]


def test_a_role_that_no_path_leads_to_is_offered_after_the_paths(county):
    made, _roles, reader = county
    role = f.role(made["Kansliet"], name="Anhörigstrateg", purpose="Stöd till anhöriga")
    answers = find_contacts(reader, "anhöriga", NOW)
    assert answers.paths == ()
    assert [(each.role_id, each.answering.vacant) for each in answers.roles] == [(role.pk, True)]


def test_an_area_helps_with_other_words_for_the_same_thing(county):
    _made, _roles, reader = county
    found = find_contacts(reader, "vårdövergång", NOW, ["Vårdövergångar och hjälpmedel"])
    assert found.paths[0].topic == "Hjälpmedel i hemmet"
    assert found.by_area == ("Vårdövergångar och hjälpmedel",)
    assert covers("Utskrivning på helgen", "trygg hemgång", "Utskrivning och hemgång")
    assert not covers("Utskrivning på helgen", "", "Utskrivning och hemgång")


def test_asking_costs_the_same_however_much_there_is():
    own = f.organisation("Kansliet")
    reader, role, counts = f.actor(own), f.role(own), []
    for more in (1, 3, 300):
        for number in range(more):
            path(f"Utskrivning {more} {number}", role)
        with CaptureQueriesContext(connection) as asked:
            find_contacts(reader, "utskrivning", NOW)
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_what_an_organisation_has_to_see_to():
    own = f.organisation()
    administrator = f.actor(own, RoleKind.ADMINISTRATOR)
    vacant, closed = f.role(own, name="Vakant roll"), f.role(own, name="Stängd", valid_to=TODAY)
    leaving = f.holding(own, RoleKind.MANAGER, valid_to=TODAY + timedelta(days=9))
    relieved = f.holding(own, RoleKind.REPRESENTATIVE, valid_to=TODAY + timedelta(days=9))
    f.holding(own, role=relieved.role, valid_from=TODAY + timedelta(days=9))
    path("Till ingen", vacant)
    path("Till en stängd", closed)
    seen = attention_of(organisation_page(administrator, own.pk, NOW))
    assert not seen.bare
    assert [role.id for role in seen.vacant] == [vacant.pk]
    assert [(each.role.id, each.ends_on) for each in seen.ending] == [(leaving.role_id, leaving.valid_to)]
    assert {(each.topic, each.ended) for each in seen.dead_ends} == {("Till ingen", False), ("Till en stängd", True)}
    assert all(administrator.person_id and "Person" in each.menders[0] for each in seen.dead_ends)
    assert {role.id for role in seen.one_deep} == {administrator.role_id, leaving.role_id}
    assert set(seen.alone) == {Duty.ADMINISTER, Duty.ADOPT}
    waiting = [each for _actor, each in waiting_in([administrator, f.actor(own)], NOW)]
    assert [each.url_name for each in waiting] == ["give_role", "give_role", "role", "role"]
    assert waiting[1].due == leaving.valid_to
    for number in range(4):
        f.role(own, name=f"Till vakant {number}")
    assert sum(each.url_name == "organisation" for _actor, each in waiting_in([administrator], NOW)) == 1


def test_an_organisation_that_has_just_come_is_told_what_it_lacks():
    own = f.organisation()
    administrator = f.actor(own, RoleKind.ADMINISTRATOR)
    f.role(own, RoleKind.OFFICER, name="Handläggare")
    first = next(each for _actor, each in waiting_in([administrator], NOW))
    assert (first.url_name, first.url_args) == ("open_role", (own.pk,))
    page = client_of(administrator).get(f"/organisationer/{own.pk}/").content.decode()
    assert "Ingen roll för arbetet" in page.split('id="att-se-till"')[1]
    for kind in (RoleKind.COORDINATOR, RoleKind.REPRESENTATIVE, RoleKind.MANAGER):
        role = f.role(own, kind, name=f"{kind}")
        assert "open_role" not in [each.url_name for _actor, each in waiting_in([administrator], NOW)]
        role.delete()

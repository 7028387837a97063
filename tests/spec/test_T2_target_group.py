"""T2: a common and bounded target group, so that everybody gives the same answer to who belongs to it."""

import pytest

from samordna.core.errors import Refused
from samordna.core.models import JournalPayload
from samordna.domain.collaborations.operations import activate_collaboration
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def bounded(world):
    rows = (("includes", "ålder", "at_least", "65"), ("excludes", "boende", "is", "annat län"))
    typed = {"target_group": "Äldre som skrivs ut", "rows": "3"}
    for place, row in enumerate(rows):
        typed |= {
            f"{name}_{place}": value for name, value in zip(("kind", "subject", "operator", "value"), row, strict=True)
        }
    address = f"/samverkan/{world.collaboration.pk}/malgrupp/"
    assert client_of(world.coordinator).post(address, typed).status_code == 302


def test_criteria_are_data_and_are_read_aloud_to_all_who_take_part():
    """What the coordinator typed as criteria stands on the collaboration's page as sentences."""
    world = setting()
    bounded(world)
    page = client_of(world.manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    assert "Omfattar dem vars ålder är minst 65." in page
    assert "Undantar dem vars boende är annat län." in page


@pytest.mark.parametrize(
    ("age", "home", "answer"),
    [
        ("70", "länet", "Fallet hör till målgruppen"),
        ("70", "Annat län", "Fallet hör inte till målgruppen"),
        ("64,5", "länet", "Fallet hör inte till målgruppen"),
        ("70", "", "Det går inte att säga än"),
    ],
)
def test_an_anonymous_case_gets_an_answer_with_reasons_and_is_not_kept(age, home, answer):
    """Any participant can test a case; the answer says which criterion speaks for and against, and nothing is stored."""
    world = setting()
    bounded(world)
    kept = JournalPayload.objects.count()
    typed = {"case_0": age, "case_1": home}
    page = client_of(world.manager).post(f"/samverkan/{world.collaboration.pk}/malgrupp/prova/", typed).content.decode()
    assert answer in page
    assert JournalPayload.objects.count() == kept


def test_a_case_that_seems_to_say_who_it_is_is_refused_without_being_repeated():
    """What looks like a personal number is no property of an anonymous case."""
    world = setting()
    bounded(world)
    typed = {"case_0": "70", "case_1": "19500101-1234"}
    answer = client_of(world.manager).post(f"/samverkan/{world.collaboration.pk}/malgrupp/prova/", typed)
    assert answer.status_code == 422
    assert "ser ut som ett personnummer" in answer.content.decode()


def test_an_unbounded_target_group_keeps_the_collaboration_from_beginning():
    """A collaboration cannot be activated before its target group has a criterion that includes."""
    world = setting(state="planned")
    with pytest.raises(Refused, match="avgränsning"):
        activate_collaboration(actor=world.coordinator, collaboration_id=world.collaboration.pk, at=NOW)
    bounded(world)
    f.ready(world.collaboration)
    activate_collaboration(actor=world.coordinator, collaboration_id=world.collaboration.pk, at=NOW)

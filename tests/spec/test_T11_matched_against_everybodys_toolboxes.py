"""T11: each other's toolboxes are used for what the individual needs: one situation, everybody's answer, and why."""

import pytest

from samordna.core.models import JournalPayload
from samordna.domain.knowledge.models import Fact, Service
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.api.test_collaborations import get, post
from tests.domain.collaborations.setting import client_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_situation_is_held_against_all_services_and_every_answer_says_why():
    """Three organisations offer something; whoever states an age and a municipality is told who says yes, who says no and
    by which condition, and which question decides the rest. Nothing is kept, and nobody can be named."""
    sick = Fact.objects.create(label="Får sjukpenning", kind="yes_no", named_at=NOW)
    offers = {
        "Jobbsteget": [{"together": "all", "criteria": [{"fact": "age", "least": "18", "most": "29"}]}],
        "Rehabkoordinator": [{"together": "all", "criteria": [{"fact": sick.pk, "one_of": ["yes"]}]}],
        "Seniorkraft": [
            {"together": "all", "criteria": [{"fact": "place", "one_of": ["21"]}]},
            {"together": "all", "criteria": [{"fact": "age", "least": "65", "ground": "Kommunens beslut § 12"}]},
        ],
        "Öppen mottagning": [],
    }
    for name, eligibility in offers.items():
        own = f.organisation(f"Organisation för {name}", area_code="2180" if name == "Seniorkraft" else "")
        answering = f.actor(own)
        wording = {"name": name, "description": "Stöd.", "eligibility": eligibility}
        post(client_of(answering), f"/roles/{answering.role_id}/services", {"wording": wording}, 201)
    kept = JournalPayload.objects.count()

    officer = client_of(f.actor(f.organisation(), RoleKind.OFFICER))
    page = officer.post("/verktygslador/vem-kan-hjalpa/", {"age": "24", "place": "2180"}).content.decode()
    assert "Ja: 2" in page
    assert "Jobbsteget" in page
    assert "Öppen mottagning" in page
    assert "Får sjukpenning" in page
    no = officer.post("/verktygslador/vem-kan-hjalpa/", {"age": "24", "place": "2180", "visa": "no"}).content.decode()
    assert "Ålder: minst 65 år" in no
    assert "Kommunens beslut § 12" in no
    assert "Kommun eller län: 21<" not in no  # that condition holds, and is not blamed

    told = post(officer, "/services/match", {"facts": {"age": "70", "place": "22"}, "shown": "open"}, 200)
    assert (told["yes"], told["open"], told["no"]) == (1, 1, 2)
    assert told["rows"][0]["missing"] == ["Får sjukpenning"]
    assert told["asking"] == [{"fact": sick.pk, "label": "Får sjukpenning", "services": 1, "alone": 1}]
    assert post(officer, "/services/match", {"facts": {}}, 200)["asking"][0]["fact"] == "age"

    refused = officer.post("/verktygslador/vem-kan-hjalpa/", {"age": "19900101-1234"})
    assert refused.status_code == 422
    assert "ser ut som ett personnummer" in refused.content.decode()
    post(officer, "/services/match", {"facts": {"place": "Storstad"}}, 422)
    assert JournalPayload.objects.count() == kept

    elder = Service.objects.get(name="Seniorkraft")
    shown = get(officer, f"/services/{elder.pk}")
    assert [group["conditions"][0]["sentence"] for group in shown["conditions"]] == [
        "Kommun eller län: 21",
        "Ålder: minst 65 år",
    ]
    assert get(officer, "/services?words=seniorkraft")["total"] == 1
    assert [fact["id"] for fact in get(officer, "/facts")][:2] == ["age", "place"]

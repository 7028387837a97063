"""HSDS: right by the specification both ways, nothing lost on the way, and what is wrong told record by record.

What the specification says of its objects is asked in `test_hsds_objects.py`, and whether it says so in
`test_hsds_specification.py`, by whoever has the specification's own schemas and examples.
"""

import json
from copy import deepcopy

import pytest

from samordna.core.errors import Invalid
from samordna.domain.knowledge.hsds import records_of, wrong_with
from samordna.domain.knowledge.models import Fact, Service
from samordna.domain.knowledge.operations import Wording, open_service, reword_service
from samordna.domain.knowledge.queries.exported import hsds_list
from samordna.domain.organisations.models import ContactPath
from tests import factories as f
from tests.api.test_collaborations import get, post
from tests.domain.collaborations.setting import client_of
from tests.factories import NOW, START

ELSEWHERE = {
    "id": "5b0b4f0e-6a0e-4a3e-9d2a-0c6f4f7c1a11",
    "name": "Samtalsstöd",
    "alternate_name": "Samtal",
    "description": "Samtal med kurator.\nHögst tio gånger.",
    "status": "active",
    "minimum_age": 16,
    "maximum_age": 25,
    "wait_time": "två veckor",
    "assured_date": "2026-03-01",
    "application_process": "Ring.",
    "fees_description": "Avgiftsfritt",
    "accreditations": "Kvalitetsmärkt",
    "languages": [{"id": "0a7a5d2c-1111-4a3e-9d2a-0c6f4f7c1a11", "name": "Svenska", "code": "sv"}],
    "schedules": [
        {"id": "0a7a5d2c-2222-4a3e-9d2a-0c6f4f7c1a11", "description": "Vardagar", "byday": "MO,TU", "freq": "WEEKLY"}
    ],
    "phones": [{"id": "0a7a5d2c-3333-4a3e-9d2a-0c6f4f7c1a11", "number": "010-123 45 67", "languages": []}],
    "organization": {"id": "0a7a5d2c-4444-4a3e-9d2a-0c6f4f7c1a11", "name": "Ungas hus", "description": "Förening"},
    "something_of_theirs": {"kept": [1, 2, 3]},
}


@pytest.mark.django_db
def test_a_file_comes_in_goes_out_and_loses_nothing():
    """A right record goes out as it came, unknown fields and all; what is said anew is another value in its field; ours
    is right by the specification, and taken in elsewhere its conditions are the same."""
    own = f.organisation("Ungas hus")
    actor = f.actor(own)
    client = client_of(actor)
    right, wrong = ELSEWHERE, {"id": "inget", "name": "", "status": "open", "minimum_age": "tolv", "languages": "svenska"}
    refused = post(client, f"/roles/{actor.role_id}/services/import", {"records": [right, wrong, 7]}, 422)
    assert "Post 2" in json.dumps(refused, ensure_ascii=False)
    assert "Post 3" in json.dumps(refused, ensure_ascii=False)
    assert Service.objects.count() == 0
    done = post(client, f"/roles/{actor.role_id}/services/import", {"records": [right, wrong], "keep_right": True}, 200)
    assert [row["outcome"] for row in done["rows"]] == ["opened", "wrong"]
    assert len(done["rows"][1]["said"]) == 5

    given = get(client, f"/organisations/{own.pk}/services/hsds")
    out = deepcopy(given["contents"][0])
    assert out.pop("samordna")["eligibility"][0]["criteria"][0]["most"] == "25"
    assert out == ELSEWHERE
    assert wrong_with(out) == []
    again = post(client, f"/roles/{actor.role_id}/services/import", {"records": given["contents"]}, 200)
    assert [row["outcome"] for row in again["rows"]] == ["reworded"]
    assert get(client, f"/organisations/{own.pk}/services/hsds") == given

    assert str(Service.objects.get().waiting_on) == "2026-03-01"  # the waiting time is as old as the record
    undated = {**ELSEWHERE, "last_modified": "2026-02-02T10:00:00Z"} | {"assured_date": None}
    post(client, f"/roles/{actor.role_id}/services/import", {"records": [undated]}, 200)
    assert {str(day) for day in Service.objects.values_list("assured_on", "waiting_on")[0]} == {"2026-02-02"}
    path = ContactPath.objects.create(topic="Stöd", how="Ring", to_role_id=actor.role_id, valid_from=START)
    ours = [{"together": "all", "criteria": [{"fact": "age", "least": "16", "most": "25", "ground": "2 §"}]}]
    ours += [{"together": "any", "criteria": [{"fact": "place", "one_of": ["2180"]}]}]
    again = Wording(name="Samtal", description="Samtal", unit="Ungas hus", contact_path_id=path.pk, eligibility=ours)
    added = reword_service(actor=actor, service_id=Service.objects.get().pk, wording=again, at=NOW).eligibility
    kept = post(client, f"/roles/{actor.role_id}/services/import", {"records": [ELSEWHERE]}, 200)["rows"][0]["said"]
    assert "villkor, kontaktväg, enhet och plats" in kept[0]
    now = Service.objects.get()
    assert (now.name, now.eligibility, now.contact_path_id, now.unit) == ("Samtalsstöd", added, path.pk, "Ungas hus")
    post(client, f"/roles/{actor.role_id}/services/import", {"records": [ELSEWHERE | {"minimum_age": 18}]}, 200)
    ages, place = Service.objects.get().eligibility
    assert (ages["criteria"][0]["least"], place) == ("18", added[1])

    Fact.objects.create(label="Får sjukpenning", kind="yes_no", named_at=NOW)
    sick = Fact.objects.get().pk
    groups = [
        {"together": "all", "criteria": [{"fact": "age", "least": "18"}]},
        {"together": "none", "criteria": [{"fact": sick, "one_of": ["yes"], "ground": "27 kap."}]},
    ]
    wording = Wording(
        name="Rehab", description="Träning", languages="svenska, arabiska", schedule="Tisdagar", eligibility=groups
    )
    mine = open_service(actor=actor, role_id=actor.role_id, wording=wording, at=NOW)
    record = next(one for one in hsds_list(actor, own.pk, NOW)["contents"] if one["name"] == "Rehab")
    assert wrong_with(record) == []
    assert (record["minimum_age"], record.get("maximum_age")) == (18, None)
    assert record["samordna"]["eligibility"][1]["criteria"][0]["fact"] == "Får sjukpenning"
    taken = post(client, f"/roles/{actor.role_id}/services/import", {"records": [record]}, 200)
    assert taken["rows"][0]["outcome"] == "reworded"
    assert Service.objects.get(pk=mine.pk).eligibility == mine.eligibility
    other = f.actor(f.organisation())
    refused = post(client_of(other), f"/roles/{other.role_id}/services/import", {"records": [record]}, 422)
    assert "En annan organisation" in json.dumps(refused, ensure_ascii=False)

    page = client.get(f"/verktygslador/hos/{own.pk}/fil/")
    assert page.status_code == 200
    assert client.get(f"/verktygslador/hos/{own.pk}/hsds.json").json()["total_items"] == 2


def test_files_of_several_shapes_are_read_and_others_refused():
    for data in ([ELSEWHERE], {"contents": [ELSEWHERE]}, {"id": "x", "services": [ELSEWHERE]}, ELSEWHERE):
        assert records_of(json.dumps(data).encode()) == [ELSEWHERE]
    unusable = (b"NaN", b"-Infinity", b"1e999", b"9" * 400, rb'"\ud800"', rb'"\u0000"')
    unstorable = [b'[{"minimum_age": %b}]' % value for value in unusable]
    for content in (b"inte json", b"[]", b"7", b"\xff\xfe", b"[" * 100_000, *unstorable):
        with pytest.raises(Invalid):
            records_of(content)
    assert wrong_with(ELSEWHERE) == []
    deep: list[object] = []
    for _level in range(600):
        deep = [deep]
    assert "mer än 20 nivåer" in wrong_with(ELSEWHERE | {"metadata": [{"x": deep}]})[0]
    own = {"waiting_on": 5, "unit": [], "eligibility": [{"together": 1, "criteria": 5}, {"criteria": [{"one_of": 5}]}]}
    said = wrong_with(ELSEWHERE | {"samordna": own})
    assert [sentence.split()[0] for sentence in said] == ["unit", "waiting_on", "together", "criteria", "one_of"]
    assert wrong_with(ELSEWHERE | {"samordna": {"eligibility": 5}})

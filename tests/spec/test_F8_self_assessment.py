"""F8: an organisation examines its own collaboration, sees what is needed and where views differ; nobody is told of."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from samordna.core.models import JournalEntry
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.models import Answering, WaveLink, WaveReply
from tests.domain.assessments.asking import asked, closed, people, replies
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db
FACTORS = [f"f{n}" for n in range(1, 9)]


def typed(now, needed, level="professional", **more):
    given = dict.fromkeys(FACTORS, now) | {f"{key}.needed": needed for key in FACTORS}
    return {"level": level} | given | more


def test_f8_from_a_questionnaire_to_the_gaps_between_organisations_and_levels():
    met = setting()
    coordinator, own = client_of(met.coordinator), client_of(met.manager)
    there = f"/enkater/samverkan/{met.collaboration.pk}/"
    assert own.post(f"{there}ta/", {"key": "self_short"}).status_code == 403, "the coordinator takes it in"
    questionnaire = coordinator.post(f"{there}ta/", {"key": "self_short"}).headers["Location"]
    page = own.get(questionnaire).content.decode()
    assert "Det är varje individs behov som styr" in page
    small = {"title": "Hur går det?", "opens_on": "2020-01-01", "closes_on": "2019-01-01", "together": 2, "anonymous": "on"}
    wrong = coordinator.post(f"{questionnaire}fraga-ut/", small)
    assert wrong.status_code == 422
    assert "Hur går det?" in wrong.content.decode(), "what was typed stays"
    wave = asked(met, questionnaire.split("/")[-2], ask_level=True)
    address = f"/enkater/omgang/{wave.pk}/"

    half = {key: value for key, value in typed("2", "5").items() if key != "level"}
    bad = own.post(f"{address}svara/", half)
    assert (bad.status_code, bad.content.decode().count("checked")) == (422, 16), "the level is missing, nothing is lost"
    assert own.post(f"{address}svara/", half | {"keep": "1"}).status_code == 302
    assert own.get(f"{address}svara/").content.decode().count("checked") == 16, "kept to go on with"
    assert client_of(met.other_manager).get(f"{address}svara/").content.decode().count("checked") == 0
    assert own.post(f"{address}svara/", typed("2", "5", "middle")).status_code == 302
    again = own.post(f"{address}svara/", typed("5", "5"))
    assert (again.status_code, "det går inte att ändra" in again.content.decode()) == (403, True)

    coordinator.post(f"{address}grupp/", {"name": "Hemtjänsten", "organisation_id": met.own.pk})
    page = coordinator.get(f"{address}lankar/").content.decode()
    group = re.search(r'value="([a-z0-9]{12})">Hemtjänsten', page)
    made = coordinator.post(f"{address}lankar/", {"group_id": group[1], "number": "2"}).content.decode()
    link = re.search(r"/enkatsvar/[\w-]+/", made)[0]
    somebody = Client()
    assert somebody.post(link, typed("2", "5", level="")).status_code == 422
    assert somebody.post(link, typed("2", "5")).status_code == 200
    assert somebody.post(link, typed("5", "5")).status_code == 410, "one link takes one answer"
    assert WaveLink.objects.filter(used=True).count() == 1
    paper = typed("2", "5", whose=met.other.pk)
    assert coordinator.post(f"{address}papper/", paper).status_code == 302
    for actor in people(met.own, 4):
        do.reply_to_wave(actor=actor, wave_id=wave.pk, typed={"f1": ["2"], "f1.needed": ["5"]}, level="professional")
    replies(wave, met.other, 6, "leadership", **{"f1": 4, "f1.needed": 4})
    replies(wave, met.superior, 2, "leadership", **{"f1": 1, "f1.needed": 5})

    open_still = own.get(f"{address}resultat/").content.decode()
    assert "när omgången har stängt" in open_still
    assert "Storstad" not in open_still
    closed(met, wave)
    late = client_of(people(met.own, 1)[0]).post(f"{address}svara/", typed("1", "1"))
    assert (late.status_code, "inga fler svar" in late.content.decode()) == (403, True)
    body = own.get(f"/api/v1/waves/{wave.pk}/result").json()
    columns = {column["label"]: column["n"] for column in body["columns"]}
    assert columns["Alla"] == 15
    assert columns["Länsstyrelsen"] is None, "two are not shown"
    assert sorted(n for name, n in columns.items() if name in ("Havsnäs", "Storstad") and n) in ([6], [7]), "nor worked out"
    page = own.get(f"{address}resultat/").content.decode()
    assert "De största glappen" in page
    assert {gap["key"] for gap in body["gaps"]} >= {"f1"}
    book = own.get(f"{address}data/kodbok.csv").content.decode("utf-8-sig")
    assert "f1.needed" in book
    assert own.get(f"{address}data/resultat.xlsx").content[:2] == b"PK"
    assert "Länsstyrelsen" not in own.get(f"{address}data/resultat.csv").content.decode("utf-8-sig")

    by_link = WaveReply.objects.get(on_paper=False, group__isnull=False)
    assert by_link.group.organisation == met.own, "counted apart from what its organisation answered signed in"
    assert not WaveReply.objects.filter(holding__isnull=False).exists()
    assert {field.name for field in Answering._meta.fields} == {"id", "wave", "holding"}, "no time, and no way to the reply"
    entries = JournalEntry.objects.filter(action__in=("wave_answered", "wave_draft_kept"))
    assert entries.count() == 7
    assert {(one.person_id, one.holding_id, one.organisation_id) for one in entries} == {("", "", "")}

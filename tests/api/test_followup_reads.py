"""What pages of follow-up and assessments show can be read as JSON too, by the same people."""

from __future__ import annotations

import pytest

from samordna.domain.followup import operations as followup
from tests.api.test_collaborations import get
from tests.domain.assessments.asking import closed, opened, replies
from tests.domain.collaborations.setting import client_of, setting
from tests.spec.test_T7_N1_N2_parts_and_reviews import measured

pytestmark = pytest.mark.django_db


def test_a_draft_is_read_with_what_it_lacks_by_those_who_lead_alone():
    given = setting()
    made = followup.draft_goal(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, said=followup.Drafted(what="Färre väntar")
    )
    body = get(client_of(given.coordinator), f"/goal-drafts/{made.pk}")
    assert (body["what"], "indicator" in body["lacks"], body["goal_id"]) == ("Färre väntar", True, None)
    assert client_of(given.manager).get(f"/api/v1/goal-drafts/{made.pk}").status_code == 404


def test_what_a_goal_rests_on_and_a_file_that_was_read_are_read():
    given = setting()
    _indicator, goal = measured(given)
    assert get(client_of(given.manager), f"/goals/{goal.pk}/grounds") == {"grounds": []}
    rows = "Indikator;Organisation;Period;Värde\nVäntedagar;Storstad;i fjol;5\n".encode()
    kept = followup.read_result_file(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, content=rows, name="x.csv"
    )
    body = get(client_of(given.coordinator), f"/result-files/{kept.pk}")
    assert (body["rows"], body["new"], body["wrong_count"]) == (1, 0, 1)
    assert (body["wrong"][0]["line"], body["wrong"][0]["column"], body["wrong"][0]["text"]) == (2, "period", "i fjol")
    assert client_of(given.manager).get(f"/api/v1/result-files/{kept.pk}").status_code == 404


def test_a_closed_wave_is_read_as_data_with_its_codebook_and_an_open_one_is_not():
    given = setting()
    wave, client = opened(given, key="pulse"), client_of(given.manager)
    replies(wave, given.own, 6, pulse_heard=2)
    replies(wave, given.other, 6, pulse_heard=5)
    assert client.get(f"/api/v1/waves/{wave.pk}/data").status_code == 409
    english = get(client, f"/waves/{wave.pk}/questions?language=en")
    assert english != get(client, f"/waves/{wave.pk}/questions")
    closed(given, wave)
    lines = get(client, f"/waves/{wave.pk}/data")["lines"]
    assert {line["n"] for line in lines if line["group_kind"] == "all"} == {12}
    assert "pulse_heard" in {one["variable"] for one in get(client, f"/waves/{wave.pk}/codebook")["variables"]}
    apart = get(client, f"/waves/{wave.pk}/result")["apart"]
    assert [(one["key"], one["low_mean"], one["high_mean"]) for one in apart] == [("pulse_heard", "2.00", "5.00")]

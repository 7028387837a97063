"""The whole chain over JSON, and the answers to those who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from tests.api.asking import NOBODYS, Asking
from tests.domain.collaborations.setting import setting

pytestmark = pytest.mark.django_db


def test_a_chain_goes_all_the_way_by_the_api():
    given = setting()
    ask = Asking(given, given.coordinator)
    begin = f"/collaborations/{given.collaboration.pk}/chains"
    ask.closed("post", begin, title="Väntan", said="Tolv")
    assert ask("member", "post", begin, 422, title="", said="")["errors"]
    pk = ask("member", "post", begin, 201, title="Väntan", said="Tolv")["id"]
    chain = f"/chains/{pk}"
    ask("keeper", "get", chain, 404)
    ask("chair", "put", f"{chain}/finding", 404, finding="x")
    ask("member", "get", f"/chains/{NOBODYS}", 404)
    ask("member", "put", f"{chain}/finding", 200, finding="Fredagar")
    wrong = ask("member", "post", f"{chain}/causes", 201, kind="rules", text="Fel")["id"]
    ask("member", "delete", f"{chain}/causes/{wrong}", 204)
    cause = ask("member", "post", f"{chain}/causes", 201, kind="resources", text="En person")["id"]
    need = ask("member", "post", f"{chain}/needs", 201, text="Två personer", cause_id=cause)["id"]
    ask("member", "post", f"{chain}/conclude", 200)
    ask("member", "post", f"/change-needs/{need}/placings", 201, to="coordination")
    ask("reader", "get", chain, 200)
    ask("stranger", "get", chain, 404)
    ask("chair", "post", f"/change-needs/{need}/answer", 403, answer="taken")
    ask("keeper", "post", f"/change-needs/{need}/answer", 200, answer="taken")
    ask("keeper", "post", f"/change-needs/{need}/placings", 201, to=given.other.pk)
    ask("chair", "post", f"/change-needs/{need}/answer", 200, answer="taken")
    today = clock.day(clock.now())
    days = {"by": str(today + timedelta(days=5)), "measure_on": str(today + timedelta(days=9))}
    plan = {"what": "En till", "for_the_individual": "Svar samma dag", "role_id": given.other_manager.role_id}
    made = ask("chair", "post", f"/change-needs/{need}/changes", 201, **plan, **days, measure_text="Räkna")["id"]
    again = {"role_id": given.other_manager.role_id, "reason": "Semester"}
    ask("chair", "put", f"/changes/{made}", 200, **again, **days)
    dropped = ask("chair", "post", f"/change-needs/{need}/changes", 201, **plan, **days, measure_text="Räkna")["id"]
    ask("chair", "post", f"/changes/{dropped}/drop", 200, reason="Räcker med en")
    ask("chair", "post", f"/change-needs/{need}/let-go", 409, reason="x")
    ask("chair", "post", f"/changes/{made}/finish", 200)
    rows = ask("member", "get", f"/chains?collaboration_id={given.collaboration.pk}", 200)
    assert [(row["id"], row["waits"]["step"]) for row in rows["items"]] == [(pk, "measure")]
    ask("chair", "post", f"/changes/{made}/effects", 201, kind="better", said="Alla fick svar")
    ask("member", "post", f"{chain}/close", 200, outcome="Två svarar")
    seen = ask("member", "get", chain, 200)
    assert (seen["outcome"], seen["acts"], seen["turns"][0]["needs"][0]["state"]) == ("Två svarar", ["turn"], "judged")
    ask("member", "post", f"{chain}/turns", 201, said="Sju väntar")
    assert ask("member", "get", "/chains", 200)["total"] == 1


def test_ones_own_chain_is_shared_by_the_api():
    given = setting()
    ask = Asking(given, given.coordinator)
    pk = ask("member", "post", f"/collaborations/{given.collaboration.pk}/chains", 201, title="V", said="Tolv")["id"]
    ask("chair", "post", f"/chains/{pk}/share", 404)
    ask("member", "post", f"/chains/{pk}/share", 200)
    ask("member", "post", f"/chains/{pk}/share", 409)
    ask("chair", "get", f"/chains/{pk}", 200)

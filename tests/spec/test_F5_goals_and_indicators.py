"""F5: measurable goals, evaluated regularly, that show whether results become better. T1: concrete, measurable goals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.models import Goal
from samordna.domain.followup.models import GoalDraft, Indicator, Report, ResultValue, Round
from samordna.domain.followup.queries.pages import followup_page
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def test_t1_a_goal_is_helped_to_be_measurable_and_f5_is_followed_up_by_reports():
    given = setting()
    coordinator, own, other = (client_of(who) for who in (given.coordinator, given.manager, given.other_manager))
    home, today = f"/uppfoljning/{given.collaboration.pk}/", clock.day(clock.now())
    assert own.post(f"{home}nytt-mal/", {"what": "Färre väntar", "kind": "result"}).status_code == 403
    begun = coordinator.post(f"{home}nytt-mal/", {"what": "Färre väntar", "kind": "result", "baseline": "trettio"})
    assert (begun.status_code, "Färre väntar" in begun.content.decode()) == (422, True)

    draft = coordinator.post(f"{home}nytt-mal/", {"what": "Färre väntar", "kind": "result", "set": "1"}).headers["Location"]
    page = coordinator.get(draft).content.decode()
    assert page.count('href="#id_') >= 9, "everything that is missing is said"
    assert Goal.objects.count() == 0, "what cannot be measured is not worked for"
    assert own.get(draft).status_code == 404
    target = date(today.year + 1, 12, 31)
    known = {
        "what": "Färre väntar",
        "kind": "result",
        "indicator": "Dagar efter utskrivningsklar",
        "unit": "dagar",
        "direction": "down",
        "baseline": "1 031,5",
        "baseline_on": f"1/1 {today.year - 1}",
        "target": "900",
        "target_on": target.isoformat(),
        "frequency": "month",
        "source": "Eget register",
    }
    again = coordinator.post(draft, known | {"set": "1"})
    assert (again.headers["Location"], GoalDraft.objects.get().baseline) == (draft, 1031.5), "saved, not set"
    review = today + timedelta(days=200)
    made = coordinator.post(draft, known | {"set": "1", "review_on": review.isoformat()}).headers["Location"]
    assert made == f"/uppfoljning/mal/{Goal.objects.get().pk}/"
    indicator = Indicator.objects.get()

    Indicator.objects.update(measured_from=today - timedelta(days=40), asked_from=today - timedelta(days=40))
    assert coordinator.post(f"{home}rapporter/oppna/").status_code == 302
    first = Round.objects.order_by("starts_on").last()
    report = Report.objects.get(round=first, organisation=given.own)
    address = f"/uppfoljning/rapport/{report.pk}/"
    assert address in own.get("/").content.decode(), "Mitt asks"
    assert other.get(address).status_code == 404
    field = f"{indicator.pk}-value"
    empty = own.post(address, {"submit": "1", "comment": "Semester"})
    assert (empty.status_code, "Tomt är inte noll" in empty.content.decode()) == (422, True)
    assert "Semester" in empty.content.decode(), "what was typed is kept"
    assert own.post(address, {"submit": "1", field: "1.234"}).status_code == 422, "two ways to read it"
    assert own.post(address, {"submit": "1", field: "612,5"}).status_code == 302
    assert address not in own.get("/").content.decode()
    theirs = Report.objects.get(round=first, organisation=given.other)
    other.post(f"/uppfoljning/rapport/{theirs.pk}/", {"submit": "1", field: "400"})

    whole = followup_page(given.coordinator, given.collaboration.pk, clock.now()).goals[0].indicators[0].now.latest
    assert (whole.value, whole.text) == (1012.5, "1 012,5 dagar".replace(" ", "\u00a0", 1))
    page = coordinator.get(home).content.decode()
    assert "<svg" in page
    assert whole.way_sentence in page, "red, amber and green are said in words"
    assert coordinator.post(f"{address}skicka-tillbaka/", {"note": "Dubbelräknat?"}).status_code == 302
    assert "Dubbelräknat?" in own.get(address).content.decode()
    assert own.post(address, {"submit": "1", field: "600"}).status_code == 422, "a correction says why"
    assert own.post(address, {"submit": "1", field: "600", "why": "Dubbelräknat"}).status_code == 302
    assert list(ResultValue.objects.filter(result__organisation=given.own).values_list("number", "value", "why")) == [
        (1, 612.5, ""),
        (2, 600, "Dubbelräknat"),
    ]
    coordinator.post(f"{address}las/")
    late = own.post(address, {"submit": "1", field: "5", "why": "x"})
    assert (late.status_code, "öppna" in late.content.decode()) == (422, True), "the way out is said"

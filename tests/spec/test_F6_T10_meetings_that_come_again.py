"""F6, T10: meetings come again on a rhythm, and a time is found that works for those who must be there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.forums.models import Meeting
from samordna.domain.scheduling.models import Asked, TimeOption, TimeQuestion
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world

pytestmark = pytest.mark.django_db


def test_f6_t10_a_time_is_found_for_all_and_the_next_meetings_come_by_themselves():
    """Who must be there says no to one time and yes to another: that one is shown as the best, and choosing it plans the
    meeting. A series is shown in plain words with its dates before anybody says yes."""
    met = world(place="Stadshuset")
    leads, mine = client_of(met.coordinator), client_of(met.given.manager)
    first = clock.day(clock.now()) + timedelta(days=2)
    window = {"first_on": f"{first}", "last_on": f"{first + timedelta(days=6)}", "opens": "09:00", "closes": "11:00"}
    role = f"role_{met.given.manager.role_id}"
    leads.post(f"/forum/{met.forum.pk}/tid/", {"minutes": 60, "weekdays": list(range(7)), role: "must"} | window)
    question = TimeQuestion.objects.get()
    leads.post(f"/forum/tid/{question.pk}/foresla-basta/")
    no, yes, *_rest = TimeOption.objects.order_by("starts_at")
    asked = Asked.objects.get(question=question)
    page = mine.post(f"/forum/tillfragad/{asked.pk}/", {f"suits_{no.pk}": "no", f"suits_{yes.pk}": "yes"}, follow=True)
    rows = page.content.decode().split("<tr>")
    assert [">bäst<" in row for row in rows if f"{yes.pk}" in row or f"{no.pk}" in row or "bäst" in row].count(True) == 1
    leads.post(f"/forum/tidsforslag/{yes.pk}/valj/")
    assert Meeting.objects.get().starts_at == yes.starts_at
    rhythm = {"pattern": "month_weekday", "weekday": 2, "nth": 1, "not_in": [7], "begins": "13:00", "ends": "15:00"}
    shown = leads.post(f"/forum/{met.forum.pk}/serie/", rhythm | {"starts_on": f"{first}", "every": 1}).content.decode()
    assert "Den första onsdagen i månaden, varje månad, 13.00–15.00, inte i juli" in shown
    assert Meeting.objects.count() == 1

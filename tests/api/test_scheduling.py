"""Series and finding a time over JSON: every address, done, refused by the state, not allowed, badly put, and unknown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.scheduling.models import Asked
from tests.api.asking import NOBODYS, Asking
from tests.domain.forums.world import world

pytestmark = pytest.mark.django_db
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n"
BUSY = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:{0:%Y%m%d}T080000Z\r\nDTEND:{0:%Y%m%d}T090000Z\r\nEND:VEVENT\r\n"


def test_series_and_times_over_json_keep_the_word_of_every_address():
    met = world(place="Stadshuset")
    met.seat(met.given.manager, "chair")
    met.seat(met.given.other_manager)
    ask, forum = Asking(met.given, keeper=met.coordinator), f"/forums/{met.forum.pk}"
    _series(ask, forum)
    _times(ask, forum, met)


def _series(ask, forum):
    today = clock.day(clock.now())
    weekly = {"starts_on": f"{today}", "begins": "09:00", "ends": "11:00", "rule": "FREQ=WEEKLY;INTERVAL=4"}
    for path in ("series/preview", "series"):
        ask.closed("post", f"{forum}/{path}", **weekly)
        for wrong in ({"ends": "08:00"}, {"rule": "FREQ=SECONDLY"}, {"begins": "nio"}, {"zone": "Mars/Olympus"}):
            ask("keeper", "post", f"{forum}/{path}", 422, **weekly | wrong)
    assert len(ask("keeper", "post", f"{forum}/series/preview", 200, **weekly)["days"]) > 10
    made = ask("keeper", "post", f"{forum}/series", 201, **weekly)["id"]
    here = f"/series/{made}"
    for path in (here, f"{forum}/series"):
        ask("stranger", "get", path, 404)
    assert [row["id"] for row in ask("reader", "get", f"{forum}/series", 200)["items"]] == [made]
    ask("reader", "get", f"/series/{NOBODYS}", 404)
    seen = ask("reader", "get", here, 200)["fingerprint"]
    ask.closed("put", here, **weekly, seen=seen)
    ask("keeper", "put", here, 422, **weekly | {"ends": "08:00"}, seen=seen)
    ask("keeper", "put", here, 200, **weekly | {"place": "Hus B"}, seen=seen)
    ask("keeper", "put", here, 409, **weekly | {"place": "Hus C"}, seen=seen)
    ask.closed("post", f"{here}/end", from_on=f"{today}")
    ask("keeper", "post", f"{here}/end", 422, from_on="aldrig")
    ask("keeper", "post", f"{here}/end", 200, from_on=f"{today}")
    ask("keeper", "post", f"{here}/end", 409, from_on=f"{today}")


def _times(ask, forum, met):
    first = clock.day(clock.now()) + timedelta(days=14)
    wanted = {met.given.manager.role_id: "must", met.given.other_manager.role_id: "should"}
    window = {"first_on": f"{first}", "last_on": f"{first + timedelta(days=6)}", "opens": "08:00", "closes": "16:00"}
    sought = {"minutes": 60, "wanted": wanted, "weekdays": list(range(7)), **window}
    ask.closed("post", f"{forum}/time-questions", **sought)
    for wrong in ({"minutes": 0}, {"last_on": "2020-01-01"}, {"wanted": {NOBODYS: "must"}}, {"wanted": {}}, {"opens": "x"}):
        ask("keeper", "post", f"{forum}/time-questions", 422, **sought | wrong)
    made = ask("keeper", "post", f"{forum}/time-questions", 201, **sought)["id"]
    here = f"/time-questions/{made}"
    for path in (here, f"{forum}/time-questions"):
        ask("stranger", "get", path, 404)
        ask("reader", "get", path, 200)
    seen = ask("keeper", "get", here, 200)["fingerprint"]
    ask.closed("put", here, **sought, seen=seen)
    ask("keeper", "put", here, 422, **sought | {"minutes": 0}, seen=seen)
    ask("keeper", "put", here, 200, **sought | {"title": "Budget"}, seen=seen)
    ask("keeper", "put", here, 409, **sought | {"title": "Annat"}, seen=seen)
    ask.closed("post", f"{here}/places", name="Hus A")
    ask("keeper", "post", f"{here}/places", 422, name="")
    spot = ask("keeper", "post", f"{here}/places", 201, name="Hus A", seats=10)["id"]
    ask.closed("post", f"/meeting-places/{spot}/remove")
    ask("keeper", "post", f"/meeting-places/{spot}/remove", 200)
    ask("keeper", "post", f"/meeting-places/{NOBODYS}/remove", 404)
    ask.closed("post", f"{here}/times", on=f"{first}", begins="10:00")
    ask("keeper", "post", f"{here}/times", 422, on=f"{first}", begins="25:00")
    option = ask("keeper", "post", f"{here}/times", 201, on=f"{first}", begins="10:00")["id"]
    ask.closed("post", f"{here}/best-times")
    assert ask("keeper", "post", f"{here}/best-times", 201)
    _answered(ask, made, met, option, first)
    other = ask("keeper", "post", f"{here}/times", 201, on=f"{first}", begins="14:00")["id"]
    ask.closed("post", f"/proposed-times/{other}/withdraw")
    ask("keeper", "post", f"/proposed-times/{other}/withdraw", 200)
    ask("keeper", "post", f"/proposed-times/{other}/withdraw", 409)
    ask.closed("post", f"/proposed-times/{option}/choose")
    ask("keeper", "post", f"/proposed-times/{option}/choose", 422, call="kanske")
    ask("keeper", "post", f"/proposed-times/{option}/choose", 201)
    ask("keeper", "post", f"/proposed-times/{option}/choose", 409)
    ask("keeper", "post", f"{here}/drop", 409, reason="Sent")
    second = ask("keeper", "post", f"{forum}/time-questions", 201, **sought)["id"]
    ask.closed("post", f"/time-questions/{second}/drop", reason="Nej")
    ask("keeper", "post", f"/time-questions/{second}/drop", 422, reason="")
    ask("keeper", "post", f"/time-questions/{second}/drop", 200, reason="Det ordnade sig")


def _answered(ask, made, met, option, first):
    (waiting,) = ask("member", "get", "/time-questions", 200)["items"]
    assert waiting["id"] == made
    own = Asked.objects.get(question=made, role_id=met.given.manager.role_id).pk
    here = f"/asked-about-times/{own}"
    ask("stranger", "put", f"{here}/answers", 404, answers={option: "yes"})
    ask("chair", "put", f"{here}/answers", 403, answers={option: "yes"})
    ask("member", "put", f"{here}/answers", 422, answers={option: "kanske"})
    ask("member", "put", f"{here}/answers", 200, answers={option: "yes"})
    busy = {"calendar": CALENDAR.format(BUSY.format(first))}
    ask("stranger", "put", f"{here}/busy-hours", 404, **busy)
    ask("chair", "put", f"{here}/busy-hours", 403, **busy)
    ask("member", "put", f"{here}/busy-hours", 422, calendar="inte en kalender")
    ask("member", "put", f"{here}/busy-hours", 200, **busy)
    ask("chair", "delete", f"{here}/busy-hours", 403)
    ask("member", "delete", f"{here}/busy-hours", 200)

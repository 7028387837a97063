"""A meeting as it goes on over JSON: every address, done, refused by the state, not allowed, badly put, and unknown."""

from __future__ import annotations

import pytest

from tests.api.asking import NOBODYS, Asking
from tests.domain.proceedings.world import sat

pytestmark = pytest.mark.django_db


def test_a_meeting_goes_on_and_every_address_keeps_its_word():
    met = sat()
    ask = Asking(met.given, keeper=met.secretary)
    meeting, item, own = f"/meetings/{met.meeting.pk}", f"/items/{met.item.pk}", met.seats["own"].pk
    _opened_and_attended(ask, meeting, own)
    _noted(ask, item)
    _decided(ask, meeting, item, own)
    ask.closed("post", f"{item}/finish")
    ask("keeper", "post", f"{item}/finish", 422, next_id=["x"])
    ask("keeper", "post", f"{item}/finish", 200)
    _done(ask, meeting, met)
    ask.closed("post", f"{meeting}/end")
    ask("keeper", "post", f"{meeting}/end", 200)
    ask("keeper", "post", f"{meeting}/end", 409)
    ask("stranger", "get", f"{meeting}/proceedings", 404)
    page = ask("reader", "get", f"{meeting}/proceedings", 200)
    assert page["items"][0]["questions"][0]["reference"]


def _opened_and_attended(ask, meeting, own):
    ask.closed("post", f"{meeting}/open")
    ask("keeper", "post", f"/meetings/{NOBODYS}/open", 404)
    ask("keeper", "post", f"{meeting}/open", 200)
    ask("keeper", "post", f"{meeting}/open", 409)
    ask.closed("post", f"{meeting}/attendance", seat_id=own)
    ask("keeper", "post", f"{meeting}/attendance", 422, presence="asleep", seat_id=own)
    ask("keeper", "post", f"{meeting}/attendance", 422, seat_id=["x"])
    ask("keeper", "post", f"{meeting}/attendance", 201, seat_id=own)
    guest = ask("keeper", "post", f"{meeting}/attendance", 201, name="Gästen Gun")["id"]
    ask.closed("post", f"{meeting}/attendance/answered")
    ask("keeper", "post", f"{meeting}/attendance/answered", 409)
    ask("keeper", "post", f"{meeting}/attendance/answered?everybody=perhaps", 422)
    ask.closed("post", f"/attendance/{guest}/end")
    ask("keeper", "post", f"/attendance/{guest}/end", 200)
    ask("keeper", "post", f"/attendance/{guest}/end", 409)
    ask.closed("post", f"/attendance/{guest}/strike", reason="Fel")
    ask("keeper", "post", f"/attendance/{guest}/strike", 422, reason="")
    ask("keeper", "post", f"/attendance/{guest}/strike", 200, reason="Hon kom aldrig")
    ask("keeper", "post", f"/attendance/{NOBODYS}/end", 404)


def _noted(ask, item):
    ask.closed("post", f"{item}/begin")
    ask("keeper", "post", f"{item}/begin", 200)
    ask.closed("put", f"{item}/notes", text="x")
    first = ask("keeper", "put", f"{item}/notes", 200, text="Vi talade.", desk="a")
    assert (first["number"], first["beside"]) == (1, False)
    beside = ask("keeper", "put", f"{item}/notes", 200, text="Andra talade.", desk="b")
    assert beside["beside"]
    ask("keeper", "put", f"{item}/notes", 422, text="x" * 50_001)
    ask("keeper", "put", f"{item}/notes", 422, text="x", base=-1)
    ask.closed("post", f"{item}/notes/{beside['id']}/settle")
    ask("keeper", "post", f"{item}/notes/{NOBODYS}/settle", 404)
    ask("keeper", "post", f"{item}/notes/{beside['id']}/settle", 200)


def _decided(ask, meeting, item, own):
    ask.closed("post", f"{item}/questions", text="Dela lika")
    ask("keeper", "post", f"{item}/questions", 422, text="")
    ask("keeper", "post", f"{item}/questions", 422, text="Dela", method="dice")
    asked = ask("keeper", "post", f"{item}/questions", 201, text="Dela lika")["id"]
    question = f"/questions/{asked}"
    ask.closed("post", f"{question}/votes", choice="yes")
    ask("member", "post", f"{question}/votes", 422, choice="perhaps")
    ask("member", "post", f"/questions/{NOBODYS}/votes", 404, choice="yes")
    ask("member", "post", f"{question}/votes", 201, choice="yes")
    rest = f"{question}/votes/rest"
    ask.closed("post", rest, choice="yes")
    ask("member", "post", rest, 403, choice="yes")
    ask("keeper", "post", rest, 422, choice="perhaps")
    ask("keeper", "post", f"/questions/{NOBODYS}/votes/rest", 404, choice="yes")
    ask("keeper", "post", rest, 409, choice="yes")  # everybody who is there has spoken
    ask.closed("post", f"{question}/settle")
    ask("member", "post", f"{question}/settle", 403)
    told = ask("keeper", "post", f"{question}/settle", 200, statement="Vi delar lika.")
    assert (told["result"], told["statement"], bool(told["reference"])) == ("carried", "Vi delar lika.", True)
    for path, body in (("settle", {}), ("votes", {"choice": "yes"}), ("leave", {"reason": "Sent"})):
        ask("keeper" if path != "votes" else "member", "post", f"{question}/{path}", 409, **body)
    ask.closed("post", f"{question}/reservations", text="För dyrt", seat_id=own)
    ask("member", "post", f"{question}/reservations", 422, text="")
    ask("member", "post", f"{question}/reservations", 201, text="För dyrt")
    other = ask("keeper", "post", f"{item}/questions", 201, text="Vänta")["id"]
    _put_in(ask, meeting, other)
    ask.closed("post", f"/questions/{other}/leave", reason="Hann inte")
    ask("keeper", "post", f"/questions/{other}/leave", 422, reason="")
    assert ask("keeper", "post", f"/questions/{other}/leave", 200, reason="Hann inte")["reference"] == ""


def _put_in(ask, meeting, question):
    rest = f"/questions/{question}/votes/rest"
    ask("keeper", "post", rest, 409, choice="yes", voices=[])  # somebody came after it was read
    ask("keeper", "post", rest, 422, choice="yes", voices="x")
    items = ask("keeper", "get", f"{meeting}/proceedings", 200)["items"]
    asked = next(one for each in items for one in each["questions"] if one["id"] == question)
    assert len(asked["silent"]) == len(asked["silent_ids"]) == 1
    assert ask("keeper", "post", rest, 200, choice="yes", voices=asked["silent_ids"]) == {"many": 1}


def _done(ask, meeting, met):
    owner, forum = met.given.manager.role_id, f"/forums/{met.forum.pk}/action-points"
    line = {"what": "Ring regionen", "owner_role_id": owner, "due_on": "2026-12-01"}
    ask.closed("post", f"{meeting}/action-points", **line)
    ask("keeper", "post", f"{meeting}/action-points", 422, **line | {"what": ""})
    ask("keeper", "post", f"{meeting}/action-points", 422, **line | {"due_on": "snart"})
    point = ask("keeper", "post", f"{meeting}/action-points", 201, **line)["id"]
    second = ask("keeper", "post", f"{meeting}/action-points", 201, **line | {"what": "Skriv", "due_on": None})["id"]
    here = f"/action-points/{point}"
    ask("stranger", "get", here, 404)
    assert ask("reader", "get", here, 200)["what"] == "Ring regionen"
    assert {row["what"] for row in ask("member", "get", "/action-points", 200)["items"]} == {"Ring regionen", "Skriv"}
    for change in (("put", here, line | {"reason": "Semester"}), ("post", f"{here}/finish", {"note": "Klart"})):
        ask.closed(*change[:2], **change[2])
    moved = {"owner_role_id": owner, "due_on": "2026-12-15"}
    ask("member", "put", here, 422, **moved, reason="")
    ask("member", "put", here, 200, **moved, reason="Semester")
    ask("stranger", "get", forum, 404)
    told = ask("reader", "get", forum, 200)
    assert ([row["id"] for row in told["running"]], told["total"], told["many"]) == ([point, second], 2, 0)
    ask("member", "post", f"{here}/finish", 200, note="Ringt")
    ask("member", "post", f"{here}/finish", 409)
    page = ask.clients["member"].get(f"/forum/{met.forum.pk}/").content.decode()
    assert (
        page.index("Skriv</a>")
        < page.index("1 gjord eller nedlagd")
        < page.index("Ring regionen</a>")
        < page.index("Ringt")
    )
    assert "din</span>" in page
    ask.closed("post", f"{here}/reopen")
    ask("member", "post", f"{here}/reopen", 200)
    ask("member", "post", f"{here}/reopen", 409)
    ask.closed("post", f"{here}/drop", reason="Nej")
    ask("member", "post", f"{here}/drop", 422, reason="")
    ask("member", "post", f"{here}/drop", 200, reason="Löste sig")

"""Minutes as pages, without scripts, and as JSON: written, adjusted, locked, corrected; the pack; the register."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.forums.models import Item
from samordna.domain.minutes.models import Minutes
from samordna.domain.proceedings.models import ActionPoint, Outcome
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.minutes.world import LATER, decided, noted
from tests.web.agreements.test_agreement_pages import text
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def test_minutes_go_from_notes_to_locked_by_buttons_alone():
    made = noted()
    secretary, chair, member = client_of(made.secretary), client_of(made.chair), client_of(made.member)
    meeting = f"/forum/mote/{made.meeting.pk}/"
    here = f"{meeting}protokoll/"
    assert "Skriv protokollet" in text(secretary, meeting)
    assert "Skriv protokollet" not in text(member, meeting)
    assert 'id="kallade"' not in text(member, meeting), "who is to come is not asked of a meeting that has been held"
    assert "utkast av det som antecknades" in secretary.post(f"{here}borja/", follow=True).content.decode()
    assert member.get(here).status_code == 404
    field = f"text_{made.second.pk}"
    typed = {field: "Vi planerar sommaren."}
    assert secretary.post(f"{here}skriv/", typed | {field: "x" * 50_001}).status_code == 422
    page = secretary.post(f"{here}skriv/", typed | {f"text_{made.first.pk}": "Köerna växer."}, follow=True)
    assert "Vi planerar sommaren." in page.content.decode()
    assert "Inget har antecknats sedan" in secretary.post(f"{here}hamta/", follow=True).content.decode()
    proposed = clock.day(clock.now()) + timedelta(days=10)
    assert f'value="{proposed:%Y-%m-%d}"' in text(secretary, f"{here}justering/")
    wrong = secretary.post(f"{here}justering/", {"adjust_by": "2027-01-15"})
    assert (wrong.status_code, 'value="2027-01-15"' in wrong.content.decode()) == (422, True)
    roles = [made.chair.role_id, made.member.role_id]
    page = secretary.post(f"{here}justering/", {"adjust_by": "2027-12-15", "role_ids": roles}, follow=True)
    assert "Inväntas" in page.content.decode()
    assert "Justera protokollet" in text(member, here)
    assert "Justera protokollet" not in text(secretary, here)
    assert member.post(f"{here}begar/", {"words": ""}).status_code == 422
    asked = {"words": "Skriv vilka köer", "item_id": made.first.pk}
    assert "Skriv vilka köer" in member.post(f"{here}begar/", asked, follow=True).content.decode()
    page = secretary.post(f"{here}skriv/", {f"text_{made.first.pk}": "Köerna till ögon växer.", **typed}, follow=True)
    assert "version 1" in page.content.decode()
    assert re.search("<ins>[^<]*till ögon[^<]*</ins>", text(member, f"{here}jamfor/"))
    assert "har ändrats sedan" in chair.post(f"{here}justera/", {"number": "1"}, follow=True).content.decode()
    for client in (chair, member):
        client.post(f"{here}justera/", {"number": "2"})
    reopened = secretary.post(f"{here}oppna/", {"reason": "Ett namn"}, follow=True).content.decode()
    assert "öppet igen" in reopened
    for client in (chair, member):
        client.post(f"{here}justera/", {"number": "3"})
    assert "Protokollet är låst" not in member.post(f"{here}las/", follow=True).content.decode()
    assert "Protokollet är låst" in secretary.post(f"{here}las/", follow=True).content.decode()
    assert "Protokollet låstes" in chair.post(f"{here}las/", follow=True).content.decode()
    note = {"text": "Det var 12 köer."}
    assert "Det var 12 köer." in secretary.post(f"{here}rattelse/", note, follow=True).content.decode()
    assert Minutes.objects.get().digest in text(member, here)
    assert member.get(f"{here}pdf/").content.startswith(b"%PDF")
    assert member.get(f"{here}word/").headers["Content-Type"].endswith("document")
    assert member.get(f"{meeting}handlingar/").content.startswith(b"%PDF")
    assert "Protokollfört" in text(member, meeting)


def test_the_same_by_the_api():
    made = noted()
    secretary, chair = client_of(made.secretary), client_of(made.chair)
    here = f"/api/v1/meetings/{made.meeting.pk}/minutes"

    def send(client, path, body, method="post"):
        return getattr(client, method)(f"{here}{path}", body, content_type="application/json").status_code

    assert send(secretary, "", {}) == 201
    assert send(secretary, "", {"texts": {made.first.pk: "Kort."}}, "put") == 200
    assert send(secretary, "/gather", {}) == 409
    assert send(secretary, "/send-out", {"role_ids": [made.chair.role_id], "adjust_by": "2027-12-15"}) == 200
    assert send(chair, "/ask", {"words": "Mer"}) == 201
    assert send(chair, "/agree", {"number": 1}) == 201
    assert send(secretary, "/reopen", {"reason": "Fel"}) == 200
    assert send(chair, "/agree", {"number": 2}) == 201
    assert send(secretary, "/lock", {}) == 200
    assert send(secretary, "/corrections", {"text": "Rätt är 12."}) == 201
    told = chair.get(here).json()
    assert (told["state"], told["number"], told["corrections"][0]["text"]) == ("locked", 2, "Rätt är 12.")
    assert [chair.get(f"{here}/{kind}").status_code for kind in ("pdf", "docx")] == [200, 200]
    assert chair.get(f"/api/v1/meetings/{made.meeting.pk}/pack").status_code == 200
    (row,) = chair.get("/api/v1/forum-decisions?words=köerna").json()["items"]
    assert (row["reference"], row["locked"]) == ("2026:1", True)
    for form, first in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbfNummer;")):
        for address in ("/api/v1/forum-decisions/file", reverse("forum_decisions_file")):
            assert chair.get(f"{address}?form={form}&words=köerna&q=köerna").content.startswith(first)
    assert chair.get("/api/v1/forum-decisions/file?form=pdf").status_code == 422


def test_pages_ask_as_much_of_many_as_of_one():
    made = noted()
    member = client_of(made.member)
    register, meeting = "/forum/beslut/", f"/forum/mote/{made.meeting.pk}/"
    assert "Forumet beslutar att korta köerna." in text(member, register)
    asked = {"q": "köerna", "forum": made.met.forum.pk, "ar": "2026", "sida": "\u00b2"}
    assert "2026:1" in text(member, register, **asked)
    assert "Inget beslut passar" in text(member, register, q="mammut")
    matter = f.matter(made.met.given.collaboration, stage="gathering", title="Köer")
    Item.objects.filter(forum=made.met.forum).update(matter=matter)
    about = reverse("matter", args=[matter.pk])
    assert "Beslutat i Styrgrupp utskrivning 2026:1" in text(member, about)
    assert "Alla, i beslutsregistret" not in text(member, about)
    few = [queries(member, page) for page in (register, meeting, about)]
    for number in range(2, 130):
        decided(made, made.second, f"Sommaren {number}.", number=number)
    role = made.chair.role_id or ""
    ActionPoint.objects.bulk_create(
        ActionPoint(meeting=made.meeting, what=f"Gör {n}", owner_role_id=role, noted_at=LATER) for n in range(40)
    )
    assert Outcome.objects.count() == 129
    assert [queries(member, page) for page in (register, meeting, about)] == few
    assert "Alla, i beslutsregistret" in text(member, about)
    assert "129 beslut" in text(member, register, arende=matter.pk)
    assert "Inget beslut passar" in text(member, register, arende="mammut")
    hidden = f.matter(made.met.given.collaboration, title="Utkast", stage="draft")
    Item.objects.filter(pk=made.second.pk).update(matter=hidden)
    assert "Inget beslut passar" in text(member, register, arende=hidden.pk), "a matter that one may not read tells nothing"
    assert "Tidigare beslut" in text(member, register)
    assert "Senare beslut" in text(member, register, sida="2")
    assert member.get(f"{register}fil/?ar=2026&form=csv").content.decode("utf-8-sig").count("\r\n") == 130

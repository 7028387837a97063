"""Minutes in the states that matter, the forms on their way, and the register of decisions."""

from __future__ import annotations

from samordna.domain.forums.models import Paper
from samordna.domain.minutes import operations as do
from samordna.domain.minutes.limits import PACKED_AT_ONCE
from samordna.domain.organisations.models import Holding
from tests.browser.pages import Visit, page
from tests.domain.minutes.world import BY, LATER, Noted, noted


def _out() -> Noted:
    made = noted()
    about = {"actor": made.secretary, **made.about, "at": LATER}
    do.draft_minutes(**about)
    roles = [made.chair.role_id or "", made.member.role_id or ""]
    do.send_minutes_out(**about, role_ids=roles, adjust_by=BY)
    asked = {"words": "Skriv vilka köer det gäller.", "item_id": made.first.pk}
    do.ask_for_change(actor=made.member, **made.about, **asked, at=LATER)
    return made


def _visit(made: Noted, actor: object, rest: str = "") -> Visit:
    holding = Holding.objects.get(pk=actor.holding_id)
    return Visit(address=f"/forum/mote/{made.meeting.pk}/protokoll/{rest}", holding=holding)


@page("minutes out for adjustment, as one who adjusts")
def out() -> Visit:
    made = _out()
    return _visit(made, made.chair)


@page("writing minutes")
def writing() -> Visit:
    made = _out()
    return _visit(made, made.secretary, "skriv/")


@page("choosing who adjusts minutes")
def sending() -> Visit:
    made = _out()
    return _visit(made, made.secretary, "justering/")


@page("locked minutes with a correction note, and what differs")
def locked() -> Visit:
    made = _out()
    text = {made.first.pk: "Köerna till ögon växer."}
    do.write_minutes(actor=made.secretary, **made.about, texts=text, at=LATER)
    for actor in (made.chair, made.member):
        do.agree_to_minutes(actor=actor, **made.about, number=2, at=LATER)
    do.lock_minutes(actor=made.chair, **made.about, at=LATER)
    do.note_correction(actor=made.chair, **made.about, text="Det var 12 köer, inte 21.", at=LATER)
    return _visit(made, made.secretary)


@page("comparing versions of minutes")
def comparing() -> Visit:
    made = _out()
    do.write_minutes(actor=made.secretary, **made.about, texts={made.first.pk: "Köerna i norr växer."}, at=LATER)
    return _visit(made, made.secretary, "jamfor/")


@page("the register of decisions of forums")
def register() -> Visit:
    made = noted()
    return Visit(address="/forum/beslut/", holding=Holding.objects.get(pk=made.member.holding_id))


@page("a long meeting pack that is waited for")
def packing() -> Visit:
    made = noted()
    for number in range(PACKED_AT_ONCE // 9_900 + 2):
        Paper.objects.create(item=made.first, name=f"Bilaga {number}", text="Långt. " * 1_415, added_at=LATER)
    do.prepare_pack(actor=made.member, **made.about)
    holding = Holding.objects.get(pk=made.member.holding_id)
    return Visit(address=f"/forum/mote/{made.meeting.pk}/handlingar/vantan/", holding=holding)

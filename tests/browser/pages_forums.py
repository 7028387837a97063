"""Forums in the states that matter: the list, one that decides, one to answer for, setting one up, its forms."""

from __future__ import annotations

from datetime import date, time

from samordna.domain.forums import operations as do
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.collaborations.setting import setting
from tests.domain.collaborations.test_operations_mandates import give
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import Met, world

HOME = "/forum/"


def _holding(actor: object) -> Holding:
    return Holding.objects.get(pk=actor.holding_id)


def _filled() -> Met:
    met = world("board", place="Stadshuset, sal 3", rhythm_note="Tre på våren, två på hösten")
    give(met.given)
    met.seat(met.given.manager, "chair")
    met.seat(met.given.other_manager)
    do.seat_role(**met.asking, role_id=f.role(met.given.own, name="Vakant roll").pk)
    when = {"weekday": 2, "begins": time(9), "ends": time(16), "place": "Familjecentralen", "every": 2}
    do.add_joint_day(**met.asking, **when, valid_from=date(2026, 11, 2))
    met.rule(method="qualified", share="three_quarters", items_days=14, starts_on=date(2027, 1, 1))
    return met


@page("forums")
def forums() -> Visit:
    return Visit(address=HOME, holding=_holding(_filled().given.manager))


@page("no forums yet")
def none() -> Visit:
    return Visit(address=HOME, holding=_holding(setting().coordinator))


@page("a forum that decides, as its coordinator")
def forum() -> Visit:
    met = _filled()
    return Visit(address=f"{HOME}{met.forum.pk}/", holding=_holding(met.coordinator))


@page("a forum that one is asked to own")
def asked() -> Visit:
    met = _filled()
    other = f.collaboration(name="Arbetsmarknad")
    f.participation(other, met.given.collaboration.host)
    do.share_forum(**met.asking, collaboration_id=other.pk)
    return Visit(address=f"{HOME}{met.forum.pk}/", holding=_holding(f.coordinator_of(other)))


@page("choosing a template of a forum")
def templates() -> Visit:
    given = setting()
    return Visit(address=f"{HOME}nytt/{given.collaboration.pk}/", holding=_holding(given.coordinator))


@page("setting up a forum, sent without a name")
def start() -> Visit:
    given = setting()

    def act(shown: object) -> None:
        shown.fill("#id_name", "")
        shown.click("form.form .actions button")

    address = f"{HOME}nytt/{given.collaboration.pk}/?mall=steering"
    return Visit(address=address, holding=_holding(given.coordinator), act=act)


@page("a forum's decision routine")
def routine() -> Visit:
    met = _filled()
    return Visit(address=f"{HOME}{met.forum.pk}/beslutsordning/", holding=_holding(met.coordinator))


@page("giving a role a seat")
def seat() -> Visit:
    met = _filled()
    return Visit(address=f"{HOME}{met.forum.pk}/plats/", holding=_holding(met.coordinator))


@page("a joint day")
def joint_day() -> Visit:
    met = _filled()
    return Visit(address=f"{HOME}{met.forum.pk}/dag/", holding=_holding(met.coordinator))


@page("a meeting with an agenda, as its coordinator")
def meeting() -> Visit:
    met = _filled()
    made = plan(met)
    for kind, title in (("information", "Läget"), ("discussion", "Köerna"), ("decision", "Taxan")):
        bring(met, kind=kind, title=title, minutes=25, meeting_id=made.pk, area_id=met.given.area.pk)
    bring(met, title="Sommaren")
    return Visit(address=f"{HOME}mote/{made.pk}/", holding=_holding(met.coordinator))


@page("an item that is a decision")
def item() -> Visit:
    met = _filled()
    made = bring(met, kind="decision", title="Taxan", area_id=met.given.area.pk, purpose="Vi vill ha en taxa.")
    return Visit(address=f"{HOME}punkt/{made.pk}/", holding=_holding(met.given.manager))


@page("raising an item, sent empty")
def raising() -> Visit:
    met = _filled()
    address = f"{HOME}{met.forum.pk}/punkt/"
    return Visit(
        address=address, holding=_holding(met.given.manager), act=lambda shown: shown.click("form.form .actions button")
    )


@page("planning a meeting")
def planning() -> Visit:
    met = _filled()
    return Visit(address=f"{HOME}{met.forum.pk}/mote/", holding=_holding(met.coordinator))


@page("a meeting that one is called to")
def called() -> Visit:
    met = _filled()
    made = plan(met)
    do.call_meeting(actor=met.coordinator, meeting_id=made.pk)
    do.answer_call(actor=met.given.other_manager, meeting_id=made.pk, says="cannot")
    return Visit(address=f"{HOME}mote/{made.pk}/", holding=_holding(met.given.manager))


@page("calendars' addresses")
def calendars() -> Visit:
    met = _filled()
    do.make_calendar_address(actor=met.given.manager)
    do.make_calendar_address(actor=met.given.manager, forum_id=met.forum.pk)
    return Visit(address=f"{HOME}kalender/", holding=_holding(met.given.manager))


@page("taking in a calendar's answer")
def calendar_answer() -> Visit:
    met = _filled()
    made = plan(met)
    do.call_meeting(actor=met.coordinator, meeting_id=made.pk)
    return Visit(address=f"{HOME}mote/{made.pk}/svar/kalender/", holding=_holding(met.coordinator))

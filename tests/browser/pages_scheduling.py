"""Series and times that are looked for: a series, starting one, a question with answers, asking, answering, a calendar."""

from __future__ import annotations

from datetime import date, time, timedelta

from samordna.core import clock
from samordna.domain.organisations.models import Holding
from samordna.domain.scheduling import operations as do
from samordna.domain.scheduling.models import Asked, TimeQuestion
from samordna.domain.scheduling.operations.asking import Sought
from samordna.domain.scheduling.patterns import Wished
from tests.browser.pages import Visit, page
from tests.domain.forums.world import Met, world

HOME = "/forum/"


def _holding(actor: object) -> Holding:
    return Holding.objects.get(pk=actor.holding_id)


def _soon(days: int) -> date:
    return clock.day(clock.now()) + timedelta(days=days)


def _asked() -> tuple[Met, TimeQuestion]:
    met = world(place="Stadshuset, sal 3")
    met.seat(met.given.manager, "chair")
    met.seat(met.given.other_manager)
    wanted = {met.given.manager.role_id: "must", met.given.other_manager.role_id: "should"}
    window = {"first_on": _soon(2), "last_on": _soon(20), "opens": time(9), "closes": time(16), "answer_by": _soon(1)}
    sought = Sought(minutes=60, wanted=wanted, **window)
    question = do.ask_about_time(actor=met.coordinator, forum_id=met.forum.pk, sought=sought)
    about = {"actor": met.coordinator, "question_id": question.pk}
    organisation = Asked.objects.get(question=question, wanted="must").role.organisation_id
    do.add_meeting_place(**about, name="Stadshuset, sal 3", seats=12, travel={organisation: 35})
    made = do.propose_best_times(**about)
    own = Asked.objects.get(question=question, wanted="must").pk
    said = {"answers": {made[0].pk: "no", made[1].pk: "yes"}, "reasons": {made[0].pk: "Nämndsammanträde"}}
    do.answer_times(actor=met.given.manager, asked_id=own, **said)
    return met, question


@page("a series of meetings, as its coordinator")
def series() -> Visit:
    met = world(place="Stadshuset")
    wished = Wished(starts_on=_soon(1), begins=time(9), ends=time(11), rule="FREQ=MONTHLY;BYDAY=1WE")
    made = do.start_series(actor=met.coordinator, forum_id=met.forum.pk, wished=wished)
    return Visit(address=f"{HOME}serie/{made.pk}/", holding=_holding(met.coordinator))


@page("starting a series, with its dates shown")
def starting() -> Visit:
    met = world(place="Stadshuset")

    def act(shown: object) -> None:
        shown.fill("#id_begins", "09:00")
        shown.fill("#id_ends", "11:00")
        shown.click("form.form .actions button")

    return Visit(address=f"{HOME}{met.forum.pk}/serie/", holding=_holding(met.coordinator), act=act)


@page("a question about a time, as its coordinator")
def question() -> Visit:
    met, asked = _asked()
    return Visit(address=f"{HOME}tid/{asked.pk}/", holding=_holding(met.coordinator))


@page("a question about a time, as somebody who is asked")
def answering() -> Visit:
    met, asked = _asked()
    return Visit(address=f"{HOME}tid/{asked.pk}/", holding=_holding(met.given.manager))


@page("asking when one can meet, sent empty")
def asking() -> Visit:
    met, _asked_before = _asked()
    address = f"{HOME}{met.forum.pk}/tid/"
    return Visit(
        address=address, holding=_holding(met.coordinator), act=lambda shown: shown.click("form.form .actions button")
    )


@page("giving busy hours from a calendar")
def calendar() -> Visit:
    met, asked = _asked()
    own = Asked.objects.get(question=asked, wanted="must")
    return Visit(address=f"{HOME}tillfragad/{own.pk}/kalender/", holding=_holding(met.given.manager))

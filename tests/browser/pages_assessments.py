"""Questionnaires, a wave to answer, its result, and feedback and thanks, in the states that matter."""

from __future__ import annotations

from samordna.core import clock
from samordna.domain.assessments import operations as do
from samordna.domain.organisations.models import Holding
from tests.browser.pages import Visit, page
from tests.domain.assessments.asking import closed, opened, replies
from tests.domain.collaborations.setting import Setting, setting

FACTORS = [f"f{number}" for number in range(1, 9)]


def _holding(actor: object) -> Holding:
    return Holding.objects.get(pk=actor.holding_id)


def _answered() -> tuple[Setting, str]:
    met = setting()
    wave = opened(met, ask_level=True, why="Vi går igenom svaren på mötet i mars.")
    low = dict.fromkeys(FACTORS, 2) | {f"{key}.needed": 5 for key in FACTORS}
    replies(wave, met.own, 7, "professional", **low)
    replies(wave, met.other, 9, "leadership", **dict.fromkeys(FACTORS, 4))
    return met, closed(met, wave).pk


@page("questionnaires and waves, as the one who coordinates")
def assessments() -> Visit:
    met, _wave = _answered()
    return Visit(address=f"/enkater/samverkan/{met.collaboration.pk}/", holding=_holding(met.coordinator))


@page("a questionnaire")
def questionnaire() -> Visit:
    met = setting()
    wave = opened(met)
    return Visit(address=f"/enkater/enkat/{wave.version.questionnaire_id}/", holding=_holding(met.coordinator))


@page("a wave to lead, with a group outside")
def wave() -> Visit:
    met = setting()
    made = opened(met)
    do.add_group(actor=met.coordinator, wave_id=made.pk, name="Anhöriga")
    return Visit(address=f"/enkater/omgang/{made.pk}/", holding=_holding(met.coordinator))


@page("answering a questionnaire")
def answer() -> Visit:
    met = setting()
    return Visit(address=f"/enkater/omgang/{opened(met, ask_level=True).pk}/svara/", holding=_holding(met.manager))


@page("the result of a wave, with gaps")
def result() -> Visit:
    met, pk = _answered()
    return Visit(address=f"/enkater/omgang/{pk}/resultat/", holding=_holding(met.manager))


@page("how closely organisations work, as a matrix")
def matrix() -> Visit:
    met = setting()
    made = opened(met, "integration", anonymous=False)
    pair = f"integration.{met.other.pk}"
    do.reply_to_wave(actor=met.manager, wave_id=made.pk, typed={pair: ["2"], f"{pair}.needed": ["4"]})
    return Visit(address=f"/enkater/omgang/{closed(met, made).pk}/resultat/", holding=_holding(met.other_manager))


@page("feedback and thanks, as the one who coordinates")
def voices() -> Visit:
    met, at = setting(), clock.now()
    said = {"actor": met.manager, "collaboration_id": met.collaboration.pk, "at": at}
    first = do.give_feedback(**said, text="Kallelserna kommer för sent")
    do.give_feedback(**said, text="Vi vill ha kortare protokoll")
    what = "Vi kallar en vecka tidigare."
    do.answer_feedback(actor=met.coordinator, feedback_id=first.pk, outcome="changed", answer=what)
    do.thank_organisation(**said, organisation_id=met.other.pk, text="Ni ringde varje fredag", helped="Ingen väntade")
    address = f"/enkater/samverkan/{met.collaboration.pk}/aterkoppling/"
    return Visit(address=address, holding=_holding(met.coordinator))

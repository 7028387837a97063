"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.assessments import answering, making, pages, voices

urlpatterns = [
    path("samverkan/<str:collaboration_id>/", pages.assessments, name="assessments"),
    path("samverkan/<str:collaboration_id>/ny/", making.starting, name="start_questionnaire"),
    path("samverkan/<str:collaboration_id>/ta/", making.taking, name="take_questionnaire"),
    path("samverkan/<str:collaboration_id>/fil/", making.importing, name="import_questionnaire"),
    path("samverkan/<str:collaboration_id>/aterkoppling/", voices.voices, name="voices"),
    path("samverkan/<str:collaboration_id>/aterkoppling/ny/", voices.giving, name="give_feedback"),
    path("samverkan/<str:collaboration_id>/tack/", voices.thanking, name="thank_organisation"),
    path("aterkoppling/<str:feedback_id>/", voices.answering, name="answer_feedback"),
    path("enkat/<str:questionnaire_id>/", pages.questionnaire, name="questionnaire"),
    path("enkat/<str:questionnaire_id>/enkat.json", pages.questionnaire_as_file, name="questionnaire_file"),
    path("enkat/<str:questionnaire_id>/fraga/", making.adding, name="add_question"),
    path("enkat/<str:questionnaire_id>/ta-bort/", making.removing, name="remove_question"),
    path("enkat/<str:questionnaire_id>/fraga-ut/", making.planning, name="plan_wave"),
    path("enkat/<str:questionnaire_id>/rytm/", making.pacing, name="set_rhythm"),
    path("omgang/<str:wave_id>/", pages.wave, name="wave"),
    path("omgang/<str:wave_id>/resultat/", pages.result, name="wave_result"),
    path("omgang/<str:wave_id>/data/<str:form>", pages.export, name="wave_data"),
    path("omgang/<str:wave_id>/svara/", answering.answer, name="answer_wave"),
    path("omgang/<str:wave_id>/papper/", answering.paper, name="enter_paper"),
    path("omgang/<str:wave_id>/grupp/", making.grouping, name="add_group"),
    path("omgang/<str:wave_id>/lankar/", making.linking, name="make_links"),
    path("omgang/<str:wave_id>/paminn/", making.reminding, name="remind_of_wave"),
    path("omgang/<str:wave_id>/stang/", making.closing, name="close_wave"),
]

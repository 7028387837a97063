"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from samordna.web.followup import dashboard, goals, importing, indicators, pages, reports

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("mal/<str:goal_id>/", pages.goal, name="goal"),
    path("mal/<str:goal_id>/granska/", goals.reviewing, name="review_goal"),
    path("mal/<str:goal_id>/vilar-pa/", goals.grounding, name="ground_goal"),
    path("mal/<str:goal_id>/vilar-pa/<str:ground_id>/avsluta/", goals.ungrounding, name="end_goal_ground"),
    path("mal/<str:goal_id>/mat/", indicators.starting, name="start_indicator"),
    path("utkast/<str:goal_draft_id>/", goals.draft, name="goal_draft"),
    path("utkast/<str:goal_draft_id>/kasta/", goals.dropping, name="drop_goal_draft"),
    path("matt/<str:indicator_id>/", pages.indicator, name="indicator"),
    path("matt/<str:indicator_id>/andra/", indicators.changing, name="change_indicator"),
    path("matt/<str:indicator_id>/rapportering/", indicators.reporting, name="change_reporting"),
    path("matt/<str:indicator_id>/takt/", indicators.turning, name="change_course"),
    path("matt/<str:indicator_id>/ta-tillbaka/", indicators.withdrawing, name="withdraw_frame"),
    path("matt/<str:indicator_id>/avsluta/", indicators.ending, name="end_indicator"),
    path("matt/<str:indicator_id>/mal/", indicators.aiming, name="set_target_step"),
    path("matt/<str:indicator_id>/var-del/", indicators.taking_on, name="set_own_target"),
    path("resultat/<str:result_id>/", pages.result, name="result"),
    path("rapport/<str:report_id>/", reports.report, name="report"),
    path("rapport/<str:report_id>/skicka-tillbaka/", reports.sending_back, name="send_back_report"),
    path("rapport/<str:report_id>/las/", reports.locking, name="lock_report"),
    path("rapport/<str:report_id>/oppna/", reports.opening_again, name="open_report_again"),
    path("fil/<str:file_id>/", importing.keeping, name="result_file"),
    path("fil/<str:file_id>/kasta/", importing.dropping, name="drop_result_file"),
    path("<str:collaboration_id>/", pages.followup, name="followup"),
    path("<str:collaboration_id>/nytt-mal/", goals.drafting, name="draft_goal"),
    path("<str:collaboration_id>/jamfor/", goals.comparing, name="compare"),
    path("<str:collaboration_id>/rapporter/", reports.rounds, name="rounds"),
    path("<str:collaboration_id>/rapporter/oppna/", reports.opening, name="open_rounds"),
    path("<str:collaboration_id>/rapporter/<str:round_id>/las/", reports.locking_round, name="lock_round"),
    path("<str:collaboration_id>/las-in/", importing.reading, name="results_in"),
    path("<str:collaboration_id>/las-in/<str:form>/", importing.empty, name="results_to_fill_in"),
]

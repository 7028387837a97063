"""Addresses of following and experiences."""

from __future__ import annotations

from django.urls import path

from samordna.web.adherence import improving, own_work, reviewing, views

urlpatterns = [
    path("", views.following_board, name="following_board"),
    path("erfarenhet/<str:experience_id>/nasta-varv/", views.start_next_turn, name="start_next_turn"),
    path("erfarenhet/<str:experience_id>/tema/", reviewing.sort_experience, name="sort_experience"),
    path("version/<str:version_id>/nasta-version/", reviewing.start_revision, name="start_revision"),
    path("version/<str:version_id>/forbattring/", improving.add_improvement, name="add_improvement"),
    path("forbattring/<str:improvement_id>/", improving.close_improvement, name="close_improvement"),
    path("version/<str:version_id>/erbjud-hjalp/", improving.offer_help, name="offer_help"),
    path("hjalp/<str:offer_id>/ta-tillbaka/", improving.end_help_offer, name="end_help_offer"),
    path("hjalp/<str:offer_id>/be-om/", improving.ask_for_help, name="ask_for_help"),
    path("hjalp/begaran/<str:request_id>/svara/", improving.answer_help_request, name="answer_help_request"),
    path("mal/<str:goal_id>/eget-arbete/", own_work.state, name="state_own_work"),
    path("eget-arbete/<str:work_id>/avsluta/", own_work.end, name="end_own_work"),
    path("<str:decision_id>/", views.following, name="following"),
    path("<str:decision_id>/oversyn/", reviewing.review, name="review_decision"),
    path("<str:decision_id>/erfarenhet/", views.share_experience, name="share_experience"),
]

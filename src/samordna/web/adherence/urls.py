"""Addresses of following and experiences."""

from __future__ import annotations

from django.urls import path

from samordna.web.adherence import reviewing, views

urlpatterns = [
    path("", views.following_board, name="following_board"),
    path("erfarenhet/<str:experience_id>/nasta-varv/", views.start_next_turn, name="start_next_turn"),
    path("erfarenhet/<str:experience_id>/tema/", reviewing.sort_experience, name="sort_experience"),
    path("version/<str:version_id>/nasta-version/", reviewing.start_revision, name="start_revision"),
    path("<str:decision_id>/", views.following, name="following"),
    path("<str:decision_id>/omprovning/", reviewing.review, name="review_decision"),
    path("<str:decision_id>/erfarenhet/", views.share_experience, name="share_experience"),
]

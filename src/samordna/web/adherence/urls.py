"""Addresses of following and experiences."""

from __future__ import annotations

from django.urls import path

from samordna.web.adherence import views

urlpatterns = [
    path("", views.following_board, name="following_board"),
    path("erfarenhet/<str:experience_id>/nasta-varv/", views.start_next_turn, name="start_next_turn"),
    path("<str:decision_id>/", views.following, name="following"),
    path("<str:decision_id>/erfarenhet/", views.share_experience, name="share_experience"),
]

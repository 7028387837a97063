"""Addresses of the pages across the steps."""

from __future__ import annotations

from django.urls import path

from samordna.web.overview import views

urlpatterns = [
    path("samordnare/", views.coordinator, name="coordinating"),
    path("ledning/", views.leader, name="leading"),
    path("deltagande/<str:collaboration_id>/", views.participation, name="participating"),
]

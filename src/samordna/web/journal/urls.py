"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from samordna.web.journal import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("kontrollpunkt/", views.checkpoint, name="checkpoint"),
    path("<int:sequence>/", views.entry, name="journal_entry"),
    path("<int:sequence>/bevis/", views.proof, name="journal_proof"),
]

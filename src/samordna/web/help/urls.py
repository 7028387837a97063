"""Addresses of the help."""

from __future__ import annotations

from django.urls import path

from samordna.web.help import views

urlpatterns = [path("", views.index, name="help"), path("<slug:guide>/", views.guide, name="guide")]

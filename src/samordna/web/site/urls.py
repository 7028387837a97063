"""Addresses of the frame itself."""

from __future__ import annotations

from django.urls import path

from samordna.web.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("roll/", views.act_as, name="act_as"),
    path("halsa/", views.health, name="health"),
]
